"""The knowledge base as it stands in a request: JSON inside `<knowledge>…</knowledge>` of a trusted message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from playground.openai.messages import TRUSTED_ROLES, Message
from playground.openai.retrieval import Entry

BLOCK = re.compile(r"<knowledge>(.*?)</knowledge>", re.DOTALL)


class UnreadableKnowledgeError(Exception):
    """The block is there, and is no list of entries."""


def entries_of(messages: Sequence[Message]) -> tuple[Entry, ...]:
    """Of all blocks in system and developer messages; what a user writes is never knowledge."""
    trusted = (message.text for message in messages if message.role in TRUSTED_ROLES)
    blocks = (block for text in trusted for block in BLOCK.findall(text))
    return tuple(entry for block in blocks for entry in _entries(block))


def question_of(messages: Sequence[Message]) -> str:
    """The last thing the user said, or nothing."""
    return next((message.text.strip() for message in reversed(messages) if message.role == "user"), "")


def _entries(block: str) -> Iterable[Entry]:
    """A JSON array, or one object a line."""
    lines = [block] if block.strip().startswith("[") else [f"[{line}]" for line in block.splitlines() if line.strip()]
    try:
        return [_entry(item) for line in lines for item in json.loads(line)]
    except ValueError as error:
        raise UnreadableKnowledgeError(str(error)) from None


def _entry(item: Any) -> Entry:
    try:
        return Entry(
            id=str(item["id"]),
            question=str(item.get("question") or ""),
            answer=str(item.get("answer") or ""),
            link=str(item.get("link") or ""),
        )
    except (TypeError, KeyError, AttributeError):
        raise UnreadableKnowledgeError(f"no entry with an id: {str(item)[:80]}") from None
