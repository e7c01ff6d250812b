"""Replies in the sheet that no event told of: each is compared with the digest of what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.domain import admin_texts, texts
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.events import EditedRow
from shared.domain.problems import is_formula_error
from shared.domain.trace import Trace
from shared.ports import Outside, RowSummary, Unavailable
from shared.usecases.admins import tell_admins
from shared.usecases.look_at_rows import Look, fates_of, look_at
from shared.usecases.memory import Memory
from shared.usecases.reply_record import EMPTIED, FAILED, HELD, REPLY, digest_of

MOST_SENT = 20
"""More at once were not typed: a paste by mistake, or an older version of the sheet."""
UNTRUE = frozenset({texts.REPLY_WILL_REPEAT, texts.REPLY_HELD_BACK, texts.CONFUSED})
"""Receipts that are wrong as soon as the reply beside them is the one that was sent."""


@dataclass(slots=True)
class Sorted:
    """Rows by what is to be done. `held`: known and held back already."""

    due: list[RowSummary] = field(default_factory=list)
    unsent: list[RowSummary] = field(default_factory=list)
    held: list[RowSummary] = field(default_factory=list)


async def sweep_replies(outside: Outside, memory: Memory, summaries: Sequence[RowSummary]) -> None:
    """Send up to `MOST_SENT` replies that nobody was told of; of more, send none and say so in each row.

    Reads nothing while all replies are known. Raises Unavailable when all rows were looked at.
    """
    rows = [row for row in summaries if _is_to_be_compared(memory, row)]
    traces = await outside.journal.traces(rows)
    found = Sorted()
    for row in rows:
        if row.number in traces:
            _sort_in(found, memory, row, traces[row.number])
    await _look_at(outside, memory, found.due)
    if len(found.unsent) + len(found.held) <= MOST_SENT:
        memory.swept.still_suspected({})
        await _look_at(outside, memory, found.unsent)
        return
    suspected = memory.swept.still_suspected({row.appeal: digest_of(row.reply) for row in found.unsent})
    await _hold_back(outside, memory, [row for row in found.unsent if row.appeal in suspected])


def _is_to_be_compared(memory: Memory, row: RowSummary) -> bool:
    """Rows of events that are on their way are left to these."""
    if memory.swept.is_announced(row.appeal):
        return False
    if not row.reply.strip():
        return row.receipt == texts.REPLY_WILL_REPEAT
    return row.receipt in UNTRUE or not memory.swept.knows(row.appeal, digest_of(row.reply))


def _sort_in(found: Sorted, memory: Memory, row: RowSummary, trace: Trace | None) -> None:
    digest, done = digest_of(row.reply), trace.delivered if trace else {}
    if row.receipt == texts.REPLY_WILL_REPEAT:
        # the script says so of an emptied cell and of a status as well: nothing of that is sent to anybody
        is_known = not row.reply.strip() or done.get(REPLY) == digest
        (found.due if is_known else found.unsent).append(row)
    elif done.get(REPLY) == digest:
        found.due += [row] if row.receipt in UNTRUE else []
        memory.swept.verify(row.appeal, digest)
    elif digest in (done.get(FAILED), done.get(HELD), done.get(EMPTIED, "").partition(" ")[0]):
        found.held += [row] if row.receipt == texts.REPLY_HELD_BACK else []
        memory.swept.verify(row.appeal, digest)
    elif is_formula_error(row.reply.strip()):
        found.due.append(row)
    elif row.receipt != texts.CONFUSED and not _nobody_knows(row, trace):
        found.unsent.append(row)


def _nobody_knows(row: RowSummary, trace: Trace | None) -> bool:
    """Was something said of the reply that no digest proves? It is old, or its row cannot be written."""
    return row.receipt.endswith(texts.NOT_RECORDED) or (trace is None and row.receipt not in ("", NOTHING))


async def _look_at(outside: Outside, memory: Memory, rows: Sequence[RowSummary], look: Look = look_at) -> None:
    """As if they had been edited now. A row that raises comes again with the next sweep. Raises Unavailable."""
    fates = await fates_of(outside, memory, [_as_edited(outside, row) for row in rows], look)
    for row, fate in zip(rows, fates, strict=True):
        if fate is None:
            memory.swept.verify(row.appeal, digest_of(row.reply))
    for fate in fates:
        if isinstance(fate, Unavailable):
            raise fate


def _as_edited(outside: Outside, row: RowSummary) -> EditedRow:
    """«повторится» is the word of the script that the row was edited; of any other reply nobody knows who typed it."""
    edited = ("reply",) if row.receipt == texts.REPLY_WILL_REPEAT else ()
    now = outside.clock.now()
    return EditedRow(appeal=row.appeal, number=row.number, edited=edited, editor="", at=now, swept=True)


async def _hold_back(outside: Outside, memory: Memory, rows: Sequence[RowSummary]) -> None:
    if not rows:
        return
    outside.log.error("replies_held_back", rows=len(rows))
    await _tell_once(outside, memory, len(rows))
    await _look_at(outside, memory, rows, _held)


async def _held(outside: Outside, _: Memory, row: EditedRow) -> None:
    def change(now: Appeal) -> Edit | None:
        text, trace = now.reply.strip(), now.known_trace
        if not text or digest_of(text) in (trace.delivered.get(REPLY), trace.delivered.get(HELD)):
            return None
        noted = trace.noted(HELD, digest_of(text))
        return Edit(at=outside.clock.local(), receipt=texts.REPLY_HELD_BACK, trace=noted)

    await outside.journal.change(row.appeal, change)


async def _tell_once(outside: Outside, memory: Memory, count: int) -> None:
    if memory.told.get(HELD):
        return
    memory.told.put(HELD, True)
    try:
        await tell_admins(outside, admin_texts.held_back(count))
    except Unavailable:
        memory.told.forget(HELD)
        raise
