"""The invented site for partners, at `/partners/…`: where the links of the synthetic answers and promotions lead."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from playground.data import site

PAGE = """<!doctype html>
<html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><h1>{title}</h1><p>{text}</p></html>
"""
INVENTED = "Учебная страница вымышленного портала партнёров."


async def _page(request: Request) -> HTMLResponse:
    title = site().get(request.path_params["path"])
    if title is None:
        return HTMLResponse(PAGE.format(title="404", text="Такой страницы нет."), 404)
    return HTMLResponse(PAGE.format(title=html.escape(title), text=INVENTED))


SITE = Route("/partners/{path:path}", _page)
