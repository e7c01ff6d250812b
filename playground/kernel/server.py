"""uvicorn, with the one thing it hides: the connection, so that faults can cut it."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from playground.kernel.faults import ConnectionCutError


class PlaygroundProtocol(H11Protocol):
    def handle_events(self) -> None:
        super().handle_events()
        if self.scope is not None:
            self.scope["playground.transport"] = self.transport  # type: ignore[typeddict-unknown-key]


class _Quiet:
    """A cut connection is not an error of the playground."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ConnectionCutError):
            await self._app(scope, receive, send)


def config(app: ASGIApp, *, port: int, host: str = "127.0.0.1") -> uvicorn.Config:
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    return uvicorn.Config(
        _Quiet(app),
        host=host,
        port=port,
        http=PlaygroundProtocol,
        lifespan="on",
        log_level="critical",
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(app: ASGIApp, *, port: int | None = None) -> Iterator[str]:
    """Serve `app` from a thread of its own while the block runs; gives the base URL. For tests and tools."""
    server = uvicorn.Server(config(app, port=port or free_port()))
    thread = threading.Thread(target=server.run, daemon=True)
    started = threading.Event()
    startup = server.startup

    async def announce(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        started.set()

    server.startup = announce  # type: ignore[method-assign]
    thread.start()
    if not started.wait(15):
        raise RuntimeError("the server did not start")
    try:
        yield f"http://127.0.0.1:{server.config.port}"
    finally:
        server.should_exit = True
        thread.join(10)
