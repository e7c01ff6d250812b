"""Who signs the lines of a history. A line's author is a name, so no two roles may sign with the same one.

A specialist's line is signed with the name under «Ответственный», which people change. The state cell notes the names
that signed replies, so that a former owner's line is known as a specialist's:

    "specialists": "Иванов И.\\nПетрова А."
"""

from __future__ import annotations

from collections.abc import Container

from shared.domain.history import Author, author_name
from shared.domain.trace import Trace

SPECIALISTS = "specialists"
KEPT_NAMES = 10


def specialist_name(owner: str, partner: Container[str]) -> str:
    """Return the author of a reply by *owner*; `Author.SPECIALIST` where that name stands for somebody else.

    `partner`: the partner's names. The words of a namesake of the partner, or of the bot, would be taken for theirs.
    """
    name = author_name(owner)
    return Author.SPECIALIST if name in partner or name in list(Author) else name


def with_specialist(trace: Trace, name: str) -> Trace:
    """Return the state with the author of a reply noted; the newest `KEPT_NAMES` are kept."""
    if name == Author.SPECIALIST:
        return trace
    others = [noted for noted in _noted(trace) if noted != name]
    return trace.noted(SPECIALISTS, "\n".join([*others, name][-KEPT_NAMES:]))


def specialists(trace: Trace) -> frozenset[str]:
    """Return the names with which specialists signed lines, as far as the state tells."""
    return frozenset(_noted(trace))


def _noted(trace: Trace) -> list[str]:
    return [name for name in trace.delivered.get(SPECIALISTS, "").split("\n") if name]
