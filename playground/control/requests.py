"""What a control call carries; whatever is wrong with it is said by name, with status 400."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse

MOSCOW = ZoneInfo("Europe/Moscow")
EARLIEST = datetime(2000, 1, 1, tzinfo=MOSCOW).timestamp()
LATEST = datetime(2100, 1, 1, tzinfo=MOSCOW).timestamp()


class BadInputError(ValueError):
    """The text names the field."""


async def bad_input(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": str(error)}, status_code=400)


async def json_body(request: Request) -> object:
    try:
        parsed: object = await request.json()
    except ValueError as error:
        raise BadInputError(f"the body is not JSON: {error}") from None
    return parsed


async def json_object(request: Request) -> Mapping[str, object]:
    parsed = await json_body(request)
    if not isinstance(parsed, Mapping):
        raise BadInputError(f"the body must be an object, got {type(parsed).__name__}")
    return parsed


def number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInputError(f"{name}: a number is needed, got {value!r}")
    return float(value)


def moment(name: str, value: object) -> float:
    """Epoch seconds of a number or of ISO text; text without an offset is Moscow time."""
    return possible(name, _seconds(name, value))


def possible(name: str, at: float) -> float:
    """A moment (epoch seconds) that clocks and calendars everywhere can show."""
    if not EARLIEST <= at <= LATEST:
        raise BadInputError(f"{name}: a moment between the years 2000 and 2100 is needed, got {at:.0f} epoch seconds")
    return at


def _seconds(name: str, value: object) -> float:
    if not isinstance(value, str):
        return number(name, value)
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        raise BadInputError(f"{name}: epoch seconds or ISO 8601 is needed, got {value!r}") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=MOSCOW)).timestamp()


def since(request: Request) -> float:
    """The query parameter `since`: a `seq`, or a moment in epoch seconds or ISO 8601; 0 when absent."""
    value = request.query_params.get("since") or "0"
    try:
        given = float(value)
    except ValueError:
        # an unescaped + of an offset arrives as a space
        return moment("since", value.replace(" ", "+"))
    return number("since", given)
