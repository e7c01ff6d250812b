"""Whatever happens to a request, its caller gets an answer to act on, and the log one line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from shared.adapters import web
from shared.adapters.web import Fault, HttpError
from shared.domain import texts
from shared.ports import BotError, Log, NeedsRepair, Unavailable


async def answered(
    request: Request, route: Callable[[Request], Awaitable[Response]], log: Log, contact: Callable[[], str] = str
) -> Response:
    """503 for what may pass and for what a service refused: who called comes again, and an alert reads the log.

    `contact`: how a person reaches the company who reads the error; "" where nobody knows.
    """
    try:
        return await route(request)
    except HttpError as error:
        return error.response(contact())
    except NeedsRepair as error:
        log.error("needs_repair", path=_part(request), place=error.place, problem=error.problem, error=str(error))
        return web.unavailable(error.retry_after).response(contact())
    except Unavailable as error:
        log.warning("unavailable", path=_part(request), error=str(error))
        return web.unavailable(error.retry_after).response(contact())
    except BotError as error:
        log.error("refused", path=_part(request), error=str(error))
        return web.unavailable().response(contact())
    except Exception as error:
        log.error("failed", path=_part(request), error=type(error).__name__, where=web.where(error))
        return HttpError(500, Fault.FAILED, texts.FAILED).response(contact())


def _part(request: Request) -> str:
    """The path without what stands behind its first part: an appeal's id names a chat."""
    parts = request.url.path.split("/")
    return "/".join(parts[:3] if parts[1] == "api" else parts[:2])
