"""What the state cell notes of a partner's questions, beside the cells «Вопрос» and «Ждёт с» that show them.

A closing or a cancellation clears these cells. A person may close or take a row between the bot's read and its write:
then the notes tell a second write, or the update that comes again, what is still to be done.

    "open": "810001"                                    the message that nobody has answered yet
    "waited": "810007\\n2026-11-22 14:03:00\\n› Где…"    what waited before this press let nobody wait
    "moved_from": "a501-9-1795345380"                   the closed row from which the question came
    "handed_by": "810001"                               the message or press since which the question waits
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.appeals import Appeal
from shared.domain.trace import Trace

OPEN = "open"
WAITED = "waited"
MOVED_FROM = "moved_from"
HANDED_BY = "handed_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """What the cells «Ждёт с» and «Вопрос» held before they were cleared.

    `update`: the id of the update that cleared them, "" where a person closed the row.
    """

    update: str
    since: str
    question: str


def is_open_in_closed(appeal: Appeal, update: str) -> bool:
    """Return whether the row was closed before anybody answered the question that *update* brought.

    Such a question belongs in a new appeal: nobody looks for it in a closed one.
    """
    return appeal.is_resolved and appeal.known_trace.delivered.get(OPEN) == update


def with_waited(trace: Trace, appeal: Appeal, update: str) -> Trace:
    """Return *trace* with the cells «Ждёт с» and «Вопрос» noted in it, for a write that clears both."""
    return trace.noted(WAITED, "\n".join((update, appeal.waiting_since, appeal.question)))


def waited(trace: Trace) -> Waited | None:
    """Return what waited before the row's last closing or cancellation, None when nothing is noted."""
    parts = trace.delivered.get(WAITED, "").split("\n", 2)
    return Waited(update=parts[0], since=parts[1], question=parts[2]) if len(parts) == 3 else None
