"""Rows that people edited: everything that is due there is done, each row with its own fate."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.events import EditedRow, Event, event_of
from shared.ports import NeedsRepair, Outside, Refused, RowConfused, Unavailable
from shared.usecases.deliver_reply import deliver_reply
from shared.usecases.memory import Memory
from shared.usecases.publish import publish
from shared.usecases.resolve import tell_resolved

Look = Callable[[Outside, Memory, EditedRow], Awaitable[None]]
AT_ONCE = 80
"""Rows in hand at a time: they are read in one call, and the longest histories of so many take 8 MB."""

ROW_S = 60.0
"""So long a row may take, waiting for its appeal and for its turn in the chat included; then it comes again."""


async def look_at_all(outside: Outside, memory: Memory, rows: Sequence[EditedRow]) -> None:
    """Deal with every row; what may pass comes again when all were looked at.

    A row that raises what nobody expects is published anew as an event of its own, so that it spends no attempts of
    the others. Alone in its event already, it raises: it is tried again, and goes to the dead letters in the end.
    Raises Unavailable.
    """
    for row in rows:
        memory.swept.announce(row.appeal)
    fates = await fates_of(outside, memory, rows, look_at)
    for row, fate in zip(rows, fates, strict=True):
        if fate is None:
            memory.swept.done(row.appeal)
    outages = [fate for fate in fates if isinstance(fate, Unavailable)]
    failed = [(row, fate) for row, fate in zip(rows, fates, strict=True) if fate and fate not in outages]
    if outages:
        raise worst_of(outages)
    for row, error in failed:
        if len(rows) == 1:
            raise error
        await publish(outside, memory, Event.EDITED, event_of(row))


def worst_of(outages: Sequence[Unavailable]) -> Unavailable:
    """Return the first NeedsRepair, or else the first of them: the admins are told of a NeedsRepair only."""
    return next((outage for outage in outages if isinstance(outage, NeedsRepair)), outages[0])


async def fates_of(outside: Outside, memory: Memory, rows: Sequence[EditedRow], look: Look) -> list[Exception | None]:
    """Look at the rows side by side. Return for each what it raised, None where it is done or was refused for good."""
    fates: list[Exception | None] = []
    for start in range(0, len(rows), AT_ONCE):
        at_once = rows[start : start + AT_ONCE]
        fates += await asyncio.gather(*(_fate(outside, memory, row, look) for row in at_once))
    return fates


async def _fate(outside: Outside, memory: Memory, row: EditedRow, look: Look) -> Exception | None:
    try:
        async with asyncio.timeout(ROW_S), memory.appeals.of(row.appeal or f"row {row.number}"):
            await look(outside, memory, row)
    except Unavailable as error:
        return error
    except TimeoutError:
        return Unavailable("the row took too long")
    except Refused as error:
        outside.log.error("row_refused", appeal=row.appeal, row=row.number, error=str(error))
    except Exception as error:
        outside.log.error("row_failed", appeal=row.appeal, row=row.number, error=type(error).__name__)
        return error
    return None


async def look_at(outside: Outside, memory: Memory, row: EditedRow) -> None:
    """A person edited the row: first the reply, then what the status says.

    A reply that is not in its appeal's row any more stands in somebody else's, in a copy, or in a row made by hand:
    nobody gets it, and the cell beside it says so.
    """
    appeal = await outside.journal.find(row.appeal) if row.appeal else None
    if appeal is None or appeal.is_confused or row.has_reply or row.swept:
        await _flag_if_confused(outside, appeal, row)
    if appeal is None or appeal.is_confused:
        return
    try:
        appeal = await deliver_reply(outside, memory, appeal, row)
    except RowConfused:
        raise
    except Refused:
        # the reply was sent and is remembered; that it cannot be recorded is no reason to keep the closing from anybody
        await tell_resolved(outside, memory, appeal)
        raise
    await tell_resolved(outside, memory, appeal)


async def _flag_if_confused(outside: Outside, appeal: Appeal | None, row: EditedRow) -> None:
    """Flag the reply in that row if it reaches nobody. A refusal of Google keeps nothing from the appeal's own row."""
    try:
        flagged = await outside.journal.flag_confused(row.number, texts.CONFUSED, read=appeal)
    except Refused as error:
        outside.log.error("row_not_flagged", appeal=row.appeal, row=row.number, error=str(error))
        return
    if flagged:
        outside.log.warning("row_confused", appeal=row.appeal, row=row.number)
