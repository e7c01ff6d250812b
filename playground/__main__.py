"""`python -m playground [--port N]`: the whole world on one port, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from playground.app import build_app
from playground.functions.environment import RealServiceError
from playground.functions.instance import FunctionStartError
from playground.kernel.server import config
from playground.pubsub.java import EmulatorMissingError
from playground.sheets_setup import SheetsSetupError
from playground.world import NotConnectedError, World

HOST = "127.0.0.1"
WELCOME = """
MarketingBot's playground runs at {base}  (Ctrl-C stops it)

Try this on that page, as {name}:
  1. Press «Старт», then «Войти» under the bot's greeting, and log in: code {code}, phone {phone}.
  2. Ask a question, for example one of the tab «База знаний».
  3. Press «Позвать специалиста».
  4. Type a reply into «Ответ специалиста» of the sheet «Обращения»: it arrives in the chat.
"""


START_ERRORS = (FunctionStartError, NotConnectedError, RealServiceError, EmulatorMissingError, SheetsSetupError)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn would raise the signal again before the functions are ended."""
        yield


async def run(port: int, listening: socket.socket) -> None:
    """Until a signal; the script's installer and the functions call the port before the world is complete."""
    world = World(port)
    server = _Server(config(build_app(world), port=port))
    _stop_on_signals(world, server)
    serving = asyncio.create_task(server.serve([listening]))
    print(f"The playground starts on port {port}, which takes some seconds…", flush=True)  # noqa: T201
    try:
        await world.start()
        print(_welcome(world), flush=True)  # noqa: T201
        await serving
    finally:
        server.should_exit = True
        await world.stop()
        await serving


def _stop_on_signals(world: World, server: uvicorn.Server) -> None:
    """The first signal ends the requests under way within moments, the second does not wait for them."""
    starting = asyncio.current_task()

    def stop() -> None:
        world.stopping.set()
        server.force_exit = server.should_exit
        server.should_exit = True
        if starting is not None and not world.serving:
            starting.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


def _welcome(world: World) -> str:
    partner = world.free_partners()[0]
    return WELCOME.format(base=world.kernel.base_url, **partner)


def _listen(port: int) -> socket.socket:
    # the protocol is named because asyncio switches Nagle's algorithm off only where it is: 40 ms a call
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    listening.listen(2048)
    return listening


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8080")
    port = parser.parse_args().port
    if not 0 < port < 65536:
        parser.error(f"a port is a number from 1 to 65535, got {port}")
    try:
        listening = _listen(port)
    except OSError as error:
        reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used: {error}"
        print(f"Port {port} {reason}. Choose another one: make run PORT=8090", file=sys.stderr)  # noqa: T201
        return 1
    try:
        asyncio.run(run(port, listening))
    except asyncio.CancelledError:
        return 0
    except START_ERRORS as error:
        print(f"The playground cannot start.\n{error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
