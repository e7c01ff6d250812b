"""What events are: the same for the fake and for the real publisher on the Pub/Sub emulator."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from google.oauth2.credentials import Credentials
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from playground.kernel.emulator import Kernel
from playground.kernel.server import free_port, serving
from playground.pubsub import PubsubEmulator, PushSubscription
from shared.adapters import pubsub as real
from shared.domain.events import Event
from shared.ports import Events, Refused
from tests.fakes import FakeEvents


@dataclass
class Publishing:
    events: Events
    arrived: Callable[[], list[dict[str, object]]]


@pytest.fixture
def emulated() -> Iterator[tuple[str, list[dict[str, object]]]]:
    port = free_port()
    kernel = Kernel.fresh(f"http://127.0.0.1:{port}")
    emulator = PubsubEmulator(kernel, project="test")
    arrived: list[dict[str, object]] = []

    async def push(request: Request) -> Response:
        message = (await request.json())["message"]
        arrived.append(json.loads(base64.b64decode(message["data"])))
        return Response(status_code=204)

    routes = [Mount("/pubsub", app=emulator.app), Route("/push", push, methods=["POST"])]

    async def startup() -> None:
        await emulator.start()
        emulator.create_topic("sheet-events")
        endpoint = f"http://127.0.0.1:{port}/push"
        emulator.create_push_subscription(
            PushSubscription(name="sub", topic="sheet-events", endpoint=endpoint, service_account="push@test")
        )

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await startup()
        yield
        await emulator.stop()

    with serving(Starlette(routes=routes, lifespan=lifespan), port=port) as url:
        yield url, arrived


def publisher(url: str, topic: str = "sheet-events") -> real.PubsubEvents:
    credentials = partial(Credentials, token="tools")
    return real.PubsubEvents(partial(real.connect, f"{url}/pubsub", credentials), project="test", topic=topic)


@pytest.fixture(params=["fake", "emulator"])
def publishing(request: pytest.FixtureRequest, emulated: tuple[str, list[dict[str, object]]]) -> Publishing:
    if request.param == "fake":
        fake = FakeEvents()
        return Publishing(fake, lambda: fake.published)
    url, arrived = emulated
    return Publishing(publisher(url), lambda: arrived)


async def test_an_event_arrives_with_its_kind(publishing: Publishing) -> None:
    """Content and kind in one JSON object."""
    await publishing.events.publish(Event.HANDED_OVER, {"appeal": "a501-1"})
    await until(lambda: bool(publishing.arrived()))
    assert publishing.arrived() == [{"kind": "appeal.handed_over", "appeal": "a501-1"}]


async def test_a_topic_that_is_not_there_is_refused(emulated: tuple[str, list[dict[str, object]]]) -> None:
    """A wrong setting is no outage."""
    with pytest.raises(Refused):
        await publisher(emulated[0], topic="nowhere").publish(Event.EDITED, {})


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not seen():  # noqa: ASYNC110 - what is awaited happens in the server's thread
            await asyncio.sleep(0.01)
