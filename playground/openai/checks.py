"""Checks of one JSON value at a path; each raises OpenAI's own error for what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from playground.openai.errors import ApiError, bad_request

Check = Callable[[str, Any], None]


def missing(path: str) -> ApiError:
    return bad_request(f"Missing required parameter: '{path}'.", path, "missing_required_parameter")


def unknown(path: str) -> ApiError:
    return bad_request(f"Unknown parameter: '{path}'.", path, "unknown_parameter")


def wrong_type(path: str, expected: str, value: object) -> ApiError:
    message = f"Invalid type for '{path}': expected {expected}, but got {named(value)} instead."
    return bad_request(message, path, "invalid_type")


def wrong_value(path: str, value: object, supported: Collection[str]) -> ApiError:
    message = f"Invalid value: '{value}'. Supported values are: {listed(supported)}."
    return bad_request(message, path, "invalid_value")


def too_long(path: str, limit: int, length: int) -> ApiError:
    message = (
        f"Invalid '{path}': string too long. Expected a string with maximum length {limit}, "
        f"but got a string with length {length} instead."
    )
    return bad_request(message, path, "string_above_max_length")


def named(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int():
            return "an integer"
        case float():
            return "a decimal"
        case str():
            return "a string"
        case list():
            return "an array"
    return "an object"


def listed(values: Collection[str]) -> str:
    quoted = [f"'{value}'" for value in values]
    if len(quoted) < 3:
        return " and ".join(quoted)
    return f"{', '.join(quoted[:-1])}, and {quoted[-1]}"


def boolean(path: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise wrong_type(path, "a boolean", value)


def string(*, limit: int | None = None) -> Check:
    def check(path: str, value: Any) -> None:
        if not isinstance(value, str):
            raise wrong_type(path, "a string", value)
        if limit is not None and len(value) > limit:
            raise too_long(path, limit, len(value))

    return check


def one_of(*supported: str) -> Check:
    def check(path: str, value: Any) -> None:
        if not isinstance(value, str):
            raise wrong_type(path, f"one of {listed(supported)}", value)
        if value not in supported:
            raise wrong_value(path, value, supported)

    return check


def integer(*, low: int | None = None, high: int | None = None) -> Check:
    def check(path: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong_type(path, "an integer", value)
        _within(path, value, low, high, "integer")

    return check


def number(*, low: float, high: float) -> Check:
    def check(path: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_type(path, "a decimal", value)
        _within(path, value, low, high, "decimal")

    return check


def array(each: Check) -> Check:
    def check(path: str, value: Any) -> None:
        if not isinstance(value, list):
            raise wrong_type(path, "an array", value)
        for index, item in enumerate(value):
            each(f"{path}[{index}]", item)

    return check


def fields(known: Mapping[str, Check], *, required: Collection[str] = ()) -> Check:
    """An object with these keys; a null of an optional key counts as absent, as at OpenAI."""

    def check(path: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise wrong_type(path, "an object", value)
        inner = f"{path}." if path else ""
        for key in value:
            if key not in known:
                raise unknown(inner + key)
        for key in required:
            if value.get(key) is None:
                raise missing(inner + key)
        for key, item in value.items():
            if item is not None:
                known[key](inner + key, item)

    return check


def fields_of_any_name(path: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise wrong_type(path, "an object", value)


def anything(path: str, value: Any) -> None:
    """Checked elsewhere."""


def _within(path: str, value: float, low: float | None, high: float | None, kind: str) -> None:
    if low is not None and value < low:
        message = f"Invalid '{path}': {kind} below minimum value. Expected a value >= {low}, but got {value} instead."
        raise bad_request(message, path, f"{kind}_below_min_value")
    if high is not None and value > high:
        message = f"Invalid '{path}': {kind} above maximum value. Expected a value <= {high}, but got {value} instead."
        raise bad_request(message, path, f"{kind}_above_max_value")
