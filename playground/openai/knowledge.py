"""The knowledge base as it stands in a request, and the question that is asked of it.

A model reads any notation. Here: JSON inside `<knowledge>…</knowledge>`, which is taken to the letter; else whatever
objects, elements, table rows or labelled lines of the messages look like entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from playground.openai.messages import TRUSTED_ROLES, Message
from playground.openai.notation import json_entries, marked_entries, written_entries
from playground.openai.notation.fields import Found
from playground.openai.retrieval import Entry

BLOCK = re.compile(r"<knowledge>(.*?)</knowledge>", re.DOTALL)
_NOTATIONS = (json_entries.find, marked_entries.find, written_entries.find)
_ASKED = re.compile(
    r"^[\W_]*(?:вопрос|question|user|query|партн[её]р|клиент|пользователь)[^:\n]{0,30}:\s*", re.IGNORECASE
)


class UnreadableKnowledgeError(Exception):
    """The block is there, and is no list of entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What is asked, and the entries to answer from."""

    question: str
    entries: tuple[Entry, ...]


def read(messages: Sequence[Message]) -> Read:
    """Entries of system and developer messages; only where those hold none, of what the user wrote."""
    trusted = [message.text for message in messages if message.role in TRUSTED_ROLES]
    asked = [message.text.strip() for message in messages if message.role == "user"]
    question = asked[-1] if asked else ""
    blocks = [block for text in trusted for block in BLOCK.findall(text)]
    if blocks:
        return Read(question=question, entries=tuple(entry for block in blocks for entry in _listed(block)))
    if entries := tuple(entry for text in trusted for entry in _found(text).entries):
        return Read(question=question, entries=entries)
    told = [_found(text) for text in asked]
    if told and told[-1].entries:
        question = told[-1].asked or _last_words(told[-1].rest)
    return Read(question=question, entries=tuple(entry for found in told for entry in found.entries))


def _found(text: str) -> Found:
    """By the first notation that the text is written in."""
    return next((found for find in _NOTATIONS if (found := find(text)).entries), Found(rest=text))


def _last_words(text: str) -> str:
    """The last line that says something, without the word before it that it is a question."""
    lines = [line for line in (re.sub(r"</?\w+>", " ", line).strip() for line in text.splitlines()) if line]
    said = [line for line in lines if re.search(r"\w", _ASKED.sub("", line))]
    return _ASKED.sub("", said[-1]).strip() if said else ""


def _listed(block: str) -> Iterable[Entry]:
    """A JSON array, or one object a line."""
    lines = [block] if block.strip().startswith("[") else [f"[{line}]" for line in block.splitlines() if line.strip()]
    try:
        return [_entry(item) for line in lines for item in json.loads(line)]
    except ValueError as error:
        if entries := _found(block).entries:
            return entries
        raise UnreadableKnowledgeError(str(error)) from None


def _entry(item: Any) -> Entry:
    entry = json_entries.entry(item)
    if entry is None:
        raise UnreadableKnowledgeError(f"no entry with an id: {str(item)[:80]}")
    return entry
