"""Faults, settings and the clock."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from playground.control.requests import BadInputError, json_body, json_object, moment, number, possible
from playground.kernel.clock import Clock
from playground.kernel.fault import Fault
from playground.person import person_call
from playground.world import World

LONGEST_MS = 600_000
BOUNDS = {
    "instances": (1, 10),
    "max_connections": (1, 100),
    "openai_latency_ms": (0, LONGEST_MS),
    "sheets_latency_ms": (0, LONGEST_MS),
    "delay_ms": (0, LONGEST_MS),
}


async def faults(request: Request) -> JSONResponse:
    """PUT replaces the list; both answer the list in force, `times` being what is left of it."""
    world: World = request.app.state.world
    if request.method == "PUT":
        wanted = await json_body(request)
        if not isinstance(wanted, list):
            raise BadInputError(f"the body must be a list of faults, got {type(wanted).__name__}")
        world.faults.replace([_parsed(index, raw) for index, raw in enumerate(wanted)])
    return JSONResponse([_shown(fault) for fault in world.faults.listed])


async def settings(request: Request) -> JSONResponse:
    """PUT changes the named fields and answers when they are in force; both answer all fields."""
    world: World = request.app.state.world
    if request.method == "PUT":
        named = await json_object(request)
        _check_bounds(named)
        try:
            world.kernel.settings.change(named)
        except ValueError as error:
            raise BadInputError(str(error)) from None
        await world.apply_settings(named)
    return JSONResponse(world.kernel.settings.as_json())


async def clock(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    if request.method == "PUT":
        named = await json_object(request)
        match list(named.items()):
            case [("now", value)]:
                world.kernel.clock.set(moment("now", value))
            case [("advance_s", value)]:
                seconds = number("advance_s", value)
                possible("advance_s", world.kernel.clock.now() + seconds)
                world.kernel.clock.advance(seconds)
            case _:
                raise BadInputError(f"one of now, advance_s is needed, got {', '.join(named) or 'nothing'}")
        world.kernel.events.record("control", f"clock moved to {_iso(world.kernel.clock)}")
    now = world.kernel.clock
    return JSONResponse({"now": now.now(), "iso": _iso(now), "offset_s": now.offset})


def _parsed(index: int, raw: object) -> Fault:
    try:
        fault = Fault.parse(raw)
        if fault.action == "person":
            person_call(fault.edit)
    except (ValueError, TypeError) as error:
        raise BadInputError(f"fault {index}: {error}") from None
    return fault


def _shown(fault: Fault) -> dict[str, object]:
    fields: dict[str, object | None] = {
        "service": fault.service,
        "match": fault.match.pattern,
        "action": fault.action,
        "times": fault.left,
        "rate": fault.rate,
        "latency_ms": fault.latency_ms or None,
        "edit": dict(fault.edit) or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _check_bounds(named: Mapping[str, object]) -> None:
    inner = named.get("pubsub")
    for name, value in {**named, **(inner if isinstance(inner, Mapping) else {})}.items():
        low, high = BOUNDS.get(name, (-math.inf, math.inf))
        if isinstance(value, int | float) and not low <= value <= high:
            raise BadInputError(f"{name}: {low} to {high} is possible, got {value}")


def _iso(clock: Clock) -> str:
    return datetime.fromtimestamp(clock.now(), UTC).isoformat(timespec="seconds")


ROUTES: list[BaseRoute] = [
    Route("/control/faults", faults, methods=["GET", "PUT"]),
    Route("/control/settings", settings, methods=["GET", "PUT"]),
    Route("/control/clock", clock, methods=["GET", "PUT"]),
]
