"""Refusals of the Bot API, in Telegram's own words where it has them."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class ApiError(Exception):
    """A call that is answered with `{"ok": false}`; `code` is also the HTTP status."""

    def __init__(self, code: int, description: str, *, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str) -> ApiError:
    """Telegram lowers the first letter of what its library says; a server's CODE stays as it is."""
    head = what.split(" ", 1)[0].rstrip(":")
    return ApiError(400, f"Bad Request: {what if head.isupper() else what[:1].lower() + what[1:]}")


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def not_emulated(what: str) -> ApiError:
    """Known to Telegram, unknown to the playground: said aloud, so that nobody builds on silence."""
    return ApiError(400, f"Bad Request: {what} is not emulated by the playground")


def too_many_requests(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds})


_DESCRIPTIONS = {
    400: "Bad Request: injected by the playground",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    429: "Too Many Requests: retry after 5",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def plain_error(status: int) -> Json:
    """The body with which Telegram answers an HTTP status that no call of its own explains."""
    parameters = {"retry_after": 5} if status == 429 else None
    return ApiError(status, _DESCRIPTIONS.get(status, "Internal Server Error"), parameters=parameters).body()
