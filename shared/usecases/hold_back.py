"""More replies that no event told of than people type: none is sent, each row and the admins are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.domain import admin_texts
from shared.domain.appeals import Appeal
from shared.domain.events import EditedRow
from shared.ports import Outside, RowSummary, Unavailable
from shared.usecases.admins import tell_admins
from shared.usecases.look_at_rows import fates_of
from shared.usecases.memory import Memory
from shared.usecases.reply_notes import (
    HELD,
    REPLY,
    digest_of,
    emptied_digest,
    has_changed,
    line_of,
    notes_of,
    was_dealt_with,
)
from shared.usecases.reply_receipts import record_back, record_held

MOST_SENT = 20
"""More at once were not typed: a paste by mistake, or an older version of the sheet."""
MOST_READ = 240
"""Rows read with their histories in a sweep: three calls."""

AsEdited = Callable[[RowSummary], EditedRow]


async def not_in_their_histories(
    outside: Outside, memory: Memory, rows: Sequence[RowSummary], as_edited: AsEdited
) -> list[RowSummary]:
    """Return those of the first `MOST_READ` rows whose replies nothing proves to be old; the others are noted as known.

    Where somebody wiped the state cells, the lines of the histories tell which replies were sent. Where so many old
    replies came back at once, somebody undid or restored something: none of them answers a question.
    """
    unproved: set[int] = set()

    async def look(outside: Outside, memory: Memory, row: EditedRow) -> None:
        appeal = await outside.journal.find(row.appeal)
        if appeal and not await _is_old(outside, memory, appeal, row):
            unproved.add(row.number)

    read = rows[:MOST_READ]
    fates = await fates_of(outside, memory, [as_edited(row) for row in read], look)
    for row, fate in zip(read, fates, strict=True):
        if fate is not None:
            unproved.add(row.number)
        elif row.number not in unproved:
            memory.swept.verify(row.appeal, digest_of(row.reply))
    return [row for row in read if row.number in unproved]


async def _is_old(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> bool:
    """Return whether the reply was dealt with; note it where it is an old one that came back."""
    notes, digest = notes_of(memory, appeal), digest_of(appeal.reply)
    if notes.get(REPLY) == digest:
        return True
    is_old = emptied_digest(notes) == digest or line_of(appeal, appeal.reply) is not None
    if is_old and has_changed(notes, digest) and not appeal.is_confused:
        await record_back(outside, memory, appeal)
        return True
    return was_dealt_with(appeal, row, notes)


async def hold_back(
    outside: Outside, memory: Memory, rows: Sequence[RowSummary], as_edited: AsEdited
) -> list[Exception | None]:
    """Hold back the replies that an earlier sweep saw as well. Return what each row raised, None where it did not."""
    suspected = memory.swept.still_suspected({row.appeal: digest_of(row.reply) for row in rows})
    held = [row for row in rows if row.appeal in suspected]
    if not held:
        return []
    outside.log.error("replies_held_back", rows=len(held))
    try:
        await _tell_once_a_day(outside, memory, {row.appeal: digest_of(row.reply) for row in held})
    except Unavailable as error:
        # who is marked as held back is found no more: the admins are to know before
        return [error]
    return await fates_of(outside, memory, [as_edited(row) for row in held], record_held)


async def _tell_once_a_day(outside: Outside, memory: Memory, held: dict[str, str]) -> None:
    """Tell the admins of replies (appeal → digest) once a day, and of a few more on the same day nothing.

    Raises Unavailable.
    """
    untold = memory.swept.untold(held)
    if memory.told_today.holds(HELD) and len(untold) <= MOST_SENT:
        return
    await tell_admins(outside, admin_texts.held_back(len(untold)))
    memory.told_today.put(HELD, True)
    memory.swept.told(held)
