"""More replies that no event told of than people type: none is sent, each row and the admins are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.domain import admin_texts
from shared.domain.events import EditedRow
from shared.ports import Outside, RowSummary, Unavailable
from shared.usecases.admins import tell_admins
from shared.usecases.look_at_rows import fates_of
from shared.usecases.memory import Memory
from shared.usecases.reply_notes import HELD, REPLY, digest_of, notes_of, was_dealt_with
from shared.usecases.reply_receipts import record_held

MOST_SENT = 20
"""More at once were not typed: a paste by mistake, or an older version of the sheet."""
MOST_READ = 240
"""Rows read with their histories in a sweep: three calls."""

AsEdited = Callable[[RowSummary], EditedRow]


async def not_in_their_histories(
    outside: Outside, memory: Memory, rows: Sequence[RowSummary], as_edited: AsEdited
) -> list[RowSummary]:
    """Return those of the first `MOST_READ` rows whose replies nothing proves to be old; the others are noted as known.

    Where somebody wiped the state cells, the lines of the histories tell which replies were sent.
    """
    unproved: set[int] = set()

    async def look(outside: Outside, memory: Memory, row: EditedRow) -> None:
        appeal = await outside.journal.find(row.appeal)
        if appeal is None:
            return
        notes = notes_of(memory, appeal)
        if notes.get(REPLY) != digest_of(appeal.reply) and not was_dealt_with(appeal, row, notes):
            unproved.add(row.number)

    read = rows[:MOST_READ]
    fates = await fates_of(outside, memory, [as_edited(row) for row in read], look)
    for row, fate in zip(read, fates, strict=True):
        if fate is not None:
            unproved.add(row.number)
        elif row.number not in unproved:
            memory.swept.verify(row.appeal, digest_of(row.reply))
    return [row for row in read if row.number in unproved]


async def hold_back(
    outside: Outside, memory: Memory, rows: Sequence[RowSummary], as_edited: AsEdited
) -> list[Exception | None]:
    """Hold back the replies that an earlier sweep saw as well. Return what each row raised, None where it did not."""
    suspected = memory.swept.still_suspected({row.appeal: digest_of(row.reply) for row in rows})
    held = [row for row in rows if row.appeal in suspected]
    if not held:
        return []
    outside.log.error("replies_held_back", rows=len(held))
    await _tell_once_a_day(outside, memory, {row.appeal: digest_of(row.reply) for row in held})
    return await fates_of(outside, memory, [as_edited(row) for row in held], record_held)


async def _tell_once_a_day(outside: Outside, memory: Memory, held: dict[str, str]) -> None:
    """Tell the admins of replies (appeal → digest) once a day, and of a few more on the same day nothing."""
    untold = memory.swept.untold(held)
    if memory.told_today.holds(HELD) and len(untold) <= MOST_SENT:
        return
    try:
        await tell_admins(outside, admin_texts.held_back(len(untold)))
    except Unavailable as error:
        outside.log.warning("admin_not_told", error=str(error))
        return
    memory.told_today.put(HELD, True)
    memory.swept.told(held)
