"""The knowledge base: what the assistant may answer from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PUBLISHED = "опубликовано"
DRAFT = "черновик"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    id: str
    question: str
    answer: str
    link: str = ""

    @property
    def mark(self) -> str:
        """The entry as a button can carry it: 64 bytes are its limit, and an id may be longer."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:12]


_AROUND_LINKS = ".,;:!?()[]<>«»\"'"


def chosen(sources: Iterable[str], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries with these ids, in the order of the ids, each once."""
    known = {entry.id: entry for entry in entries}
    return tuple(known[source] for source in dict.fromkeys(sources) if source in known)


def with_link(text: str, sources: Sequence[str], entries: Iterable[Entry]) -> str:
    """Return the text with the link of its first source that has one on a last line, unless the text contains it."""
    links = {entry.id: entry.link for entry in entries if entry.link}
    link = next((links[source] for source in sources if source in links), "")
    contained = {word.strip(_AROUND_LINKS) for word in text.split()}
    return text if not link or link in contained else f"{text}\n{link}"
