"""What a person sends, as fields of the Bot API's Message."""

from __future__ import annotations

from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.files import KINDS, file_fields
from playground.telegram.chats.people import User
from playground.telegram.errors import Json
from playground.telegram.formatting import utf16
from playground.telegram.formatting.text import MOST_CAPTION, MOST_TEXT, typed_text
from playground.telegram.people.body import PersonError, check_fields

SENDABLE = ("text", *KINDS, "contact", "location")
_FILE_FIELDS = ("name", "size")


def content_of(account: Account, user: User, body: Json) -> Json:
    """PersonError 400 when there is nothing to send, too much, or something unknown."""
    kinds = [kind for kind in SENDABLE if kind in body]
    if len(kinds) != 1:
        raise PersonError(400, f"exactly one of {', '.join(SENDABLE)} or album is needed")
    kind, value = kinds[0], body[kinds[0]]
    if "caption" in body and kind not in KINDS:
        raise PersonError(400, f"a {kind} has no caption")
    match kind:
        case "text":
            return text_fields(value)
        case "contact":
            return {"contact": _contact(user, _object(kind, value, ("phone", "own", "first_name", "last_name")))}
        case "location":
            place = _object(kind, value, ("latitude", "longitude"))
            return {"location": {"latitude": place.get("latitude", 55.75), "longitude": place.get("longitude", 37.62)}}
    file = _object(kind, value, _FILE_FIELDS)
    return _file(account, kind, file) | caption_fields(body.get("caption") or "")


def text_fields(text: Any) -> Json:
    if not isinstance(text, str) or not text.strip():
        raise PersonError(400, "text: a text that is not blank is needed")
    if utf16.length(text) > MOST_TEXT:
        raise PersonError(400, f"text: over {MOST_TEXT} UTF-16 units; Telegram's apps send it in several messages")
    return typed_text(text).fields("text", "entities")


def caption_fields(caption: Any) -> Json:
    if not isinstance(caption, str) or utf16.length(caption) > MOST_CAPTION:
        raise PersonError(400, f"caption: a text of at most {MOST_CAPTION} UTF-16 units is needed")
    return typed_text(caption).fields("caption", "caption_entities")


def _file(account: Account, kind: str, file: Json) -> Json:
    name, size = file.get("name", kind), file.get("size", 1000)
    if not isinstance(name, str) or not isinstance(size, int) or size < 1:
        raise PersonError(400, f"{kind}: name is a text, size a number of bytes above 0")
    fields: Json = {"emoji": "👍"} if kind == "sticker" else {}
    return file_fields(kind, account.files.new(kind, name, size, **fields))


def _contact(user: User, contact: Json) -> Json:
    if not isinstance(contact.get("phone"), str):
        raise PersonError(400, "contact: a phone is needed")
    if contact.get("own", True):
        return {"phone_number": contact["phone"], **_names(user.names()), "user_id": user.id}
    return {"phone_number": contact["phone"], "first_name": "Знакомый", **_names(contact)}


def _names(given: Json) -> Json:
    return {name: given[name] for name in ("first_name", "last_name") if given.get(name)}


def _object(kind: str, value: Any, allowed: tuple[str, ...]) -> Json:
    if not isinstance(value, dict):
        raise PersonError(400, f"{kind}: an object is needed")
    check_fields(value, allowed, kind)
    return value
