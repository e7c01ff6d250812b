"""What waits for a lane, and how a batch of it is served: repeated, or its refusals sorted out."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic

from shared.adapters.sheets.calls.asked import (
    Purpose,
    Q,
    Read,
    Write,
    answer_reads,
    answer_writes,
    batch_of,
    fail,
    guilty_reads,
    guilty_write,
    with_it_refused,
)
from shared.adapters.sheets.calls.lanes import Lane
from shared.adapters.sheets.calls.pace import Pace, Portion
from shared.adapters.sheets.calls.refusals import Outdated, QuotaSpent
from shared.ports import NeedsRepair, Refused, Unavailable

READ_TRIES = 4
Sleep = Callable[[float], Awaitable[None]]


class Line(ABC, Generic[Q]):
    """A queue of one kind. `last`: when its last call went out, by the clock of its pace."""

    def __init__(self, lane: Lane, pace: Pace, sleep: Sleep) -> None:
        self.lane = lane
        self.queue: deque[Q] = deque()
        self.last = float("-inf")
        self._pace = pace
        self._sleep = sleep

    @property
    def is_waiting(self) -> bool:
        """Does anybody still wait for an answer?"""
        return any(not item.done.done() for item in self.queue)

    def wait(self) -> float:
        """Seconds until its next call may go."""
        return self._pace.wait()

    def start(self, then: Callable[[], None]) -> None:
        """Send the next batch; `then` is called when it was served."""
        batch = batch_of(self.queue)
        if not batch:
            return
        try:
            self._spend(batch)
        except Exception:
            self._again(batch)
            raise
        self.lane.serve(self._served(batch), then)

    def give_up(self, error: Exception) -> None:
        """Everybody who waits hears the error."""
        waiting, self.queue = self.queue, deque()
        fail(waiting, error)

    async def _served(self, batch: list[Q]) -> None:
        """Whatever happens, nobody in the batch waits for ever."""
        try:
            await self._send(batch)
        except asyncio.CancelledError:
            fail(batch, Unavailable("sheets: stopped"))
            raise
        except Exception as error:
            fail(batch, error)

    @abstractmethod
    async def _send(self, batch: list[Q]) -> None:
        """One call for the batch, which was accounted for; its answers to those who wait."""

    def _spend(self, _batch: list[Q], /) -> None:
        self._pace.spend()
        self.last = self._pace.last

    def _again(self, batch: list[Q]) -> None:
        self.queue.extendleft(reversed(batch))

    async def _halve(self, batch: list[Q], refusal: Refused) -> None:
        """Nobody knows whose request was refused: each half alone, down to the one."""
        if len(batch) == 1:
            fail(batch, refusal)
            return
        middle = len(batch) // 2
        for half in (batch[:middle], batch[middle:]):
            while (seconds := self.wait()) > 0:
                await self._sleep(seconds)
            self._spend(half)
            await self._send(half)


class Reads(Line[Read]):
    async def _send(self, batch: list[Read]) -> None:
        spreadsheet, areas = batch[0].spreadsheet, list(dict.fromkeys(area for read in batch for area in read.areas))
        try:
            grids = await self.lane.call(lambda transport: transport.read(spreadsheet, areas))
            answer_reads(batch, dict(zip(areas, grids, strict=True)))
            self._pace.went_well()
        except QuotaSpent:
            self._pace.refused()
            self._again(batch)
        except Refused as refusal:
            await self._sort_out(batch, refusal)
        except NeedsRepair as error:
            fail(batch, error)
        except Unavailable as error:
            self._repeat(batch, error)

    def _repeat(self, batch: list[Read], error: Unavailable) -> None:
        """Reading changes nothing, so it may be repeated; who has tried often enough hears of it."""
        self._pace.failed()
        for read in batch:
            read.failures += 1
        fail([read for read in batch if read.failures >= READ_TRIES], error)
        self._again([read for read in batch if read.failures < READ_TRIES])

    async def _sort_out(self, batch: list[Read], refusal: Refused) -> None:
        guilty = guilty_reads(batch, refusal)
        if not guilty:
            await self._halve(batch, refusal)
            return
        fail(guilty, refusal)
        self._again([read for read in batch if read not in guilty])


class TabReads(Reads):
    """Long reads: those that a caller waits for first, then refreshes, which have a portion of the calls."""

    def __init__(self, lane: Lane, pace: Pace, sleep: Sleep, portion: Portion) -> None:
        super().__init__(lane, pace, sleep)
        self._portion = portion

    @property
    def has_caller(self) -> bool:
        return _has_caller(self.queue)

    def wait(self) -> float:
        return self._pace.wait() if self.has_caller else max(self._pace.wait(), self._portion.wait())

    def may_follow(self, *, asked_before: float) -> bool:
        """Has a refresh waited since then, and may it go right behind another call, before the next beat?"""
        is_overdue = any(read.asked_at <= asked_before for read in self.queue)
        return is_overdue and self._portion.wait() <= 0 and self._pace.has_room()

    def start(self, then: Callable[[], None]) -> None:
        self.queue = deque(sorted(self.queue, key=lambda read: read.purpose is Purpose.REFRESH))
        super().start(then)

    def _spend(self, batch: list[Read], /) -> None:
        super()._spend(batch)
        if not _has_caller(batch):
            self._portion.spend()


def _has_caller(reads: Iterable[Read]) -> bool:
    return any(read.purpose is not Purpose.REFRESH and not read.done.done() for read in reads)


class Writes(Line[Write]):
    def start(self, then: Callable[[], None]) -> None:
        """Send the next batch, without what a read has made outdated since it was asked for."""
        outdated = [write for write in self.queue if not write.is_current()]
        fail(outdated, Outdated("sheets: not sent, the row was seen elsewhere"))
        super().start(then)

    async def _send(self, batch: list[Write]) -> None:
        """What moves something goes last."""
        ordered = sorted(batch, key=lambda write: not write.moves_nothing)
        spreadsheet = batch[0].spreadsheet
        requests = [request for write in ordered for request in write.requests]
        echoes = [area for write in ordered for area in write.echoes]
        try:
            committed = await self.lane.call(lambda transport: transport.write(spreadsheet, requests, echoes))
            answer_writes(ordered, committed)
            self._pace.went_well()
        except QuotaSpent:
            self._pace.refused()
            self._again(batch)
        except Refused as refusal:
            await self._sort_out(ordered, refusal)

    async def _sort_out(self, batch: list[Write], refusal: Refused) -> None:
        """A refused batch changed nothing: the guilty one hears it, the others go again at once."""
        guilty = guilty_write(batch, refusal)
        if guilty is None:
            await self._halve(batch, refusal)
            return
        refused = with_it_refused(batch, guilty, refusal)
        fail(refused, refusal)
        self._again([write for write in batch if write not in refused])
