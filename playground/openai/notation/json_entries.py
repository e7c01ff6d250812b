"""Entries as JSON anywhere in a text: a list, an object of lists, objects by id, one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from playground.openai.notation.fields import IDS, LINKS, QUESTIONS, Found, entry_of, named
from playground.openai.retrieval import Entry

_DECODER = json.JSONDecoder()
_ASKED = (*QUESTIONS, "query", "message", "input", "user_question")


def entry(item: Any) -> Entry | None:
    """An object with an id; what else it lacks is empty."""
    if not isinstance(item, dict) or not named(item, IDS):
        return None
    found = entry_of(item)
    return found or Entry(id=named(item, IDS), question=named(item, QUESTIONS), answer="", link=named(item, LINKS))


def find(text: str) -> Found:
    entries: list[Entry] = []
    rest, asked, at = "", "", 0
    for value, begin, end in _values(text):
        found = list(_entries(value))
        if found:
            entries += found
            asked = asked or _question(value)
            rest, at = rest + text[at:begin] + "\n", end
    return Found(entries=tuple(entries), rest=rest + text[at:], asked=asked)


def _values(text: str) -> Iterator[tuple[Any, int, int]]:
    at = 0
    while match := re.compile(r"[\[{]").search(text, at):
        try:
            value, at = _DECODER.raw_decode(text, match.start())
        except ValueError:
            at = match.end()
        else:
            yield value, match.start(), at


def _entries(value: Any, key: str = "") -> Iterator[Entry]:
    match value:
        case dict() if found := entry_of(value, otherwise=key):
            yield found
        case dict():
            for name, inner in value.items():
                yield from _entries(inner, name)
        case list():
            for number, inner in enumerate(value, 1):
                yield from _entries(inner, str(number))


def _question(value: Any) -> str:
    return named(value, _ASKED) if isinstance(value, dict) and entry_of(value) is None else ""
