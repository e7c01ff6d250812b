"""What the next answers shall be, on demand: `POST /openai/control/next`."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from playground.openai import checks
from playground.openai.errors import ApiError, out_of_quota, overloaded, rate_limited


class Kind(StrEnum):
    REFUSAL = "refusal"
    INCOMPLETE = "incomplete"
    RATE_LIMIT = "rate_limit"
    QUOTA = "quota"
    OVERLOADED = "overloaded"
    BAD_JSON = "bad_json"
    UNKNOWN_SOURCE = "unknown_source"
    PROMISE = "promise"


INCOMPLETE_REASONS = ("max_output_tokens", "content_filter")
_BODY = checks.fields(
    {
        "kind": checks.one_of(*Kind),
        "times": checks.integer(low=1, high=1_000),
        "reason": checks.one_of(*INCOMPLETE_REASONS),
    },
    required=("kind",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """`reason` is that of an incomplete answer."""

    kind: Kind
    reason: str = INCOMPLETE_REASONS[0]


class Script:
    """Used up by well-formed requests, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: deque[Scripted] = deque()

    def add(self, body: Any) -> int:
        """`{"kind", "times"?, "reason"?}`; answers how many wait now. ApiError names what is wrong."""
        _BODY("", body)
        scripted = Scripted(kind=Kind(body["kind"]), reason=body.get("reason") or INCOMPLETE_REASONS[0])
        self._waiting.extend([scripted] * int(body.get("times") or 1))
        return len(self._waiting)

    def next(self) -> Scripted | None:
        return self._waiting.popleft() if self._waiting else None

    def clear(self) -> None:
        self._waiting.clear()


def error_of(scripted: Scripted, model: str) -> ApiError | None:
    """The error that this kind answers with, if it is one."""
    match scripted.kind:
        case Kind.RATE_LIMIT:
            return rate_limited(model)
        case Kind.QUOTA:
            return out_of_quota()
        case Kind.OVERLOADED:
            return overloaded()
        case _:
            return None
