"""What Pub/Sub brings: "look at this row". The handler does everything that is due there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.domain import texts
from shared.domain.events import EditedRow, Event, edited_rows
from shared.ports import Outside, Refused, Unavailable
from shared.usecases.deliver_reply import deliver_reply
from shared.usecases.memory import Memory
from shared.usecases.report_broken import tell_broken
from shared.usecases.report_problems import report_problems
from shared.usecases.resolve import tell_resolved
from shared.usecases.tell_imported import tell_imported
from shared.usecases.tell_specialists import hand_over_of, tell_specialists


async def handle_event(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Raises Unavailable: the event is to come again. An event that nobody knows is logged and done."""
    match event.get("kind"):
        case Event.EDITED:
            await look_at_all(outside, memory, edited_rows(event))
        case Event.HANDED_OVER:
            made = hand_over_of(event)
            async with memory.appeals.of(made.appeal):
                await tell_specialists(outside, memory, made)
        case Event.IMPORTED:
            await tell_imported(outside, memory, event)
        case Event.BROKEN:
            await tell_broken(outside, memory, event)
        case Event.SWEEP:
            await outside.journal.forget_marks()
            await _watch_partners(outside)
        case Event.DAILY:
            await memory.updates.run(Event.DAILY, lambda: report_problems(outside, memory))
        case kind:
            outside.log.warning("unknown_event", length=len(str(kind)))


async def _watch_partners(outside: Outside) -> None:
    """A tab that cannot be read is in the daily report: the sweep has more to do."""
    try:
        await outside.directory.watch()
    except Refused as error:
        outside.log.error("partners_not_watched", error=str(error))


async def look_at_all(outside: Outside, memory: Memory, rows: Sequence[EditedRow]) -> None:
    """One row that fails stops no other: what may pass comes again when all were looked at."""
    outage: Unavailable | None = None
    for row in rows:
        try:
            async with memory.appeals.of(row.appeal or f"row {row.number}"):
                await look_at(outside, memory, row)
        except Unavailable as error:
            outage = error
        except Refused as error:
            outside.log.error("row_refused", appeal=row.appeal, row=row.number, error=str(error))
    if outage:
        raise outage


async def look_at(outside: Outside, memory: Memory, row: EditedRow) -> None:
    """A person edited the row: first the reply, then what the status says.

    A reply that is not in its appeal's row any more stands in somebody else's, in a copy, or in a row made by hand:
    nobody gets it, and the cell beside it says so.
    """
    appeal = await outside.journal.find(row.appeal) if row.appeal else None
    doubtful = appeal is None or appeal.is_confused or row.has_reply
    if doubtful and await outside.journal.flag_confused(row.number, texts.CONFUSED, read=appeal):
        outside.log.warning("row_confused", appeal=row.appeal, row=row.number)
    if appeal is None or appeal.is_confused:
        return
    appeal = await deliver_reply(outside, memory, appeal, row)
    await tell_resolved(outside, memory, appeal)
