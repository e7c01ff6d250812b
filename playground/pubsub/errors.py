"""Errors as Google's JSON front end words them."""

from __future__ import annotations

import json

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

SUDDEN = {
    403: "User not authorized to perform this action.",
    429: "Quota exceeded for quota metric 'Regional publisher throughput, kB' and limit "
    "'Regional publisher throughput, kB per minute per region' of service 'pubsub.googleapis.com'.",
    500: "Internal error encountered.",
    503: "The service was unable to fulfill your request. Please try again. [code=8a75]",
    504: "Deadline exceeded.",
}
"""What the service says of troubles that no caller caused."""

UNAUTHENTICATED = (
    "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other "
    "valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


class PubsubError(Exception):
    def __init__(self, code: int, message: str, status: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or STATUSES.get(code, "UNKNOWN")

    def body(self) -> dict[str, object]:
        return {"error": {"code": self.code, "message": self.message, "status": self.status}}


def sudden_body(code: int) -> bytes:
    return json.dumps(PubsubError(code, SUDDEN.get(code, STATUSES.get(code, "Unknown error."))).body()).encode()


def invalid(message: str) -> PubsubError:
    return PubsubError(400, message)


def not_found(resource: str) -> PubsubError:
    return PubsubError(404, f"Resource not found (resource={resource}).")


def already_exists(resource: str) -> PubsubError:
    return PubsubError(409, f"Resource already exists in the project (resource={resource}).")


def not_emulated(what: str) -> PubsubError:
    return PubsubError(501, f"The Pub/Sub emulator does not do this: {what}.")
