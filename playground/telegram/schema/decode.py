"""From a raw call to typed parameters, or Telegram's refusal of them.

Telegram itself ignores parameters that it does not know; here they are an error that names them, because a misspelt
parameter is the commonest way to believe in something that does not happen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.telegram.errors import ApiError, Json, bad_request
from playground.telegram.schema.legacy import fields_of, modern
from playground.telegram.schema.notation import Field, Shape
from playground.telegram.schema.objects import checked
from playground.telegram.schema.requests import RawCall, Upload

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
}
_FILES = ("photo", "audio", "document", "video", "animation", "voice", "video_note", "sticker")
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0", "")
ATTACH = "attach://"


def decode(method: Shape, call: RawCall) -> Json:
    """Typed parameters; an Upload stands where a file of the call is named (`photo`, `attach://name`)."""
    known = {field.name: field for field in fields_of(method)}
    for name in (*call.text, *call.typed):
        if name not in known:
            raise bad_request(f'unknown parameter "{name}" of {method.name}')
    params = modern({name: value for field in known.values() for name, value in _found(field, call)})
    used = set(_attached(list(params.values())))
    for name in call.files:
        if name not in params and name not in used:
            raise bad_request(f'unknown parameter "{name}" of {method.name}')
    for name in sorted(used - set(call.files)):
        raise bad_request(f'file "{ATTACH}{name}" is not in the request')
    return {name: _resolved(value, call.files) for name, value in params.items()} if used else params


def _found(field: Field, call: RawCall) -> Iterator[tuple[str, Any]]:
    if field.name in call.files and "InputFile" in field.kinds:
        yield field.name, call.files[field.name]
    elif field.name in call.typed:
        yield field.name, _typed(field, call.typed[field.name])
    elif field.name in call.text:
        yield field.name, _from_text(field, call.text[field.name])
    elif field.required:
        raise _missing(field.name)


def _missing(name: str) -> ApiError:
    if name in _FILES:
        return bad_request(f"there is no {name.replace('_', ' ')} in the request")
    return bad_request(_MISSING.get(name, f'parameter "{name}" is required'))


def _typed(field: Field, value: Any) -> Any:
    if isinstance(value, str) and field.kinds == ("Integer", "String"):
        return _chat(field, value)
    if isinstance(value, str) and _is_structure(field.kinds):
        value = _json(field, value)
    if field.required and value == "":
        raise _missing(field.name)
    return checked(field.kinds, value, field.name)


def _from_text(field: Field, text: str) -> Any:
    if field.kinds == ("Integer", "String"):
        return _chat(field, text)
    if "String" in field.kinds or "InputFile" in field.kinds:
        if field.required and not text:
            raise _missing(field.name)
        return checked(("String",), text, field.name)
    if "Boolean" in field.kinds and text.lower() in _TRUE + _FALSE:
        return text.lower() in _TRUE
    return checked(field.kinds, _json(field, text), field.name)


def _chat(field: Field, text: str) -> int | str:
    """A chat's id may come as text everywhere, or be an @username."""
    if not text:
        raise _missing(field.name)
    return int(text) if text.removeprefix("-").isdecimal() else str(checked(field.kinds, text, field.name))


def _is_structure(kinds: Sequence[str]) -> bool:
    return not set(kinds) & {"Integer", "Float", "String", "Boolean", "InputFile"}


def _json(field: Field, text: str) -> Any:
    """Numbers, booleans, arrays and objects of a form are JSON; a JSON body may hold arrays and objects as text."""
    try:
        return json.loads(text)
    except ValueError:
        if field.name == "reply_markup":
            raise bad_request("can't parse reply keyboard markup JSON object") from None
        return checked(field.kinds, text, field.name)


def _attached(value: object) -> Iterator[str]:
    """Names after `attach://` anywhere in the parameters."""
    if isinstance(value, str) and value.startswith(ATTACH):
        yield value.removeprefix(ATTACH)
    elif isinstance(value, Mapping):
        yield from _attached(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _attached(item)


def _resolved(value: Any, files: Mapping[str, Upload]) -> Any:
    """`attach://name` → the file of that name."""
    if isinstance(value, str) and value.startswith(ATTACH):
        return files[value.removeprefix(ATTACH)]
    if isinstance(value, dict):
        return {key: _resolved(item, files) for key, item in value.items()}
    return [_resolved(item, files) for item in value] if isinstance(value, list) else value
