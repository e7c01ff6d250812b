"""Each route ends in time, and what only a person can repair is reported from whichever route saw it."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from shared.adapters.sheets.repair_notices import RepairNotices
from shared.ports import NeedsRepair
from shared.serving import within
from shared.usecases.handle_event import handle_event
from tests import virtual_time
from tests.fakes import World

REQUEST = Request({"type": "http", "method": "GET", "path": "/api/me", "headers": [], "query_string": b""})


def wired(world: World) -> Any:
    return SimpleNamespace(outside=world.outside(), memory=world.memory(), log=world.log, notices=RepairNotices())


def test_a_route_that_hangs_ends_at_its_deadline() -> None:
    """503 with Retry-After; what was sent already goes on."""

    async def main() -> None:
        done = asyncio.Event()

        async def write() -> None:
            await asyncio.sleep(30)
            done.set()

        async def route(wired: Any, request: Request) -> Response:
            await asyncio.shield(asyncio.create_task(write()))
            return Response()

        began = asyncio.get_running_loop().time()
        response = await within(wired(World()), REQUEST, route, deadline_s=25)
        assert asyncio.get_running_loop().time() - began == 25
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) > 0
        assert json.loads(bytes(response.body))["error"]["code"] == "unavailable"
        await done.wait()

    virtual_time.run(main())


async def test_what_a_person_has_to_repair_is_reported_from_every_route() -> None:
    """503 with Retry-After: 60 each time, one event."""
    world = World()
    served = wired(world)

    async def route(wired: Any, request: Request) -> Response:
        raise NeedsRepair("sheets: 403", place="таблица обращений", problem="нет доступа к таблице (403)")

    for _ in range(3):
        response = await within(served, REQUEST, route, deadline_s=25)
        assert (response.status_code, response.headers["retry-after"]) == (503, "60")
    [event] = world.events.published
    assert event == {"kind": "sheets.broken", "place": "таблица обращений", "problem": "нет доступа к таблице (403)"}


async def test_what_the_bot_goes_on_without_is_reported_too() -> None:
    """The partner is answered, the admin hears it once, and that partners are answered."""
    world = World()
    served = wired(world)

    async def route(wired: Any, request: Request) -> Response:
        wired.notices.note(NeedsRepair("no column", place="вкладка «База знаний»", problem="нет столбца «Ответ»"))
        return Response()

    for _ in range(3):
        response = await within(served, REQUEST, route, deadline_s=25)
        assert response.status_code == 200
    [event] = world.events.published
    assert event["goes_on"] is True
    await handle_event(world.outside(), world.memory(), event)
    [told] = world.messenger.to(world.admins[0])
    assert told.startswith("⚠️ Вкладка «База знаний»: нет столбца «Ответ». Партнёрам бот отвечает")
