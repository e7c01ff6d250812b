"""The Mini App as published, a stand-in of its API as the design describes it, and a real browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, async_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.routing import Route as Path_
from starlette.staticfiles import StaticFiles

from playground.kernel.server import serving
from tests.webapp.chromium import ARGUMENTS, chromium
from tests.webapp.outside import PICTURE

WEBAPP = Path(__file__).parents[2] / "webapp"
INIT_DATA = "query_id=A&user=%7B%22id%22%3A1%7D&auth_date=1795300000&signature=s&hash=0f"


@dataclass
class Api:
    """What the stand-in answers; a `wrong` path answers with that status, code and message."""

    name: str = "Анна Викторовна Кедрова"
    authorised: bool = False
    promotions: list[dict[str, Any]] = field(default_factory=list)
    appeals: list[dict[str, Any]] = field(default_factory=list)
    wrong: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        path = request.url.path
        self.calls.append((request.method, path, json.loads(body) if body else None))
        if request.headers.get("authorization") != f"tma {INIT_DATA}":
            return self._error(401, {"code": "identity", "message": "Время входа истекло. Откройте кабинет из чата."})
        if path in self.wrong:
            return self._error(*self.wrong[path])
        match request.method, path:
            case "POST", "/api/auth":
                self.authorised = True
                return JSONResponse({"authorised": True, "name": self.name})
            case "GET", "/api/me":
                return JSONResponse(
                    {"authorised": True, "name": self.name} if self.authorised else {"authorised": False}
                )
            case "GET", "/api/promotions":
                return JSONResponse({"promotions": self.promotions})
            case "GET", "/api/appeals":
                return JSONResponse({"appeals": self.appeals})
        return self._error(404, {"code": "unknown", "message": path})

    @staticmethod
    def _error(status: int, error: dict[str, Any]) -> Response:
        return JSONResponse({"error": error}, status)


@dataclass(frozen=True)
class Site:
    """The published Mini App beside its API."""

    url: str
    api: Api

    def address(self, page: str = "index.html", *, theme: dict[str, str] | None = None) -> str:
        """As Telegram opens it: initData and theme in the hash."""
        launch = f"tgWebAppData={quote(INIT_DATA)}&tgWebAppVersion=9.1&tgWebAppPlatform=android"
        if theme:
            launch += f"&tgWebAppThemeParams={quote(json.dumps(theme))}"
        return f"{self.url}/webapp/{page}#{launch}"


@pytest.fixture
def site() -> Iterator[Site]:
    api = Api()
    where: list[str] = []

    async def config(_: Request) -> Response:
        content = f"window.MARKETINGBOT = {json.dumps({'api': where[0]})};"
        return Response(content, media_type="text/javascript")

    routes = [
        Path_("/webapp/config.js", config),
        Mount("/webapp", StaticFiles(directory=WEBAPP)),
        Path_("/api/{rest:path}", api.answer, methods=["GET", "POST"]),
    ]
    with serving(Starlette(routes=routes)) as url:
        where.append(url)
        yield Site(url=url, api=api)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    executable = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable, headless=True, args=ARGUMENTS)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A phone; nothing but this machine is reachable, pictures are drawn here. A broken CSP fails the test."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU")
    opened = await context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))

    async def outside(route: Route) -> None:
        if route.request.url.startswith("https://partners.example.com/"):
            await route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            await route.abort()

    await context.route(lambda url: not url.startswith("http://127.0.0.1"), outside)
    yield opened
    await context.close()
    assert complaints == []
