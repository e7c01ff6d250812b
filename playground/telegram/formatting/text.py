"""A text with its entities, ready to stand in a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from playground.telegram.errors import Json, bad_request
from playground.telegram.formatting import found, html, markdown, markdown_v2, utf16
from playground.telegram.formatting.given import UserById, check_entities

MOST_TEXT = 4096
MOST_CAPTION = 1024
_PARSERS = {"html": html.parse, "markdown": markdown.parse, "markdownv2": markdown_v2.parse}
_BLOCKERS = ("pre", "code", "text_link", "text_mention", "mention", "hashtag", "cashtag", "bot_command", "url", "email")
_DROPPED = re.compile("[\r\u2028-\u202e]")
_BLANKS = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    text: str = ""
    entities: list[Json] = field(default_factory=list)

    def fields(self, text: str, entities: str) -> Json:
        """As fields of a message; empty ones are left out."""
        return {key: value for key, value in ((text, self.text), (entities, self.entities)) if value}


def read_text(
    text: str, parse_mode: str | None, entities: Sequence[Json] | None, user_by_id: UserById
) -> FormattedText:
    """Text of a call. ApiError 400 in Telegram's words; a parse mode goes before entities, as there."""
    mode = (parse_mode or "none").lower()
    if mode in _PARSERS:
        plain, marks = _PARSERS[mode](text)
        marks = [entity for mark in marks if (entity := _with_user(mark, user_by_id))]
    elif mode == "none":
        plain, marks = text, check_entities(text, entities or (), user_by_id)
    else:
        raise bad_request("unsupported parse_mode")
    return _settled(*_trimmed(*_cleaned(plain, marks)))


def typed_text(text: str) -> FormattedText:
    """Text that a person typed: nothing is marked but what Telegram finds."""
    return FormattedText(text=text, entities=found.find(text))


def message_text(formatted: FormattedText) -> FormattedText:
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16.length(formatted.text) > MOST_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption_text(formatted: FormattedText) -> FormattedText:
    if utf16.length(formatted.text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _with_user(entity: Json, user_by_id: UserById) -> Json | None:
    if entity["type"] != "text_mention":
        return entity
    user = user_by_id(entity["user"]["id"])
    return entity | {"user": user} if user else None


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Characters that Telegram drops or turns into blanks (clean_input_string)."""
    text = _BLANKS.sub(" ", text)
    gone = [utf16.length(text[: match.start()]) for match in _DROPPED.finditer(text)]
    return _DROPPED.sub("", text), [_moved(entity, gone) for entity in entities]


def _moved(entity: Json, gone: Sequence[int]) -> Json:
    end = entity["offset"] + entity["length"]
    offset = entity["offset"] - sum(1 for place in gone if place < entity["offset"])
    return entity | {"offset": offset, "length": end - sum(1 for place in gone if place < end) - offset}


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Blanks at the end go; blanks at the beginning go as far as the first entity."""
    first = min((entity["offset"] for entity in entities), default=len(text))
    blanks = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[blanks:].rstrip(" \n")
    total = utf16.length(text)
    kept = [
        entity | {"offset": offset, "length": min(entity["length"], total - offset)}
        for entity in entities
        if (offset := entity["offset"] - blanks) < total
    ]
    return text, [e for e in kept if e["length"] > 0 and utf16.part(text, e["offset"], e["length"]).strip(" \n")]


def _settled(text: str, entities: list[Json]) -> FormattedText:
    """Code holds nothing else; what Telegram finds by itself gives way to what was given."""
    code = [entity for entity in entities if entity["type"] in ("code", "pre")]
    given = [e for e in entities if e in code or not any(_overlap(e, other) for other in code)]
    blockers = [entity for entity in given if entity["type"] in _BLOCKERS]
    own = [entity for entity in found.find(text) if not any(_overlap(entity, other) for other in blockers)]
    return FormattedText(text=text, entities=sorted([*given, *own], key=lambda e: (e["offset"], -e["length"])))


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
