"""The check of one value against the types it may have, in the words of Telegram's JSON reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground.telegram.errors import ApiError, Json, bad_request
from playground.telegram.schema.notation import Shape
from playground.telegram.schema.types import TYPES

_NAMES = {"Integer": "Number", "Float": "Number", "InputFile": "String"}
_PREFIXES = {
    "MessageEntity": "can't parse MessageEntity: ",
    "InlineKeyboardButton": "can't parse inline keyboard button: ",
    "KeyboardButton": "can't parse keyboard button: ",
    "BotCommand": "can't parse BotCommand: ",
    "InputMedia": "can't parse InputMedia: ",
    "ReactionType": "can't parse ReactionType: ",
    "MenuButton": "can't parse menu button: ",
}


def checked(kinds: Sequence[str], value: Any, name: str, prefix: str = "") -> Any:
    """`value` when it is of one of `kinds`; ApiError 400 names the field otherwise."""
    match value:
        case bool() if "Boolean" in kinds:
            return value
        case bool():
            raise _wrong_type(kinds, name, prefix)
        case int() if "Integer" in kinds:
            return value
        case int() | float() if "Float" in kinds:
            return float(value)
        case str() if "String" in kinds:
            return _utf8(value)
        case list():
            return _array(kinds, value, name, prefix)
        case dict():
            return _object(kinds, value, name, prefix)
    raise _wrong_type(kinds, name, prefix)


def _utf8(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text


def _array(kinds: Sequence[str], value: list[Any], name: str, prefix: str) -> list[Any]:
    inner = [kind.removeprefix("Array of ") for kind in kinds if kind.startswith("Array of ")]
    if not inner:
        raise _wrong_type(kinds, name, prefix)
    return [checked(inner, item, name, prefix) for item in value]


def _object(kinds: Sequence[str], value: Json, name: str, prefix: str) -> Json:
    shapes = [shape for kind in kinds if kind in TYPES for shape in _members(TYPES[kind])]
    if not shapes:
        raise _wrong_type(kinds, name, prefix)
    prefix = next((_PREFIXES[kind] for kind in (*kinds, shapes[0].name) if kind in _PREFIXES), prefix)
    return _fields(_chosen(shapes, value, name), value, prefix)


def _members(shape: Shape) -> list[Shape]:
    return [TYPES[member] for member in shape.members] if shape.members else [shape]


def _chosen(shapes: Sequence[Shape], value: Json, name: str) -> Shape:
    """The alternative that the object says it is: by its `type`, or by the field that only one of them has."""
    if len(shapes) == 1 and not any(field.literal for field in shapes[0].fields):
        return shapes[0]
    for shape in shapes:
        required = [field for field in shape.fields if field.required]
        literals = [field for field in required if field.literal]
        if literals and all(value.get(field.name) == field.literal for field in literals):
            return shape
        if not literals and all(field.name in value for field in required):
            return shape
    if "type" in value:
        raise bad_request(f'type "{value["type"]}" of {name} is unknown or not emulated by the playground')
    if name == "reply_markup":
        raise bad_request("object expected as reply markup")
    raise bad_request(f'can\'t find field "type" of {name}')


def _fields(shape: Shape, value: Json, prefix: str) -> Json:
    known = {field.name: field for field in shape.fields}
    for name in value:
        if name not in known:
            raise bad_request(f'{prefix}Unknown field "{name}" of {shape.name}')
    for field in shape.fields:
        if field.required and field.name not in value:
            raise bad_request(f'{prefix}Can\'t find field "{field.name}"')
    return {name: checked(known[name].kinds, item, name, prefix) for name, item in value.items()}


def _wrong_type(kinds: Sequence[str], name: str, prefix: str) -> ApiError:
    if name == "reply_markup" and not prefix:
        return bad_request("object expected as reply markup")
    names = [_type_name(kind) for kind in kinds]
    return bad_request(f'{prefix}Field "{name}" must be of type {" or ".join(dict.fromkeys(names))}')


def _type_name(kind: str) -> str:
    if kind.startswith("Array of "):
        return "Array"
    return "Object" if kind in TYPES else _NAMES.get(kind, kind)
