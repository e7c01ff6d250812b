"""Private: Cloud Scheduler's jobs. Each is idempotent and answers what it did."""

from __future__ import annotations

from functools import partial

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.adapters import web
from shared.adapters.answering import answered
from shared.settings import SettingsError
from shared.usecases.list_due_promotions import list_due_promotions
from shared.wiring import Wired, on_first_use

NAME = "promo-scheduler"
_wired = on_first_use(NAME)


@functions_framework.aio.http
async def promo_scheduler(request: Request) -> Response:
    try:
        wired = _wired()
    except SettingsError as error:
        return web.not_set_up(NAME, error)
    return await answered(request, partial(_routed, wired), wired.log)


async def _routed(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "GET" | "HEAD", "/healthz":
            return JSONResponse({"status": "ok"})
        case "POST", "/" | "/jobs/promotions":
            return await _promotions(wired)
        case "POST", "/jobs/sweep" | "/jobs/daily":
            return await _pass_on(wired, request.url.path.removeprefix("/jobs/"))
        case _, "/" | "/jobs/promotions" | "/jobs/sweep" | "/jobs/daily":
            raise web.wrong_method("POST")
        case _, "/healthz":
            raise web.wrong_method("GET")
        case _:
            raise web.not_found()


async def _promotions(wired: Wired) -> Response:
    due = await list_due_promotions(wired.outside)
    wired.log.info("promotions_due", count=len(due))
    return JSONResponse({"due": [{"id": promotion.id, "title": promotion.title} for promotion in due]})


async def _pass_on(wired: Wired, job: str) -> Response:
    """Jobs about appeals run where appeals are handled."""
    await wired.outside.events.publish(job, {})
    return JSONResponse({"published": job})
