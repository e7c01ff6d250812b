"""Private: what Pub/Sub pushes. 2xx acknowledges; anything else brings the event again."""

from __future__ import annotations

from functools import partial

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.adapters import web
from shared.adapters.answering import answered
from shared.adapters.push import NoEnvelope, NoEvent, parse_push
from shared.adapters.web import HttpError
from shared.domain import texts
from shared.settings import SettingsError
from shared.usecases.handle_event import handle_event
from shared.wiring import Wired, on_first_use

NAME = "sheet-events"
_wired = on_first_use(NAME)


@functions_framework.aio.http
async def sheet_events(request: Request) -> Response:
    try:
        wired = _wired()
    except SettingsError as error:
        return web.not_set_up(NAME, error)
    return await answered(request, partial(_routed, wired), wired.log)


async def _routed(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "GET" | "HEAD", "/healthz":
            return JSONResponse({"status": "ok"})
        case "POST", "/":
            return await _event(wired, request)
        case _, "/":
            raise web.wrong_method("POST")
        case _, "/healthz":
            raise web.wrong_method("GET")
        case _:
            raise web.not_found()


async def _event(wired: Wired, request: Request) -> Response:
    """A message that cannot be read now cannot be read later: it is logged and acknowledged."""
    try:
        event = parse_push(await web.read_json(request))
    except NoEnvelope:
        raise HttpError(400, "bad_event", texts.BAD_JSON) from None
    except NoEvent as error:
        wired.log.error("event_unreadable", error=str(error), event_id=error.message_id)
    else:
        await handle_event(wired.outside, wired.memory, event)
    return Response(status_code=204)
