"""Private: what Pub/Sub pushes. 2xx acknowledges; anything else brings the event again."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import Response

from shared.adapters import web
from shared.adapters.push import NoEnvelope, NoEvent, parse_push
from shared.adapters.web import Fault, HttpError
from shared.domain import texts
from shared.serving import Function
from shared.usecases.handle_event import handle_event
from shared.wiring import Wired

DEADLINE_S = 530.0
"""The function is given 540 s, Pub/Sub waits 600 s: what is not done by then comes again."""
_function = Function("sheet-events")


@functions_framework.aio.http
async def sheet_events(request: Request) -> Response:
    return await _function.serve(request, _routed, deadline_s=DEADLINE_S)


async def _routed(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "POST", "/":
            return await _event(wired, request)
        case _, "/":
            raise web.wrong_method("POST")
        case _:
            raise web.not_found()


async def _event(wired: Wired, request: Request) -> Response:
    """A message that cannot be read now cannot be read later: it is logged and acknowledged."""
    try:
        event = parse_push(await web.read_json(request))
    except NoEnvelope:
        raise HttpError(400, Fault.BAD_EVENT, texts.BAD_JSON) from None
    except NoEvent as error:
        wired.log.error("event_unreadable", error=str(error), event_id=error.message_id)
    else:
        await handle_event(wired.outside, wired.memory, event)
    return Response(status_code=204)
