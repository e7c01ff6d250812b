"""Private: what Pub/Sub pushes. 2xx acknowledges; anything else brings the event again."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.adapters import web
from shared.adapters.push import parse_push
from shared.adapters.web import HttpError
from shared.domain import texts
from shared.ports import Refused, Unavailable
from shared.usecases.handle_event import handle_event
from shared.wiring import Wired, on_first_use

_wired = on_first_use("sheet-events")


@functions_framework.aio.http
async def sheet_events(request: Request) -> Response:
    wired = _wired()
    try:
        return await _routed(wired, request)
    except HttpError as error:
        return error.response()
    except Unavailable as error:
        wired.log.warning("event_comes_again", error=str(error))
        return web.unavailable(error.retry_after).response()
    except Refused as error:
        wired.log.error("event_refused", error=str(error))
        return web.unavailable().response()
    except Exception as error:
        wired.log.error("failed", error=type(error).__name__, where=web.where(error))
        return HttpError(500, "failed", texts.FAILED).response()


async def _routed(wired: Wired, request: Request) -> Response:
    match request.method, request.url.path:
        case "GET", "/healthz":
            return JSONResponse({"status": "ok"})
        case "POST", "/":
            return await _event(wired, request)
        case _:
            raise web.not_found()


async def _event(wired: Wired, request: Request) -> Response:
    """What cannot be read now cannot be read later: it is logged and acknowledged."""
    try:
        pushed = parse_push(await web.read_json(request), request.headers)
    except ValueError as error:
        wired.log.error("event_unreadable", error=str(error))
        raise HttpError(400, "bad_event", texts.BAD_JSON) from None
    await handle_event(wired.outside, wired.memory, pushed.content)
    return Response(status_code=204)
