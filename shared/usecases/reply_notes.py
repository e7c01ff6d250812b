"""What was done with a row's reply: by the notes of the row's state, by its receipt, by this instance's memory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal
from shared.domain.events import EditedRow
from shared.domain.history import Line, clean, shortened
from shared.usecases.memory import Memory

REPLY = "reply"
"""The digest of the reply that was sent last."""
FAILED = "failed"
"""The digest of a reply that could not be sent."""
EMPTIED = "emptied"
"""The digest of a sent reply whose cell was seen empty since, and the epoch seconds of that edit."""
BACK = "back"
"""The digest of an old reply that the sweep saw in its cell again, put there by nobody's typing: an undo."""
HELD = "held"
"""The digest of a reply that was held back."""


def digest_of(text: str) -> str:
    """Return a short hash of a reply, as the state cell keeps it."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def notes_of(memory: Memory, appeal: Appeal) -> Mapping[str, str]:
    """Return the notes of the row's state on replies, and those that Google did not let the bot write into it."""
    notes, digest = dict(appeal.known_trace.delivered), digest_of(appeal.reply)
    if texts.says_unrecorded(appeal.receipt, digest):
        notes[REPLY] = digest
    if emptied := memory.unrecorded.get(appeal.id, EMPTIED):
        notes = {name: note for name, note in notes.items() if name not in (REPLY, FAILED)} | {EMPTIED: emptied}
    if held := memory.unrecorded.get(appeal.id, HELD):
        notes[HELD] = held
    return notes


def was_dealt_with(appeal: Appeal, row: EditedRow, notes: Mapping[str, str]) -> bool:
    """Return whether the reply was sent, could not be, or was held back, and nobody has typed it since.

    For a reply that is not the one that was sent last.
    """
    digest = digest_of(appeal.reply)
    if digest == notes.get(HELD) and (row.swept or not row.has_reply):
        # «повторится» tells of an edit of the row; what was held back needs an edit of the reply
        return True
    # a receipt of an earlier version has no code that tells which reply it is about
    is_unrecorded = appeal.receipt.endswith(texts.NOT_RECORDED)
    if not row.has_reply and (is_unrecorded or digest == notes.get(FAILED)):
        return True
    if digest == notes.get(BACK) and not row.by_hand:
        return True
    changed = has_changed(notes, digest)
    if row.swept and changed and appeal.waiting_since != NOTHING:
        # old words, which answer the question that waits
        return False
    untold = appeal.trace is None or not row.has_reply or (row.swept and not changed)
    return (untold and line_of(appeal, appeal.reply) is not None) or _is_older(row, notes, digest)


def has_changed(notes: Mapping[str, str], digest: str) -> bool:
    """Return whether the cell was seen empty after it held the reply, or another reply was sent from it last."""
    return emptied_digest(notes) == digest or notes.get(REPLY) not in (None, digest)


def emptied_digest(notes: Mapping[str, str]) -> str:
    return notes.get(EMPTIED, "").partition(" ")[0]


def line_of(appeal: Appeal, text: str) -> Line | None:
    """Return the newest line of the history with this text, or None."""
    wanted = clean(shortened(text.strip()))
    return next((line for line in appeal.lines if line.text == wanted), None)


def _is_older(row: EditedRow, notes: Mapping[str, str], digest: str) -> bool:
    """Return whether these words were in the cell before it was emptied, and nobody has typed them since."""
    at = notes.get(EMPTIED, "").partition(" ")[2]
    return emptied_digest(notes) == digest and not (row.has_reply and row.at >= float(at))
