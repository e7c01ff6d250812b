"""A function as it is served: its world made once, its health, an answer for whoever calls."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.adapters import web
from shared.adapters.answering import answered
from shared.settings import SettingsError, read_settings
from shared.wiring import Wired, wire


class Function:
    """One deployed function. Its world is made by the first request: a forked process must not inherit a client."""

    def __init__(self, name: str, environment: Mapping[str, str] = os.environ) -> None:
        self._name = name
        self._environment = environment
        self._wired: Wired | None = None

    async def serve(self, request: Request, route: Callable[[Wired, Request], Awaitable[Response]]) -> Response:
        """What `route` answers. A function whose settings are missing says so in its log, and 500 to everybody."""
        try:
            wired = self._world()
        except SettingsError as error:
            return web.not_set_up(self._name, error)
        return await answered(request, partial(self._routed, wired, route), wired.log)

    def _world(self) -> Wired:
        if self._wired is None:
            self._wired = wire(read_settings(self._environment), self._name)
        return self._wired

    @staticmethod
    async def _routed(
        wired: Wired, route: Callable[[Wired, Request], Awaitable[Response]], request: Request
    ) -> Response:
        if request.url.path != "/healthz":
            return await route(wired, request)
        if request.method not in ("GET", "HEAD"):
            raise web.wrong_method("GET")
        return JSONResponse({"status": "ok"})
