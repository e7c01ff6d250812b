"""All Sheets traffic of an instance: shared calls, paced, on two threads.

Concurrent reads share a call, concurrent writes a batch. Idle, a call goes out at once; under load what arrives while
a request is under way forms the next one, paced so that no minute holds more calls than this instance's share of the
quota. A caller is answered after its own write is committed.

Callers' rows are read and written on one thread, one request at a time; whole tabs are read on the other, so that a
long read holds up nobody. Both draw on the same quota: a refresh never goes before a caller who waits.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from math import inf

from shared.adapters.sheets.calls.asked import Purpose, Q, Read, Write
from shared.adapters.sheets.calls.lanes import Lane
from shared.adapters.sheets.calls.lines import READ_TRIES, Line, Reads, Sleep, TabReads, Writes
from shared.adapters.sheets.calls.pace import Pace, Portion
from shared.adapters.sheets.calls.refusals import QuotaSpent
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.ports import NeedsRepair, Unavailable
from shared.turns import Turns

WRITES_AHEAD = 1.05
"""A write follows the read that it was computed from: a little quicker, it need not wait for a beat of its own."""
REFRESHES = 3
"""Refreshes take one call in so many of the share."""
OVERDUE_S = 2.0
"""A refresh that has waited so long goes right behind the next call of the callers."""


class Gateway:
    def __init__(
        self,
        transport: Transport,
        *,
        refreshing: Transport | None = None,
        share: int = 54,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`share`: this instance's part of the calls a minute, for reads and for writes each.

        `refreshing`: a transport for long reads on a thread of their own. Without it all calls go one after the other,
        and refreshes may take the whole share.
        """
        self._now = now
        self._sleep = sleep
        self._callers = Lane(transport, "sheets")
        self._long = Lane(refreshing, "sheets-long") if refreshing else self._callers
        self._reading = Pace(share, now)
        self._writing = Pace(share, now, ahead=WRITES_AHEAD)
        portion = Portion(max(1, share // REFRESHES) if refreshing else share, now)
        self._writes = Writes(self._callers, self._writing, sleep)
        self._rows = Reads(self._callers, self._reading, sleep)
        self._whole = TabReads(self._long, self._reading, sleep, portion)
        self._news = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._tabs: dict[str, list[Tab]] = {}
        self._listing = Turns()

    async def tabs(self, spreadsheet: str, *, anew: bool = False) -> list[Tab]:
        """The spreadsheet's tabs; one read the first time, or when they are wanted `anew`, repeated as a read is."""
        async with self._listing.of(spreadsheet):
            if anew or spreadsheet not in self._tabs:
                self._tabs[spreadsheet] = await self._listed(spreadsheet)
            return self._tabs[spreadsheet]

    async def _listed(self, spreadsheet: str) -> list[Tab]:
        failures = 0
        while True:
            while (seconds := self._reading.wait()) > 0:
                await self._sleep(seconds)
            self._reading.spend()
            try:
                return await self._long.call(lambda transport: transport.tabs(spreadsheet))
            except QuotaSpent:
                self._reading.refused()
            except NeedsRepair:
                raise
            except Unavailable:
                self._reading.failed()
                failures += 1
                if failures == READ_TRIES:
                    raise

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        """What the tab was called in the newest answer about it: every read brings that along."""
        return self._callers.transport.title(spreadsheet, sheet)

    async def read(self, spreadsheet: str, areas: Sequence[Area], purpose: Purpose = Purpose.ROWS) -> list[Grid]:
        """The areas as shown, each without its trailing empty rows and cells. Unavailable after several tries."""
        done: asyncio.Future[list[Grid]] = asyncio.get_running_loop().create_future()
        line = self._rows if purpose is Purpose.ROWS else self._whole
        if purpose is not Purpose.REFRESH:
            self._reading.ask()
        self._ask(line, Read(spreadsheet, areas, done, purpose, self._now()))
        return await done

    async def write(
        self,
        spreadsheet: str,
        requests: Sequence[Request],
        *,
        echoes: Sequence[Area] = (),
        moves_nothing: bool = True,
        is_current: Callable[[], bool] = lambda: True,
    ) -> Committed:
        """The replies to these requests when they are committed, and `echoes`, cells of one row each, as they are then.

        What moves something goes last in its batch. Refused: this caller's own requests were refused, nobody else's.
        Unavailable: nobody knows whether they were applied; who wants them reads before asking again.
        Outdated: `is_current` was false when the write was about to be sent, and nothing was.
        """
        done: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()
        self._writing.ask()
        self._ask(self._writes, Write(spreadsheet, requests, echoes, moves_nothing, is_current, done))
        return await done

    def _ask(self, line: Line[Q], item: Q) -> None:
        was_empty = not line.queue
        line.queue.append(item)
        if was_empty or line is self._whole or self._running is None or self._running.done():
            self._wake()

    def _wake(self) -> None:
        """There is something new: somebody asks, or a lane is idle again."""
        self._news.set()
        is_running = self._running is not None and not self._running.done()
        if not is_running and any(line.queue for line in self._lines()):
            self._running = asyncio.create_task(self._run())

    async def _run(self) -> None:
        """Send what waits until nothing does. What fails here, fails everybody who waits; the next one starts anew."""
        try:
            while any(line.queue for line in self._lines()):
                await self._gather()
                if not self._started_next():
                    await self._rest(min(self._wait(line) for line in self._lines()))
        except asyncio.CancelledError:
            self._give_up(Unavailable("sheets: stopped"))
            raise
        except Exception as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        for line in self._lines():
            line.give_up(error)

    def _lines(self) -> tuple[Writes, Reads, TabReads]:
        return self._writes, self._rows, self._whole

    def _started_next(self) -> bool:
        """Of those that may go now, the line goes whose last call is the oldest. False when none may."""
        ready = [line for line in self._lines() if self._wait(line) <= 0]
        if not ready:
            return False
        line = min(ready, key=lambda line: line.last)
        line.start(self._wake)
        follows = self._whole.may_follow(asked_before=self._now() - OVERDUE_S)
        if line is self._rows and self._long.is_idle and follows:
            self._whole.start(self._wake)
        return True

    def _wait(self, line: Line[Read] | Line[Write]) -> float:
        """Seconds until the line may send; endless while something else must happen first."""
        if not line.queue or not line.lane.is_idle:
            return inf
        if line is self._whole and self._rows.is_waiting and not self._whole.has_caller:
            return inf
        return line.wait()

    async def _gather(self) -> None:
        """Let everybody who was just answered say what they want next, so that it shares one call."""
        for _ in range(3):
            await asyncio.sleep(0)

    async def _rest(self, seconds: float) -> None:
        """Until the time is over, or there is something new."""
        self._news.clear()
        if seconds == inf:
            await self._news.wait()
            return
        resting = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._news.wait())]
        try:
            await asyncio.wait(resting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in resting:
                waiting.cancel()
