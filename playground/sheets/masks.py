"""Field masks: what an answer shows (`fields` of a call) and what a request changes (`fields` of a request)."""

from __future__ import annotations

import re
from typing import Any

from playground.sheets.bodies import camel
from playground.sheets.discovery import API
from playground.sheets.errors import RequestError, bad_request

Mask = dict[str, "Mask"]
"""A tree of field names; an empty tree means everything below."""
_TOKEN = re.compile(r"\s*([A-Za-z0-9_$@]+|\*|[(),./])")


def parsed(text: str) -> Mask:
    """`a.b,c(d,e/f)` as a tree. ValueError for anything else."""
    mask, position = _group(text, 0)
    if text[position:].strip():
        raise ValueError(text)
    return mask


def _group(text: str, position: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while True:
        position = _path(text, position, mask)
        found = _TOKEN.match(text, position)
        if found is None or found.group(1) != ",":
            return mask, position
        position = found.end()


def _path(text: str, position: int, mask: Mask) -> int:
    here = mask
    while True:
        found = _TOKEN.match(text, position)
        if found is None or found.group(1) in "(),./":
            raise ValueError(text)
        name, position = found.group(1), found.end()
        here = here.setdefault(name if name == "*" else camel(name), {})
        found = _TOKEN.match(text, position)
        if found is not None and found.group(1) in "./":
            position = found.end()
        elif found is not None and found.group(1) == "(":
            inner, position = _group(text, found.end())
            _merge(here, inner)
            found = _TOKEN.match(text, position)
            if found is None or found.group(1) != ")":
                raise ValueError(text)
            return found.end()
        else:
            return position


def _merge(into: Mask, other: Mask) -> None:
    for name, inner in other.items():
        _merge(into.setdefault(name, {}), inner)


def for_answer(text: str, message: str) -> Mask:
    """The mask of a call's `fields`; ApiError when it names what the answer has not."""
    try:
        mask = parsed(text)
    except ValueError:
        raise _bad_answer_mask(text) from None
    wrong = _unknown_path(mask, {"$ref": message})
    if wrong is not None:
        raise _bad_answer_mask(wrong)
    return mask


def _bad_answer_mask(path: str) -> Exception:
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return bad_request([(path, text)], message="Request contains an invalid argument.")


def _unknown_path(mask: Mask, schema: dict[str, Any], path: str = "") -> str | None:
    while schema.get("type") == "array":
        schema = schema["items"]
    properties = API.schemas[schema["$ref"]].get("properties", {}) if "$ref" in schema else None
    for name, inner in mask.items():
        here = f"{path}.{name}" if path else name
        if name == "*":
            continue
        if properties is None:
            return None if "additionalProperties" in schema or schema.get("type") == "any" else here
        if name not in properties:
            return here
        if inner and (wrong := _unknown_path(inner, properties[name], here)):
            return wrong
    return None


def shown(value: Any, mask: Mask) -> Any:
    """The part of an answer that the mask asks for."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [shown(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: shown(value[name], inner) for name, inner in mask.items() if name in value}


def asks(mask: Mask | None, *path: str) -> bool:
    """Whether a mask (None: no mask) lets the field at the path through, wholly or in part."""
    if mask is None:
        return True
    for name in path:
        if not mask or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def below(mask: Mask | None, *path: str) -> Mask | None:
    """The mask of the field at the path; None where everything is asked."""
    for name in path:
        if not mask or "*" in mask:
            return None
        mask = mask.get(name, {})
    return mask or None


def for_change(text: str | None, message: str) -> Mask:
    """The mask of a request's `fields`; RequestError when it is missing or names an unknown field."""
    if not text:
        raise RequestError("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = parsed(text)
    except ValueError:
        raise RequestError(f"Invalid field: {text}") from None
    wrong = _unknown_path(mask, {"$ref": message})
    if wrong is not None:
        raise RequestError(f"Invalid field: {wrong}")
    return mask


def changed(old: dict[str, Any], new: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """`old` with the masked fields taken from `new`; a field absent there is cleared."""
    if not mask or "*" in mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        if inner and "*" not in inner and isinstance(new.get(name, {}), dict):
            merged = changed(result.get(name, {}), new.get(name, {}), inner)
            if merged:
                result[name] = merged
            else:
                result.pop(name, None)
        elif name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
    return result
