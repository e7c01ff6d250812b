"""All Sheets traffic of an instance, through one request in flight.

Concurrent reads share a call, concurrent writes a batch. Idle, a call goes out at once; under load what arrives while
a request is under way forms the next one, paced so that no minute holds more calls than this instance's share of the
quota. A caller is answered after its own write is committed.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from shared.adapters.sheets.calls.asked import (
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
from shared.adapters.sheets.calls.pace import Pace
from shared.adapters.sheets.calls.refusals import QuotaSpent
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.ports import NeedsRepair, Refused, Unavailable

READ_TRIES = 4
WRITES_AHEAD = 1.05
"""A write follows the read that it was computed from: a little quicker, it need not wait for a beat of its own."""
T = TypeVar("T")


class Gateway:
    def __init__(
        self,
        transport: Transport,
        *,
        share: int = 54,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`share`: this instance's part of the calls a minute, for reads and for writes each."""
        self._transport = transport
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sheets")
        self._reads: deque[Read] = deque()
        self._writes: deque[Write] = deque()
        self._reading = Pace(share, now)
        self._writing = Pace(share, now, ahead=WRITES_AHEAD)
        self._sleep = sleep
        self._news = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._tabs: dict[str, list[Tab]] = {}
        self._listing = asyncio.Lock()

    async def tabs(self, spreadsheet: str, *, anew: bool = False) -> list[Tab]:
        """The spreadsheet's tabs; one read the first time, or when they are wanted `anew`."""
        async with self._listing:
            while anew or spreadsheet not in self._tabs:
                await self._sleep_if(self._reading.wait())
                self._reading.spend()
                try:
                    self._tabs[spreadsheet] = await self._in_thread(lambda: self._transport.tabs(spreadsheet))
                    break
                except QuotaSpent:
                    self._reading.refused()
            return self._tabs[spreadsheet]

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        """What the tab was called in the newest answer about it: every read brings that along."""
        return self._transport.title(spreadsheet, sheet)

    async def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        """The areas as shown, each without its trailing empty rows and cells. Unavailable after several tries."""
        read = Read(spreadsheet, areas, asyncio.get_running_loop().create_future())
        self._ask(self._reads, read, self._reading)
        return await read.done

    async def write(
        self,
        spreadsheet: str,
        requests: Sequence[Request],
        *,
        echoes: Sequence[Area] = (),
        moves_nothing: bool = True,
    ) -> Committed:
        """The replies to these requests when they are committed, and `echoes`, cells of one row each, as they are then.

        What moves something goes last in its batch. Refused: this caller's own requests were refused, nobody else's.
        Unavailable: nobody knows whether they were applied; who wants them reads before asking again.
        """
        write = Write(spreadsheet, requests, echoes, moves_nothing, asyncio.get_running_loop().create_future())
        self._ask(self._writes, write, self._writing)
        return await write.done

    def _ask(self, queue: deque[Q], item: Q, pace: Pace) -> None:
        pace.ask()
        if not queue:
            self._news.set()
        queue.append(item)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        """The reads and the writes have each their own quota: whoever may go first goes first."""
        while self._reads or self._writes:
            await self._gather()
            waits = [pace.wait() for pace, queue in self._both() if queue]
            if (seconds := min(waits)) > 0:
                await self._rest(seconds)
            elif self._writes_go_first():
                await self._commit(batch_of(self._writes))
            else:
                await self._fetch(batch_of(self._reads))

    def _both(self) -> tuple[tuple[Pace, deque[Read] | deque[Write]], ...]:
        return (self._reading, self._reads), (self._writing, self._writes)

    def _writes_go_first(self) -> bool:
        if not self._writes or self._writing.wait() > 0:
            return False
        return not self._reads or self._reading.wait() > 0 or self._writing.last <= self._reading.last

    async def _gather(self) -> None:
        """Let everybody who was just answered say what they want next, so that it shares one call."""
        for _ in range(3):
            await asyncio.sleep(0)

    async def _rest(self, seconds: float) -> None:
        """Until the time is over, or somebody asks for what nobody was waiting for."""
        self._news.clear()
        resting = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._news.wait())]
        try:
            await asyncio.wait(resting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in resting:
                waiting.cancel()

    async def _sleep_if(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleep(seconds)

    async def _fetch(self, batch: list[Read]) -> None:
        if not batch:
            return
        areas = list(dict.fromkeys(area for read in batch for area in read.areas))
        self._reading.spend()
        try:
            grids = await self._in_thread(lambda: self._transport.read(batch[0].spreadsheet, areas))
            answer_reads(batch, dict(zip(areas, grids, strict=True)))
            self._reading.went_well()
        except QuotaSpent:
            self._reading.refused()
            self._reads.extendleft(reversed(batch))
        except Refused as refusal:
            await self._sort_out_reads(batch, refusal)
        except NeedsRepair as error:
            fail(batch, error)
        except Unavailable as error:
            self._read_again(batch, error)
        except Exception as error:
            fail(batch, error)

    def _read_again(self, batch: list[Read], error: Unavailable) -> None:
        """Reading changes nothing, so it may be repeated; who has tried often enough hears of it."""
        self._reading.failed()
        for read in batch:
            read.failures += 1
        fail([read for read in batch if read.failures >= READ_TRIES], error)
        self._reads.extendleft(reversed([read for read in batch if read.failures < READ_TRIES]))

    async def _sort_out_reads(self, batch: list[Read], refusal: Refused) -> None:
        guilty = guilty_reads(batch, refusal)
        if not guilty:
            await self._halve(batch, refusal, self._fetch, self._reading)
            return
        fail(guilty, refusal)
        self._reads.extendleft(read for read in reversed(batch) if read not in guilty)

    async def _commit(self, taken: list[Write]) -> None:
        if not taken:
            return
        batch = sorted(taken, key=lambda write: not write.moves_nothing)
        self._writing.spend()
        requests = [request for write in batch for request in write.requests]
        echoes = [area for write in batch for area in write.echoes]
        try:
            committed = await self._in_thread(lambda: self._transport.write(batch[0].spreadsheet, requests, echoes))
            answer_writes(batch, committed)
            self._writing.went_well()
        except QuotaSpent:
            self._writing.refused()
            self._writes.extendleft(reversed(taken))
        except Refused as refusal:
            await self._sort_out_writes(batch, refusal)
        except Exception as error:
            fail(batch, error)

    async def _sort_out_writes(self, batch: list[Write], refusal: Refused) -> None:
        """A refused batch changed nothing: the guilty one hears it, the others go again at once."""
        guilty = guilty_write(batch, refusal)
        if guilty is None:
            await self._halve(batch, refusal, self._commit, self._writing)
            return
        refused = with_it_refused(batch, guilty, refusal)
        fail(refused, refusal)
        self._writes.extendleft(write for write in reversed(batch) if write not in refused)

    async def _halve(
        self, batch: list[Q], refusal: Refused, again: Callable[[list[Q]], Awaitable[None]], pace: Pace
    ) -> None:
        """Nobody knows whose request was refused: each half alone, down to the one."""
        if len(batch) == 1:
            fail(batch, refusal)
            return
        middle = len(batch) // 2
        for half in (batch[:middle], batch[middle:]):
            await self._sleep_if(pace.wait())
            await again(half)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)
