"""HTTP in: bodies within limits, errors in one shape, the Mini App's origin."""

from __future__ import annotations

import hmac
import json
import traceback
from enum import StrEnum
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from shared.adapters.logging import JsonLog
from shared.domain import texts
from shared.domain.identity import IdentityFault

BODY_LIMIT = 256 * 1024
HALF_A_CHARACTER = "\\ud"
OF_ROW_LINKS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class Fault(StrEnum):
    """The code of an answer that is none of the expected; the Mini App goes by it."""

    BAD_JSON = "bad_json"
    BAD_UPDATE = "bad_update"
    BAD_EVENT = "bad_event"
    SECRET = "secret"  # noqa: S105 - what is wrong, not a secret
    NOT_AUTHORISED = "not_authorised"
    NOT_FOUND = "not_found"
    WRONG_METHOD = "wrong_method"
    TAKEN = "taken"
    TOO_LARGE = "too_large"
    INVALID = "invalid"
    PAUSED = "paused"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"


_HELPLESS = frozenset({Fault.UNAVAILABLE, Fault.FAILED, *IdentityFault})


class HttpError(Exception):
    """An answer that ends the request: `code` for programs, `message` for the person."""

    def __init__(self, status: int, code: Fault | IdentityFault, message: str, **more: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.more = more
        self.headers: dict[str, str] = {}

    def response(self, contact: str = "") -> Response:
        """`contact`: how to reach the company, said where the person can do nothing else."""
        message = texts.with_contact(self.message, contact) if self.code in _HELPLESS else self.message
        content = {"error": {"code": self.code, "message": message, **self.more}}
        return JSONResponse(content, self.status, headers=self.headers)


def unavailable(retry_after: float | None = None) -> HttpError:
    error = HttpError(503, Fault.UNAVAILABLE, texts.UNAVAILABLE)
    error.headers["Retry-After"] = str(max(1, round(retry_after or 2)))
    return error


def not_found() -> HttpError:
    return HttpError(404, Fault.NOT_FOUND, texts.NOT_FOUND_PATH)


def line_for_person(status: int, text: str) -> Response:
    """One line of plain text for whoever opened a link to a row in a browser."""
    return PlainTextResponse(text, status, headers=OF_ROW_LINKS)


def wrong_method(*allowed: str) -> HttpError:
    error = HttpError(405, Fault.WRONG_METHOD, texts.NOT_FOUND_PATH)
    error.headers["Allow"] = ", ".join(allowed)
    return error


def not_set_up(function: str, error: Exception) -> Response:
    """Settings are missing or wrong: one line of the log says which, the caller learns nothing."""
    JsonLog(function=function).error("settings", error=str(error))
    return HttpError(500, Fault.FAILED, texts.FAILED).response()


async def read_json(request: Request) -> Any:
    """The body as JSON. HttpError 413 past the limit, 400 when it is no JSON in UTF-8."""
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > BODY_LIMIT:
        raise HttpError(413, Fault.TOO_LARGE, texts.TOO_LARGE)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise HttpError(413, Fault.TOO_LARGE, texts.TOO_LARGE)
        text = body.decode()
        content = json.loads(text)
        return whole(content) if HALF_A_CHARACTER in text.lower() else content
    except (ClientDisconnect, ValueError, RecursionError):
        raise HttpError(400, Fault.BAD_JSON, texts.BAD_JSON) from None


def whole(content: Any) -> Any:
    """JSON without halves of characters (a lone surrogate): they can be neither written nor sent on."""
    match content:
        case str():
            return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [whole(part) for part in content]
        case dict():
            return {whole(key): whole(value) for key, value in content.items()}
        case _:
            return content


def typed(body: dict[str, Any], field: str) -> str:
    """What a person typed into a field, "" when it is missing or no text."""
    value = body.get(field)
    return str(value) if isinstance(value, str | int) else ""


def same_secret(given: str | None, expected: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest((given or "").encode(), expected.encode())


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def allow_origin(response: Response, origin: str) -> Response:
    """The Mini App lives on another host: its origin, and no other, may read the answers."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Vary"] = "Origin"
    return response


def where(error: BaseException) -> str:
    """File and line of a fault: a traceback's values could hold what people typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))
