"""All Sheets traffic of an instance, through one request in flight.

Concurrent reads share a call, concurrent writes a batch. Idle, a call goes out at once; under load what arrives while
a request is under way forms the next one, paced so that no minute holds more calls than this instance's share of the
quota. A caller is answered after its own write is committed.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from shared.adapters.sheets.pace import Pace
from shared.adapters.sheets.transport import Area, Committed, Grid, QuotaSpent, Request, Tab, Transport
from shared.ports import Refused

QUOTA_WAIT_S = 2.0
_FAULTY = re.compile(r"requests\[(\d+)\]")


@dataclass(slots=True)
class _Read:
    spreadsheet: str
    areas: Sequence[Area]
    done: asyncio.Future[list[Grid]]


@dataclass(slots=True)
class _Write:
    spreadsheet: str
    requests: Sequence[Request]
    echoes: Sequence[Area]
    moves_nothing: bool
    done: asyncio.Future[Committed]


T = TypeVar("T")
Q = TypeVar("Q", _Read, _Write)


@dataclass(slots=True)
class _Queues:
    reads: deque[_Read] = field(default_factory=deque)
    writes: deque[_Write] = field(default_factory=deque)


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
        self._queues = _Queues()
        self._reading = Pace(share, now)
        self._writing = Pace(share, now)
        self._sleep = sleep
        self._running: asyncio.Task[None] | None = None
        self._tabs: dict[str, list[Tab]] = {}
        self._listing = asyncio.Lock()

    async def tabs(self, spreadsheet: str, *, anew: bool = False) -> list[Tab]:
        """The spreadsheet's tabs; one read the first time, or when they are wanted `anew`."""
        async with self._listing:
            if anew or spreadsheet not in self._tabs:
                await self._sleep_if(self._reading.wait())
                self._reading.spend()
                self._tabs[spreadsheet] = await self._in_thread(lambda: self._transport.tabs(spreadsheet))
            return self._tabs[spreadsheet]

    async def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        """The areas as shown, each without its trailing empty rows and cells."""
        done: asyncio.Future[list[Grid]] = asyncio.get_running_loop().create_future()
        self._reading.ask()
        self._queues.reads.append(_Read(spreadsheet, areas, done))
        self._wake()
        return await done

    async def write(
        self,
        spreadsheet: str,
        requests: Sequence[Request],
        *,
        echoes: Sequence[Area] = (),
        moves_nothing: bool = True,
    ) -> Committed:
        """The replies to these requests, after they are committed, and the single cells `echoes` as they were then.

        What moves something goes last in its batch. Refused: this caller's own requests were refused, nobody else's.
        """
        done: asyncio.Future[Committed] = asyncio.get_running_loop().create_future()
        self._writing.ask()
        self._queues.writes.append(_Write(spreadsheet, requests, echoes, moves_nothing, done))
        self._wake()
        return await done

    def _wake(self) -> None:
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        while self._queues.reads or self._queues.writes:
            await self._gather()
            write_wait = self._writing.wait() if self._queues.writes else None
            read_wait = self._reading.wait() if self._queues.reads else None
            if write_wait is not None and (write_wait == 0 or read_wait is None or write_wait <= read_wait):
                await self._sleep_if(write_wait)
                await self._commit(_of_one_spreadsheet(self._queues.writes))
            elif read_wait is not None:
                await self._sleep_if(read_wait)
                await self._fetch(_of_one_spreadsheet(self._queues.reads))

    async def _gather(self) -> None:
        """Let everybody who was just answered say what they want next, so that it shares one call."""
        for _ in range(3):
            await asyncio.sleep(0)

    async def _sleep_if(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleep(seconds)

    async def _fetch(self, batch: list[_Read]) -> None:
        if not batch:
            return
        areas = list(dict.fromkeys(area for read in batch for area in read.areas))
        self._reading.spend()
        try:
            grids = await self._in_thread(lambda: self._transport.read(batch[0].spreadsheet, areas))
        except QuotaSpent:
            self._reading.block(QUOTA_WAIT_S)
            self._queues.reads.extendleft(reversed(batch))
        except Refused as refusal:
            await self._halve(batch, refusal, self._fetch, self._reading)
        except Exception as error:
            _fail([read.done for read in batch], error)
        else:
            found = dict(zip(areas, grids, strict=True))
            for read in batch:
                if not read.done.done():
                    read.done.set_result([found[area] for area in read.areas])

    async def _commit(self, taken: list[_Write]) -> None:
        if not taken:
            return
        batch = sorted(taken, key=lambda write: not write.moves_nothing)
        self._writing.spend()
        requests = [request for write in batch for request in write.requests]
        echoes = [area for write in batch for area in write.echoes]
        try:
            committed = await self._in_thread(lambda: self._transport.write(batch[0].spreadsheet, requests, echoes))
        except QuotaSpent:
            self._writing.block(QUOTA_WAIT_S)
            self._queues.writes.extendleft(reversed(batch))
        except Refused as refusal:
            await self._sort_out(batch, refusal)
        except Exception as error:
            _fail([write.done for write in batch], error)
        else:
            _answer(batch, committed)

    async def _sort_out(self, batch: list[_Write], refusal: Refused) -> None:
        """A refused batch changed nothing: the guilty one hears it, the others go again at once."""
        guilty = _guilty(batch, refusal)
        if guilty is None:
            await self._halve(batch, refusal, self._commit, self._writing)
            return
        _fail([guilty.done], refusal)
        if others := [write for write in batch if write is not guilty]:
            await self._sleep_if(self._writing.wait())
            await self._commit(others)

    async def _halve(
        self, batch: list[Q], refusal: Refused, again: Callable[[list[Q]], Awaitable[None]], pace: Pace
    ) -> None:
        """Nobody knows whose request was refused: each half alone, down to the one."""
        if len(batch) == 1:
            _fail([batch[0].done], refusal)
            return
        middle = len(batch) // 2
        for half in (batch[:middle], batch[middle:]):
            await self._sleep_if(pace.wait())
            await again(half)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


def _of_one_spreadsheet(queue: deque[Q]) -> list[Q]:
    """Take from the queue all that concern the spreadsheet of its first; what nobody waits for any more is dropped."""
    wanted = [item for item in queue if not item.done.done()]
    queue.clear()
    queue.extend(item for item in wanted if item.spreadsheet != wanted[0].spreadsheet)
    return [item for item in wanted if item.spreadsheet == wanted[0].spreadsheet]


def _guilty(batch: list[_Write], refusal: Refused) -> _Write | None:
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


def _answer(batch: list[_Write], committed: Committed) -> None:
    reply, echo = 0, 0
    for write in batch:
        replies = committed.replies[reply : reply + len(write.requests)]
        echoes = committed.echoes[echo : echo + len(write.echoes)]
        reply, echo = reply + len(write.requests), echo + len(write.echoes)
        if not write.done.done():
            write.done.set_result(Committed(replies=replies, echoes=echoes))


def _fail(waiting: Sequence[asyncio.Future[list[Grid]] | asyncio.Future[Committed]], error: Exception) -> None:
    for future in waiting:
        if not future.done():
            future.set_exception(error)
