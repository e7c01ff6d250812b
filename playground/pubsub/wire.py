"""Strict reading of JSON messages: what is not known is an error that names it, as at Google."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from playground.pubsub.errors import invalid

_DURATION = re.compile(r"(\d+)(\.\d{1,9})?s\Z")


def record(raw: object, where: str, known: Collection[str]) -> dict[str, object]:
    """The fields that are set, by their camelCase names; snake_case is accepted like in every proto message.

    `where` is the path of the message (`messages[0]`, "" for the whole body).
    """
    if not isinstance(raw, Mapping):
        raise invalid(f"Invalid value at '{where}', a JSON object is expected." if where else "An object is expected.")
    fields: dict[str, object] = {}
    for key, value in raw.items():
        name = camel(key)
        if name not in known:
            place = f" at '{where}'" if where else ""
            raise invalid(f'Invalid JSON payload received. Unknown name "{key}"{place}: Cannot find field.')
        if value is not None:
            fields[name] = value
    return fields


def camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


def text(fields: Mapping[str, object], name: str, where: str = "") -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise invalid(f"Invalid value at '{_path(where, name)}' (TYPE_STRING), {value}")
    return value


def whole(fields: Mapping[str, object], name: str, default: int = 0) -> int:
    value = fields.get(name, default)
    if isinstance(value, str) and value.lstrip("-").isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid(f"Invalid value at '{name}' (TYPE_INT32), {value}")
    return value


def flag(fields: Mapping[str, object], name: str) -> bool:
    value = fields.get(name, False)
    if not isinstance(value, bool):
        raise invalid(f"Invalid value at '{name}' (TYPE_BOOL), {value}")
    return value


def items(fields: Mapping[str, object], name: str) -> list[object]:
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise invalid(f"Invalid value at '{name}', a list is expected.")
    return value


def strings(fields: Mapping[str, object], name: str, where: str = "") -> dict[str, str]:
    value = fields.get(name, {})
    path = _path(where, name)
    if not isinstance(value, Mapping):
        raise invalid(f"Invalid value at '{path}', a map is expected.")
    for key, one in value.items():
        if not isinstance(one, str):
            raise invalid(f"Invalid value at '{path}[{key}]' (TYPE_STRING), {one}")
    return dict(value)


def seconds(fields: Mapping[str, object], name: str, default: float) -> float:
    """A protobuf Duration: `"600s"`, `"0.5s"`."""
    value = fields.get(name)
    if value is None:
        return default
    match = _DURATION.match(value) if isinstance(value, str) else None
    if match is None:
        raise invalid(f"Invalid value at '{name}' (type.googleapis.com/google.protobuf.Duration), {value}")
    return float(match[1] + (match[2] or ""))


def duration(value: float) -> str:
    return f"{value:g}s" if value < 1_000_000 else f"{int(value)}s"


def timestamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
