"""Reading a person's call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from starlette.requests import Request

from playground.telegram.errors import Json

T = TypeVar("T")


class PersonError(Exception):
    """A person's call that makes no sense; `status` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def read_body(request: Request, allowed: Iterable[str]) -> Json:
    """The JSON object of a call; PersonError 400 names a field that is not known."""
    try:
        body = await request.json()
    except ValueError:
        raise PersonError(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise PersonError(400, "the body is not an object")
    check_fields(body, allowed)
    return body


def check_fields(given: Json, allowed: Iterable[str], where: str = "") -> None:
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        raise PersonError(400, f"unknown field {', '.join(unknown)}{f' of {where}' if where else ''}")


def needed(body: Json, name: str, kind: type[T]) -> T:
    """A field that must be there, of this type."""
    value = body.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise PersonError(400, f"{name}: {kind.__name__} is needed")
    return value


def number(given: str, name: str) -> int:
    """A number of the path or the query."""
    if not given.removeprefix("-").isdecimal():
        raise PersonError(400, f"{name}: a number is needed, got {given!r}")
    return int(given)
