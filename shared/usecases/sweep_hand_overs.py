"""Hand-overs of which no event told the specialists."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.status import parse_status
from shared.ports import Outside, RowSummary
from shared.usecases.hand_over_events import HandOver, announce_untold, may_be_untold
from shared.usecases.memory import Memory


async def sweep_hand_overs(outside: Outside, memory: Memory, summaries: Sequence[RowSummary]) -> None:
    """Publish the events of hand-overs that wait for a minute without a notice in their rows' state.

    Reads nothing while all of them are known. Raises Unavailable.
    """
    rows = [row for row in summaries if _may_be_untold(outside, memory, row)]
    traces = await outside.journal.traces(rows)
    for row in rows:
        if row.number not in traces:
            continue
        trace = traces[row.number]
        if trace is None:
            # a person wiped the state cell: whether somebody was told is not known any more
            memory.notices.told(row.appeal, row.waiting_since)
        else:
            made = HandOver.of_row(row.appeal, row.waiting_since, trace)
            await announce_untold(outside, memory, made, trace)


def _may_be_untold(outside: Outside, memory: Memory, row: RowSummary) -> bool:
    status = parse_status(row.status)
    return may_be_untold(outside, memory, appeal=row.appeal, status=status, since=row.waiting_since)
