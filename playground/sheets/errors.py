"""Errors as Google words them: one exception, one JSON body."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
MESSAGES = {
    401: "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    500: "Internal error encountered.",
    502: "The service is currently unavailable.",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}


class ApiError(Exception):
    """An answer other than 200; `status` is the HTTP status, `details` goes into the body as it is."""

    def __init__(self, status: int, message: str | None = None, details: Sequence[dict[str, Any]] = ()) -> None:
        self.status = status
        self.message = MESSAGES.get(status, "Request contains an invalid argument.") if message is None else message
        self.details = list(details)
        super().__init__(self.message)

    def body(self) -> bytes:
        error: dict[str, Any] = {
            "code": self.status,
            "message": self.message,
            "status": STATUS_NAMES.get(self.status, "UNKNOWN"),
        }
        if self.details:
            error["details"] = self.details
        return json.dumps({"error": error}, ensure_ascii=False, indent=2).encode()


class RequestError(Exception):
    """What is wrong with one request of a batch, without the place: the batch says which request it was."""


def invalid(message: str) -> ApiError:
    return ApiError(400, message)


def bad_request(violations: Sequence[tuple[str, str]], message: str | None = None) -> ApiError:
    """400 with field violations: pairs of field path and description."""
    return ApiError(
        400,
        message if message is not None else "\n".join(description for _, description in violations),
        [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    {"field": field, "description": description} if field else {"description": description}
                    for field, description in violations
                ],
            }
        ],
    )
