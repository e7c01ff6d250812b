"""OpenAI's errors: `{"error": {"message", "type", "param", "code"}}`, with the texts of the real service."""

from __future__ import annotations

import json
from collections.abc import Mapping

INVALID = "invalid_request_error"
KEYS_PAGE = "https://platform.openai.com/account/api-keys"


class ApiError(Exception):
    """An answer other than 2xx. `param` is a path such as `text.format.schema`."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = INVALID,
        param: str | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind
        self.param = param
        self.code = code
        self.headers = dict(headers or {})

    def body(self) -> bytes:
        error = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return json.dumps({"error": error}, ensure_ascii=False, indent=2).encode()


def bad_request(message: str, param: str | None, code: str | None) -> ApiError:
    return ApiError(400, message, param=param, code=code)


def not_emulated(what: str, param: str | None = None) -> ApiError:
    """The real service would know it, this emulator does not: it says so instead of ignoring it."""
    message = f"The playground's OpenAI emulator does not support {what}."
    return ApiError(400, message, param=param, code="not_emulated")


def no_such_endpoint(method: str, path: str) -> ApiError:
    if path.startswith(("/v1/assistants", "/v1/threads")):
        message = f"{method} {path}: the Assistants API was shut down on 2026-08-26. Use the Responses API."
        return ApiError(404, message, code="assistants_api_shut_down")
    if path.startswith("/v1/prompts"):
        return ApiError(404, f"{method} {path}: prompt objects are not served here and end on 2026-11-30.")
    return ApiError(404, f"Invalid URL ({method} {path})")


def wrong_key(given: str | None) -> ApiError:
    if not given:
        message = (
            "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer "
            f"auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from {KEYS_PAGE}."
        )
        return ApiError(401, message)
    shown = f"{given[:8]}{'*' * max(len(given) - 12, 4)}{given[-4:]}" if len(given) > 12 else "*" * len(given)
    message = f"Incorrect API key provided: {shown}. You can find your API key at {KEYS_PAGE}."
    return ApiError(401, message, code="invalid_api_key")


def rate_limited(model: str = "gpt-6-luna") -> ApiError:
    message = (
        f"Rate limit reached for {model} in organization org-playground on requests per min (RPM): "
        "Limit 500, Used 500, Requested 1. Please try again in 2s. "
        "Visit https://platform.openai.com/account/rate-limits to learn more."
    )
    headers = {
        "retry-after": "2",
        "retry-after-ms": "2000",
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "2s",
        "x-ratelimit-limit-tokens": "200000",
        "x-ratelimit-remaining-tokens": "199000",
        "x-ratelimit-reset-tokens": "300ms",
    }
    return ApiError(429, message, kind="requests", code="rate_limit_exceeded", headers=headers)


def out_of_quota() -> ApiError:
    message = (
        "You exceeded your current quota, please check your plan and billing details. For more information on this "
        "error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."
    )
    return ApiError(429, message, kind="insufficient_quota", code="insufficient_quota")


def overloaded() -> ApiError:
    message = "Our servers are currently overloaded. Please try again later."
    return ApiError(503, message, kind="service_unavailable_error", code="server_is_overloaded")


def of_status(status: int) -> ApiError:
    """The usual error of an HTTP status, for faults injected from outside."""
    match status:
        case 401:
            return wrong_key("sk-injected-fault")
        case 403:
            message = "Country, region, or territory not supported"
            return ApiError(403, message, kind="request_forbidden", code="unsupported_country_region_territory")
        case 404:
            return unknown_model("gpt-injected-fault")
        case 408:
            return ApiError(408, "Request timeout.", kind="server_error", code="timeout")
        case 429:
            return rate_limited()
        case 503:
            return overloaded()
        case _ if status >= 500:
            message = "The server had an error while processing your request. Sorry about that!"
            return ApiError(status, message, kind="server_error")
        case _:
            return ApiError(status, f"Injected fault: HTTP {status}.")


def unknown_model(model: str) -> ApiError:
    message = f"The model `{model}` does not exist or you do not have access to it."
    return ApiError(404, message, param="model", code="model_not_found")


def unreadable_body() -> ApiError:
    message = (
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP "
        "library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have "
        "trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)"
    )
    return ApiError(400, message)
