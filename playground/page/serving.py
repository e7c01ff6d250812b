"""Static files: the page at `/`, `webapp/` at `/webapp/`, and the configuration that a deploy generates for it."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from playground.data import clean_partners
from playground.page.site import SITE
from playground.world import World

STATIC = Path(__file__).parent / "static"
FIRST_PERSON = 700_000_000
FRESH = {"Cache-Control": "no-cache"}


class FreshFiles(StaticFiles):
    """Static files that a browser asks for again each time, so that an edit is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(FRESH)
        return response


def page_routes(world: World) -> list[BaseRoute]:
    async def index(_request: Request) -> FileResponse:
        return FileResponse(STATIC / "index.html", headers=FRESH)

    async def config(request: Request) -> Response:
        # by the name that the browser knows the playground under: the Mini App may call its own origin only
        settings = {"api": f"{request.base_url}functions/telegram-webhook", "bot": world.secrets.bot_username}
        text = f"window.MARKETINGBOT = {json.dumps(settings)};\n"
        return Response(text, media_type="text/javascript", headers=FRESH)

    async def partners(_request: Request) -> JSONResponse:
        return JSONResponse(
            [
                {"id": FIRST_PERSON + int(one.code), "code": one.code, "phone": one.phone, "name": one.name}
                for one in clean_partners()
            ]
        )

    async def gids(_request: Request) -> JSONResponse:
        return JSONResponse(world.gids())

    return [
        Route("/", index),
        SITE,
        # the address of a row as Google writes it: the page opens the tab and shows the row
        Route("/spreadsheets/d/{spreadsheet}/edit", index),
        Route("/page/gids", gids),
        Route("/page/partners", partners),
        Route("/webapp/config.js", config),
        Mount("/webapp", FreshFiles(directory=world.webapp, html=True)),
        Mount("/page", FreshFiles(directory=STATIC)),
    ]
