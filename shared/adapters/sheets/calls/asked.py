"""What waits for the gateway, and what of it may share one request."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeVar

from shared.adapters.sheets.calls.refusals import Full, MarksFull, OutOfGrid, Protected
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request
from shared.ports import Refused

MOST_BYTES = 1_500_000
"""Google advises 2 MB a request."""
MOST_AREAS = 250
"""A row with its history takes one of them, some 10 kB of the answer, 100 at the most."""
_FAULTY = re.compile(r"requests\[(\d+)\]")


class Purpose(Enum):
    """What a read is for."""

    ROWS = auto()
    """Rows that a caller waits for."""
    TAB = auto()
    """A whole tab that a caller waits for."""
    REFRESH = auto()
    """A whole tab, or a part of it, for a cache that has an older value, or for a report."""


@dataclass(slots=True)
class Read:
    """`asked_at`: by the clock of the pace."""

    spreadsheet: str
    areas: Sequence[Area]
    done: asyncio.Future[list[Grid]]
    purpose: Purpose
    asked_at: float
    failures: int = 0

    @property
    def part(self) -> float:
        """How much of the largest request this is."""
        return len(self.areas) / MOST_AREAS

    def reaches_beyond(self, rows: int) -> bool:
        return any(max(area.first_row, area.last_row or 0) > rows for area in self.areas)


@dataclass(slots=True)
class Write:
    """`is_current`: whether what the write was computed from still holds, asked when it is about to be sent."""

    spreadsheet: str
    requests: Sequence[Request]
    echoes: Sequence[Area]
    moves_nothing: bool
    is_current: Callable[[], bool]
    done: asyncio.Future[Committed]
    part: float = field(init=False)

    def __post_init__(self) -> None:
        self.part = len(json.dumps(self.requests)) / MOST_BYTES

    @property
    def appends_to(self) -> int | None:
        """The sheet that gets a new row; None for a write that appends nothing."""
        append: Any = next((request["appendCells"] for request in self.requests if "appendCells" in request), None)
        return int(append["sheetId"]) if append else None


Q = TypeVar("Q", Read, Write)


def batch_of(queue: deque[Q]) -> list[Q]:
    """Takes what shares a request with the first: one spreadsheet, up to a size, in the order in which it was asked.

    What nobody waits for any more is dropped.
    """
    wanted = [item for item in queue if not item.done.done()]
    batch: list[Q] = []
    left: list[Q] = []
    size = 0.0
    for item in wanted:
        size += item.part if item.spreadsheet == wanted[0].spreadsheet else 0
        fits = not batch or (item.spreadsheet == wanted[0].spreadsheet and size <= 1)
        (batch if fits else left).append(item)
    queue.clear()
    queue.extend(left)
    return batch


def guilty_write(batch: Sequence[Write], refusal: Refused) -> Write | None:
    """Whose request the refusal names; the only one when there is one."""
    if len(batch) == 1:
        return batch[0]
    named = _FAULTY.search(str(refusal))
    if named is None:
        return None
    position = int(named[1])
    for write in batch:
        if position < len(write.requests):
            return write
        position -= len(write.requests)
    return None


def with_it_refused(batch: Sequence[Write], guilty: Write, refusal: Refused) -> list[Write]:
    """The refused write, and all that append to the same tab when that is what the tab refuses."""
    appends_to = guilty.appends_to
    if appends_to is None or not isinstance(refusal, Protected | Full | MarksFull):
        return [guilty]
    return [write for write in batch if write.appends_to == appends_to]


def guilty_reads(batch: Sequence[Read], refusal: Refused) -> list[Read]:
    """Who asked for rows beyond the grid, when that is what was refused. Rows were deleted: often that is everybody."""
    rows = refusal.rows if isinstance(refusal, OutOfGrid) else None
    return [read for read in batch if rows is not None and read.reaches_beyond(rows)]


def answer_reads(batch: Sequence[Read], found: dict[Area, Grid]) -> None:
    for read in batch:
        if not read.done.done():
            read.done.set_result([found[area] for area in read.areas])


def answer_writes(batch: Sequence[Write], committed: Committed) -> None:
    reply, echo = 0, 0
    for write in batch:
        replies = committed.replies[reply : reply + len(write.requests)]
        echoes = committed.echoes[echo : echo + len(write.echoes)]
        reply, echo = reply + len(write.requests), echo + len(write.echoes)
        if not write.done.done():
            write.done.set_result(Committed(replies=replies, echoes=echoes))


def fail(waiting: Sequence[Read | Write], error: Exception) -> None:
    for item in waiting:
        if not item.done.done():
            item.done.set_exception(error)
