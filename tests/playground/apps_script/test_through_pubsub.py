"""From a person's edit to the push: the real script against the Pub/Sub emulator in one server."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from playground.apps_script import AppsScript
from playground.kernel.emulator import Kernel
from playground.kernel.server import config
from playground.pubsub import PubsubEmulator, PushSubscription
from shared.domain.events import typed_print

SOURCE = Path(__file__).parents[3] / "apps_script" / "Code.gs"


@pytest.fixture
async def world(workbook: Any) -> AsyncIterator[SimpleNamespace]:
    listening = socket.create_server(("127.0.0.1", 0))
    kernel = Kernel.fresh(f"http://127.0.0.1:{listening.getsockname()[1]}")
    pubsub = PubsubEmulator(kernel, project="demo")
    pushed: list[dict[str, Any]] = []

    async def sheet_events(request: Request) -> Response:
        pushed.append(json.loads(base64.b64decode((await request.json())["message"]["data"])))
        return Response(status_code=204)

    app = Starlette(
        routes=[Mount("/pubsub", pubsub.app), Route("/functions/sheet-events", sheet_events, methods=["POST"])]
    )
    server = uvicorn.Server(config(app, port=0))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await pubsub.start()
    pubsub.create_topic("events")
    subscription = PushSubscription(
        name="sheet-events",
        topic="events",
        endpoint=f"{kernel.base_url}/functions/sheet-events",
        service_account="push@demo.iam.gserviceaccount.com",
    )
    pubsub.create_push_subscription(subscription)
    script = AppsScript(
        kernel,
        source=SOURCE,
        properties={"PROJECT_ID": "demo", "TOPIC": "events"},
        open_workbook={"w": workbook}.__getitem__,
        urls={"https://pubsub.googleapis.com": f"{kernel.base_url}/pubsub"},
    )
    yield SimpleNamespace(kernel=kernel, pubsub=pubsub, pushed=pushed, script=script)
    await pubsub.stop()
    server.should_exit = True
    await serving


async def test_an_edit_is_pushed(world: SimpleNamespace) -> None:
    """What a person types in the sheet reaches sheet-events, though script, emulator and sheet share one event loop."""
    await world.script.install("w")
    edit = {"spreadsheet_id": "w", "title": "Обращения", "row": 3, "column": 3, "rows": 1, "columns": 1}
    await world.script.edited(SimpleNamespace(**edit, user="ivanov@example.com", value="Да", old_value=None))
    async with asyncio.timeout(10):
        while not world.pubsub.idle():
            await world.kernel.events.more()
    assert [event["appeals"] for event in world.pushed] == [
        [],
        [{"id": "8A1B", "row": 3, "edited": ["reply"], "print": typed_print("Да")}],
    ]
    ran = [event.details for event in world.kernel.events.since() if event.source == "apps_script"]
    assert [one.get("function") for one in ran if "function" in one] == ["onOpen", "installTrigger", "onSheetEdit"]
