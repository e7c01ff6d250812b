"""A function as it is served: its world made once, its health, an answer for whoever calls."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.adapters import web
from shared.adapters.answering import answered
from shared.ports import NeedsRepair, Unavailable
from shared.settings import SettingsError, read_settings
from shared.usecases.contact import known_contact
from shared.usecases.report_broken import report_broken
from shared.wiring import Wired, wire

Route = Callable[[Wired, Request], Awaitable[Response]]


class Function:
    """One deployed function. Its world is made by the first request: a forked process must not inherit a client."""

    def __init__(self, name: str, environment: Mapping[str, str] = os.environ) -> None:
        self._name = name
        self._environment = environment
        self._wired: Wired | None = None

    async def serve(self, request: Request, route: Route, *, deadline_s: float) -> Response:
        """What `route` answers. A function whose settings are missing says so in its log, and 500 to everybody."""
        try:
            wired = self._world()
        except SettingsError as error:
            return web.not_set_up(self._name, error)
        return await within(wired, request, _healthy_or(route), deadline_s=deadline_s)

    def _world(self) -> Wired:
        if self._wired is None:
            self._wired = wire(read_settings(self._environment), self._name)
        return self._wired


async def within(wired: Wired, request: Request, route: Route, *, deadline_s: float) -> Response:
    """Return the answer of `route`, and one to act on whatever fails: 503 when the time is over.

    The deadline ends the waiting, not a write that was sent already. What only a person can repair is reported.
    """
    contact = partial(known_contact, wired.outside)
    return await answered(request, partial(_timed, wired, route, deadline_s), wired.log, contact)


async def _timed(wired: Wired, route: Route, deadline_s: float, request: Request) -> Response:
    try:
        async with asyncio.timeout(deadline_s):
            return await route(wired, request)
    except TimeoutError:
        raise Unavailable("the request took too long") from None
    except NeedsRepair as error:
        await report_broken(wired.outside, wired.memory, error)
        raise
    finally:
        for failure in wired.notices.take():
            await report_broken(wired.outside, wired.memory, failure, goes_on=True)


def _healthy_or(route: Route) -> Route:
    async def routed(wired: Wired, request: Request) -> Response:
        if request.url.path != "/health":
            return await route(wired, request)
        if request.method not in ("GET", "HEAD"):
            raise web.wrong_method("GET")
        return JSONResponse({"status": "ok"})

    return routed
