"""Entities that a call gives itself: checked as td/telegram/MessageEntity.cpp checks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playground.telegram.errors import ApiError, Json, bad_request
from playground.telegram.formatting import utf16
from playground.telegram.formatting.links import LinkError, check_link

_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
_PLAIN_KINDS = """
mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote
expandable_blockquote code pre
"""
KINDS = frozenset(_PLAIN_KINDS.split()) | set(_NEEDS)

UserById = Callable[[int], Json | None]


def check_entities(text: str, entities: Sequence[Json], user_by_id: UserById) -> list[Json]:
    """Entities as Telegram keeps them. ApiError 400 for a type, a place or a link it refuses."""
    ends = utf16.boundaries(text)
    return [_checked(text, entity, ends, user_by_id) for entity in entities if entity["length"] != 0]


def _checked(text: str, entity: Json, ends: dict[int, int], user_by_id: UserById) -> Json:
    kind = entity["type"]
    if kind not in KINDS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    needed = _NEEDS.get(kind)
    if needed and needed not in entity:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed}\"")
    _check_place(text, entity["offset"], entity["length"], ends)
    kept = {"offset": entity["offset"], "length": entity["length"], "type": kind}
    match kind:
        case "text_link":
            return kept | {"url": _link(entity["url"])}
        case "text_mention":
            return kept | {"user": mentioned(entity["user"]["id"], user_by_id)}
        case "custom_emoji":
            return kept | {"custom_emoji_id": _emoji(entity["custom_emoji_id"])}
        case "pre" if entity.get("language"):
            return kept | {"language": entity["language"]}
        case "date_time":
            return kept | {key: entity[key] for key in ("unix_time", "date_time_format") if key in entity}
    return kept


def _check_place(text: str, offset: int, length: int, ends: dict[int, int]) -> None:
    total, end = utf16.length(text), offset + length
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if offset > total:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if end > total:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
        )
    for word, place in (("begins", offset), ("ends", end)):
        if place not in ends:
            raise _inside_symbol(word, text, place, ends)


def _inside_symbol(word: str, text: str, place: int, ends: dict[int, int]) -> ApiError:
    byte = len(text[: ends[place - 1]].encode())
    return bad_request(f"entity {word} in a middle of a UTF-16 symbol at byte offset {byte}")


def _link(url: str) -> str:
    try:
        return check_link(url)
    except LinkError as error:
        raise bad_request(f"entity URL '{url}' is invalid: {error}") from None


def _emoji(identifier: str) -> str:
    if not identifier.isdecimal() or int(identifier) >= 2**63:
        raise bad_request('can\'t parse MessageEntity: Field "custom_emoji_id" must be a valid Number')
    return identifier


def mentioned(user_id: int, user_by_id: UserById) -> Json:
    user = user_by_id(user_id)
    if user is None:
        raise bad_request("user not found")
    return user
