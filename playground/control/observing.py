"""What can be seen of the world: addresses, counters, log lines, events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import BaseRoute, Route

from playground.control.info import info
from playground.control.requests import BadInputError, since
from playground.world import World

BREATH_SECONDS = 0.1
STILL_THERE_SECONDS = 1.0


async def show_info(request: Request) -> JSONResponse:
    return JSONResponse(info(_world(request)))


async def show_stats(request: Request) -> JSONResponse:
    return JSONResponse(_world(request).stats())


async def show_logs(request: Request) -> JSONResponse:
    world = _world(request)
    function = request.query_params.get("function") or None
    if function is not None and function not in world.supervisor.names:
        raise BadInputError(f"function: one of {', '.join(world.supervisor.names)}, got {function!r}")
    return JSONResponse([line.as_json() for line in world.supervisor.logs.since(since(request), function)])


async def show_events(request: Request) -> JSONResponse:
    events = _world(request).kernel.events.since(since(request))
    return JSONResponse([event.as_json() for event in events])


async def stream_events(request: Request) -> StreamingResponse:
    """Server-sent events; a reconnecting browser goes on after the last one it saw."""
    last = request.headers.get("last-event-id", "")
    start = int(last) if last.isdigit() else since(request)
    return StreamingResponse(
        _told(_world(request), start), media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
    )


async def _told(world: World, since: float) -> AsyncIterator[str]:
    events = world.kernel.events
    while not world.stopping.is_set():
        for event in events.since(since):
            since = event.seq
            yield f"id: {since}\ndata: {json.dumps(event.as_json(), ensure_ascii=False, default=str)}\n\n"
        try:
            await asyncio.wait_for(events.more(), STILL_THERE_SECONDS)
            await asyncio.sleep(BREATH_SECONDS)
        except TimeoutError:
            yield ":\n\n"


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


ROUTES: list[BaseRoute] = [
    Route("/control/info", show_info),
    Route("/control/stats", show_stats),
    Route("/control/logs", show_logs),
    Route("/control/events", show_events),
    Route("/control/events/stream", stream_events),
]
