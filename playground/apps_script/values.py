"""Values between JavaScript and Python: JSON with tags for what JSON does not know; prelude.js has the other side."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from playground.apps_script.fakes import EnumValue, Fake

FUNCTION = object()
"""What a JavaScript function is in Python: something that no service takes."""


def encoded(value: object, number_of: Callable[[Fake], int]) -> object:
    """`number_of` gives the number under which the script will name an object."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {"$number": str(value)}
        case datetime():
            return {"$date": value.timestamp() * 1000}
        case EnumValue():
            return {"$enum": [value.type, value.name]}
        case Fake():
            return {"$fake": [number_of(value), value.google]}
        case list() | tuple():
            return [encoded(item, number_of) for item in value]
        case Mapping():
            return {"$object": {str(key): encoded(item, number_of) for key, item in value.items()}}
        case _:
            raise TypeError(f"no JavaScript value for {type(value).__name__}")


def decoded(raw: object, fake_of: Callable[[int], Fake]) -> object:
    if isinstance(raw, list):
        return [decoded(item, fake_of) for item in raw]
    if not isinstance(raw, dict):
        return raw
    ((tag, value),) = raw.items()
    match tag:
        case "$number":
            return float(value)
        case "$date":
            return datetime.fromtimestamp(value / 1000, UTC)
        case "$enum":
            return EnumValue(*value)
        case "$fake":
            return fake_of(value)
        case "$object":
            return {key: decoded(item, fake_of) for key, item in value.items()}
        case "$function":
            return FUNCTION
        case _:
            raise ValueError(f"unknown tag {tag}")


def decoded_list(text: str, fake_of: Callable[[int], Fake]) -> list[object]:
    return [decoded(item, fake_of) for item in json.loads(text)]
