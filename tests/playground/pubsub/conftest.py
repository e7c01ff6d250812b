from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from playground.kernel.emulator import Kernel
from playground.kernel.server import serving
from playground.pubsub.emulator import PubsubEmulator

PROJECT = "demo"
Until = Callable[[Callable[[], bool]], Awaitable[None]]


@dataclass
class Endpoint:
    """A push endpoint: answers the listed statuses in turn, then the last one for ever."""

    statuses: list[int] = field(default_factory=lambda: [204])
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    hold: asyncio.Event | None = None

    async def answer(self, request: Request) -> Response:
        self.headers.append(dict(request.headers))
        self.bodies.append(json.loads(await request.body()))
        self.arrived.set()
        if self.hold:
            await self.hold.wait()
        return Response(status_code=self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0])

    def data(self) -> list[str]:
        """What was pushed, still base64, in the order of arrival."""
        return [body["message"].get("data", "") for body in self.bodies]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    with serving(Starlette(routes=[Route("/push", endpoint.answer, methods=["POST"])])) as url:
        endpoint.url = f"{url}/push"
        yield endpoint


@pytest.fixture
def kernel() -> Kernel:
    return Kernel.fresh("http://127.0.0.1:1")


@pytest.fixture
async def pubsub(kernel: Kernel) -> AsyncIterator[PubsubEmulator]:
    emulator = PubsubEmulator(kernel, project=PROJECT)
    emulator.create_topic("events")
    await emulator.start()
    yield emulator
    await emulator.stop()


@pytest.fixture
async def rest(pubsub: PubsubEmulator) -> AsyncIterator[httpx2.AsyncClient]:
    """Calls with a token, relative to the project."""
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=pubsub.app),
        base_url=f"http://pubsub/v1/projects/{PROJECT}/",
        headers={"Authorization": "Bearer t"},
    ) as client:
        yield client


@pytest.fixture
def until(kernel: Kernel) -> Until:
    """Waits for a condition that some event makes true."""

    async def wait(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await kernel.events.more()

    return wait


@pytest.fixture
def served() -> Iterator[str]:
    """The address of a started emulator with the topic `events`, served as the playground serves it."""
    emulator = PubsubEmulator(Kernel.fresh("http://127.0.0.1:1"), project=PROJECT)
    emulator.create_topic("events")

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await emulator.start()
        yield
        await emulator.stop()

    with serving(Starlette(routes=[Mount("/pubsub", emulator.app)], lifespan=lifespan)) as url:
        yield f"{url}/pubsub"
