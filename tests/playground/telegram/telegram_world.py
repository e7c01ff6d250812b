"""A served Telegram with a bot behind its webhook; all in the test's own event loop, so that a test moves the clock."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from playground.kernel.clock import Clock
from playground.kernel.emulator import Kernel
from playground.kernel.events import EventLog
from playground.kernel.server import config, free_port
from playground.kernel.settings import Settings
from playground.telegram import TelegramEmulator

TOKEN = "123456:TEST-token_of_the_playground"
SECRET = "webhook-secret"
PARTNER = 1001

Answerer = Callable[[dict[str, Any]], Awaitable[Response]]


def answering(status: int) -> Answerer:
    """The same answer to every update."""

    async def answer(update: dict[str, Any]) -> Response:
        return Response(status_code=status)

    return answer


@dataclass
class Bot:
    """The function behind the webhook: remembers what came, answers as the test says."""

    answer: Answerer = field(default_factory=lambda: answering(200))
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def receive(self, request: Request) -> Response:
        update = await request.json()
        self.updates.append(update)
        self.headers.append(dict(request.headers))
        return await self.answer(update)

    def texts(self) -> list[str]:
        kinds = ("message", "edited_message")
        return [update[kind]["text"] for update in self.updates for kind in kinds if kind in update]


@dataclass
class World:
    kernel: Kernel
    telegram: TelegramEmulator
    bot: Bot
    base_url: str
    http: httpx2.AsyncClient = field(init=False)

    @property
    def hook_url(self) -> str:
        return f"{self.base_url}/hook"

    def set_webhook(self, *, max_connections: int = 40, allowed_updates: tuple[str, ...] = ()) -> None:
        self.telegram.set_webhook(
            self.hook_url, secret=SECRET, max_connections=max_connections, allowed_updates=allowed_updates
        )

    async def call(self, method: str, *, token: str = TOKEN, **params: Any) -> dict[str, Any]:
        """A call with a JSON body; the whole answer."""
        answer = await self.http.post(f"/telegram/bot{token}/{method}", json=params)
        body: dict[str, Any] = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        assert body.get("error_code", 200) == answer.status_code
        return body

    async def result(self, method: str, **params: Any) -> Any:
        body = await self.call(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        body = await self.call(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def person(self, verb: str, path: str, **body: Any) -> Any:
        answer = await self.http.request(verb, f"/telegram{path}", json=body or None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def says(self, text: str, user: int = PARTNER) -> int:
        answer = await self.person("POST", f"/users/{user}/messages", text=text)
        return int(answer["message_id"])

    async def sees(self, user: int = PARTNER) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = await self.person("GET", f"/users/{user}/messages")
        return seen

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns as soon as it is true; fails after five real seconds."""
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - what is awaited is another's state
                await asyncio.sleep(0.005)


def json_answer(body: Any, status: int = 200) -> Response:
    return JSONResponse(body, status)


@contextlib.asynccontextmanager
async def in_process() -> AsyncIterator[World]:
    """Without sockets; limits are off, a test that is about them switches them on."""
    world, app = _world("http://127.0.0.1:8080")
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(base_url=world.base_url, transport=transport) as world.http:
        yield world


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[World]:
    """Over HTTP, for the client library and for webhooks."""
    port = free_port()
    world, app = _world(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(config(app, port=port))
    serving = asyncio.create_task(server.serve())
    async with httpx2.AsyncClient(base_url=world.base_url, trust_env=False) as world.http:
        await world.until(lambda: server.started)
        await world.telegram.start()
        yield world
    await world.telegram.stop()
    server.should_exit = True
    await serving


def _world(base_url: str) -> tuple[World, Starlette]:
    began = time.time()
    clock = Clock(lambda: began)  # stands still until a test moves it
    kernel = Kernel(clock=clock, events=EventLog(clock), settings=Settings(telegram_limits=False), base_url=base_url)
    telegram, bot = TelegramEmulator(kernel, token=TOKEN), Bot()
    app = Starlette(routes=[Mount("/telegram", telegram.app), Route("/hook", bot.receive, methods=["POST"])])
    return World(kernel, telegram, bot, base_url), app
