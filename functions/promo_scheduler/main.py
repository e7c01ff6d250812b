"""Private: Cloud Scheduler's jobs. Each is idempotent and answers what it did."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.adapters import web
from shared.domain.events import Event
from shared.serving import Function
from shared.usecases.list_due_promotions import list_due_promotions
from shared.usecases.publish import publish
from shared.wiring import Wired

DEADLINE_S = 60.0
"""Cloud Scheduler waits three minutes for a job; each reads one tab or publishes one event."""
_function = Function("promo-scheduler")


@functions_framework.aio.http
async def promo_scheduler(request: Request) -> Response:
    return await _function.serve(request, _routed, deadline_s=DEADLINE_S)


async def _routed(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "POST", "/" | "/jobs/promotions":
            return await _promotions(wired)
        case "POST", "/jobs/sweep":
            return await _pass_on(wired, Event.SWEEP)
        case "POST", "/jobs/daily":
            return await _pass_on(wired, Event.DAILY)
        case _, "/" | "/jobs/promotions" | "/jobs/sweep" | "/jobs/daily":
            raise web.wrong_method("POST")
        case _:
            raise web.not_found()


async def _promotions(wired: Wired) -> Response:
    due = await list_due_promotions(wired.outside)
    wired.log.info("promotions_due", count=len(due))
    return JSONResponse({"due": [{"id": promotion.id, "title": promotion.title} for promotion in due]})


async def _pass_on(wired: Wired, job: Event) -> Response:
    """Jobs about appeals run where appeals are handled."""
    await publish(wired.outside, wired.memory, job, {})
    return JSONResponse({"published": job})
