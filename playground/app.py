"""One port for everything: emulators behind faults, functions, the control plane, the Mini App and the page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from playground.control import changing, observing, running
from playground.control.requests import BadInputError, bad_input
from playground.kernel.faults import FaultyService
from playground.page.serving import page_routes
from playground.world import World

PREFIXES = {"sheets": "/google", "telegram": "/telegram", "openai": "/openai", "pubsub": "/pubsub"}
OWN_PATHS = {
    "sheets": ("/people/",),
    "telegram": ("/users/", "/chats/"),
    "openai": ("/control/",),
    "pubsub": ("/push/",),
}
"""What people do, and the playground's own calls: no fault and no latency meets them."""


def build_app(world: World) -> Starlette:
    """The world has to be started before the first request and stopped after the last."""
    routes: list[BaseRoute] = [
        *(_mount(world, PREFIXES[name], name, one.app, one.error_body) for name, one in world.emulators.items()),
        _mount(world, "/functions", "functions", world.proxy, world.proxy.error_body),
        *observing.ROUTES,
        *changing.ROUTES,
        *running.ROUTES,
        *page_routes(world),
    ]
    app = Starlette(routes=routes, exception_handlers={BadInputError: bad_input, **running.ERRORS})
    app.state.world = world
    return app


def _mount(world: World, prefix: str, service: str, app: ASGIApp, error_body: Callable[[int], bytes]) -> Mount:
    faulty = FaultyService(
        app,
        service=service,
        faults=world.faults,
        settings=world.kernel.settings,
        error_body=error_body,
        gate=world.gate,
        spared=OWN_PATHS.get(service, ()),
    )
    return Mount(prefix, faulty)
