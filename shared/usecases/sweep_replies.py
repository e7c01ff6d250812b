"""Replies in the sheet that no event told of: each is compared with the digest of what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.events import EditedRow, Event, event_of
from shared.domain.problems import is_formula_error
from shared.domain.trace import Trace
from shared.ports import Outside, RowSummary, Unavailable
from shared.usecases.deliver_reply import OVERTAKEN
from shared.usecases.hold_back import MOST_READ, MOST_SENT, hold_back, not_in_their_histories
from shared.usecases.look_at_rows import fates_of, look_at, worst_of
from shared.usecases.memory import Memory
from shared.usecases.publish import publish
from shared.usecases.reply_notes import BACK, FAILED, HELD, REPLY, digest_of


@dataclass(slots=True)
class Sorted:
    """Rows by what is to be done. `due`: nothing is sent. `held`: held back already. `confused`: flagged before."""

    due: list[RowSummary] = field(default_factory=list)
    unsent: list[RowSummary] = field(default_factory=list)
    held: list[RowSummary] = field(default_factory=list)
    confused: list[RowSummary] = field(default_factory=list)


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
    fates = await _look_at(outside, memory, found.due)
    fates += await _look_at(outside, memory, found.confused[:MOST_SENT])
    fates += await _send_or_hold(outside, memory, found)
    if outages := [fate for fate in fates if isinstance(fate, Unavailable)]:
        raise worst_of(outages)


async def _send_or_hold(outside: Outside, memory: Memory, found: Sorted) -> list[Exception | None]:
    unsent, as_edited = found.unsent, partial(_as_edited, outside)
    if unsent and len(unsent) + len(found.held) > MOST_SENT:
        unsent = await not_in_their_histories(outside, memory, unsent, as_edited)
    if len(unsent) + len(found.held) > MOST_SENT:
        return await hold_back(outside, memory, unsent, as_edited)
    memory.swept.still_suspected({})
    # of the rows that were not read nobody knows how many are unsent
    return await _look_at(outside, memory, unsent) if len(found.unsent) <= MOST_READ else []


def _is_to_be_compared(memory: Memory, row: RowSummary) -> bool:
    """Rows of events that are on their way are left to these."""
    if memory.swept.is_announced(row.appeal) or memory.swept.is_unwritable(row.appeal):
        return False
    if not row.reply.strip() and row.receipt in ("", NOTHING):
        return False
    untrue = OVERTAKEN if row.reply.strip() else {texts.REPLY_WILL_REPEAT}
    return row.receipt in untrue or not memory.swept.knows(row.appeal, digest_of(row.reply))


def _sort_in(found: Sorted, memory: Memory, row: RowSummary, trace: Trace | None) -> None:
    digest, notes = digest_of(row.reply), trace.delivered if trace else {}
    if not row.reply.strip():
        is_news = row.receipt == texts.REPLY_WILL_REPEAT or bool({REPLY, FAILED, BACK} & set(notes))
        _due_or_known(found, memory, row, is_due=is_news)
    elif notes.get(REPLY) == digest:
        _due_or_known(found, memory, row, is_due=row.receipt in OVERTAKEN)
    elif notes.get(HELD) == digest:
        found.held.append(row)
        _due_or_known(found, memory, row, is_due=row.receipt == texts.REPLY_WILL_REPEAT)
    elif is_formula_error(row.reply.strip()):
        found.due.append(row)
    elif notes.get(BACK) == digest:
        _due_or_known(found, memory, row, is_due=row.receipt == texts.REPLY_WILL_REPEAT)
    elif row.receipt == texts.REPLY_WILL_REPEAT:
        found.unsent.append(row)
    elif notes.get(FAILED) == digest or _is_said_by_its_receipt_alone(row, trace):
        memory.swept.verify(row.appeal, digest)
    else:
        (found.confused if row.receipt == texts.CONFUSED else found.unsent).append(row)


def _due_or_known(found: Sorted, memory: Memory, row: RowSummary, *, is_due: bool) -> None:
    if is_due:
        found.due.append(row)
    else:
        memory.swept.verify(row.appeal, digest_of(row.reply))


def _is_said_by_its_receipt_alone(row: RowSummary, trace: Trace | None) -> bool:
    """Return whether the receipt was all that could be written of the reply, or says that it is older than the bot.

    A receipt of an earlier version, which has no code, is believed whatever reply it is about.
    """
    is_sent = row.receipt.endswith(texts.NOT_RECORDED) or texts.says_unrecorded(row.receipt, digest_of(row.reply))
    return is_sent or (trace is None and row.receipt == texts.BEFORE_CONNECTION)


async def _look_at(outside: Outside, memory: Memory, rows: Sequence[RowSummary]) -> list[Exception | None]:
    """As if they had been edited now. Return what each raised; such a row comes again with the next sweep.

    Beside an edited row the promise may be gone by then: the rest of what is due there comes by an event.
    """
    fates = await fates_of(outside, memory, [_as_edited(outside, row) for row in rows], look_at)
    for row, fate in zip(rows, fates, strict=True):
        if fate is None and not memory.swept.is_unwritable(row.appeal):
            memory.swept.verify(row.appeal, digest_of(row.reply))
    promised = [row for row, fate in zip(rows, fates, strict=True) if fate and row.receipt == texts.REPLY_WILL_REPEAT]
    return [*fates, *[await _announce(outside, memory, row) for row in promised]]


async def _announce(outside: Outside, memory: Memory, row: RowSummary) -> Unavailable | None:
    edited = replace(_as_edited(outside, row), edited=("status",))
    try:
        await publish(outside, memory, Event.EDITED, event_of(edited))
    except Unavailable as error:
        return error
    return None


def _as_edited(outside: Outside, row: RowSummary) -> EditedRow:
    """«повторится» is the word of the script that the row was edited; of any other reply nobody knows who typed it."""
    edited = ("reply",) if row.receipt == texts.REPLY_WILL_REPEAT else ()
    now = outside.clock.now()
    return EditedRow(appeal=row.appeal, number=row.number, edited=edited, editor="", at=now, swept=True)
