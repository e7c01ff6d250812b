"""A long read holds up no caller; refreshes share the callers' quota and never go before them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import AsyncIterator, Sequence

import pytest

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.gateway import OVERDUE_S, Gateway
from shared.adapters.sheets.calls.refusals import QuotaSpent
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab
from tests.adapters.test_gateway import Time, area, named

CALLERS = ("appeals", "settings")
THREADS = ("sheets", "sheets-long")
PATIENCE_S = 20
"""Where a test would wait for ever if it failed."""


class PatientTime(Time):
    """Seconds pass while no call is under way: each call counts for the second in which it was made."""

    async def sleep(self, seconds: float) -> None:
        under_way = [task for task in asyncio.all_tasks() if task.get_name() in THREADS]
        if under_way:
            await asyncio.wait(under_way)
        await super().sleep(seconds)


class Google:
    """What both transports reach: every read with its time, book and thread; «hanging» books wait for `released`."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.reads: list[tuple[float, str]] = []
        self.threads: dict[str, set[str]] = {}
        self.hanging: set[str] = set()
        self.reached = threading.Event()
        self.released = threading.Event()
        self.failures: list[Exception] = []
        self.called = threading.Semaphore(0)


class Client:
    def __init__(self, google: Google) -> None:
        self.google = google

    def tabs(self, spreadsheet: str) -> list[Tab]:
        self._called(spreadsheet)
        return [Tab(sheet=0, title="Обращения")]

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return None

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        self._called(spreadsheet)
        return [[[f"{one.first_row}"]] for one in areas]

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        return Committed(replies=[{"done": request["name"]} for request in requests], echoes=[])

    def _called(self, spreadsheet: str) -> None:
        self.google.reads.append((self.google.time.at, spreadsheet))
        self.google.called.release()
        self.google.threads.setdefault(threading.current_thread().name, set()).add(spreadsheet)
        if self.google.failures:
            raise self.google.failures.pop(0)
        if spreadsheet in self.google.hanging:
            self.google.reached.set()
            assert self.google.released.wait(PATIENCE_S)


@pytest.fixture
def time() -> Time:
    return PatientTime()


@pytest.fixture
async def google(time: Time) -> AsyncIterator[Google]:
    google = Google(time)
    async with asyncio.timeout(PATIENCE_S):
        yield google
    google.released.set()


@pytest.fixture
def gateway(google: Google, time: Time) -> Gateway:
    return Gateway(Client(google), refreshing=Client(google), now=time.now, sleep=time.sleep)


def refresh(gateway: Gateway, spreadsheet: str) -> asyncio.Task[list[Grid]]:
    return asyncio.create_task(gateway.read(spreadsheet, [area(2)], Purpose.REFRESH))


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, PATIENCE_S)


@pytest.mark.parametrize("purpose", [Purpose.REFRESH, Purpose.TAB])
async def test_a_hanging_long_read_holds_up_no_partner(gateway: Gateway, google: Google, purpose: Purpose) -> None:
    """The promotions take three seconds: partners are read and written meanwhile."""
    google.hanging = {"promotions"}
    long = asyncio.create_task(gateway.read("promotions", [area(2)], purpose))
    await until(google.reached)
    assert await gateway.read("appeals", [area(7)]) == [[["7"]]]
    assert (await gateway.write("appeals", named("line"))).replies == [{"done": "line"}]
    assert not long.done()
    google.released.set()
    assert await long == [[["2"]]]
    assert len(google.threads) == 2
    assert not set.intersection(*google.threads.values())


async def test_a_hanging_list_of_tabs_holds_up_no_partner(gateway: Gateway, google: Google) -> None:
    """Not those either who want the tabs of another workbook, and know them."""
    await gateway.tabs("appeals")
    google.hanging = {"promotions"}
    listing = asyncio.create_task(gateway.tabs("promotions"))
    await until(google.reached)
    assert await gateway.tabs("appeals")
    assert await gateway.read("appeals", [area(7)]) == [[["7"]]]
    google.released.set()
    assert await listing


async def test_refreshes_take_a_third_of_any_minute(gateway: Gateway, google: Google) -> None:
    """Nobody else asks: even so most of the minute is kept for those who may come."""
    for number in range(60):
        await gateway.read(f"book {number}", [area(2)], Purpose.REFRESH)
    times = [at for at, _ in google.reads]
    assert max(sum(start <= at < start + 60 for at in times) for start in times) <= 54 // 3


async def test_both_threads_draw_on_one_quota(gateway: Gateway, google: Google) -> None:
    """Callers' reads and refreshes together stay below what Google allows a minute."""
    async with loaded(gateway):
        for number in range(40):
            await refresh(gateway, f"book {number}")
    times = [at for at, _ in google.reads]
    assert max(sum(start <= at < start + 60 for at in times) for start in times) < 60


async def test_a_spent_minute_is_spent_for_refreshes(google: Google, time: Time) -> None:
    """One call a minute: the refresh that is overdue waits for the minute after the caller's."""
    gateway = Gateway(Client(google), refreshing=Client(google), share=1, now=time.now, sleep=time.sleep)
    await gateway.read("appeals", [area(7)])
    await asyncio.gather(refresh(gateway, "promotions"), gateway.read("appeals", [area(8)]))
    times = [at for at, _ in google.reads]
    assert [book for _, book in google.reads] == ["appeals", "appeals", "promotions"]
    assert all(later - at >= 60 for at, later in itertools.pairwise(times))


async def test_a_waiting_caller_goes_first(google: Google, time: Time) -> None:
    """A refresh was asked for earlier, and the pace lets nobody go yet: the caller's batch is the next call."""
    resting, over = asyncio.Event(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        resting.set()
        await over.wait()
        await time.sleep(seconds)

    gateway = Gateway(Client(google), refreshing=Client(google), share=1, now=time.now, sleep=sleep)
    google.failures = [QuotaSpent("quota")]
    async with asyncio.timeout(PATIENCE_S):
        caller = asyncio.create_task(gateway.read("appeals", [area(7)]))
        await resting.wait()
        refreshing = refresh(gateway, "promotions")
        await asyncio.sleep(0)
        over.set()
        await asyncio.gather(caller, refreshing)
    assert [book for _, book in google.reads] == ["appeals", "appeals", "promotions"]


@contextlib.asynccontextmanager
async def loaded(gateway: Gateway) -> AsyncIterator[None]:
    """Eighty callers at every beat in each of two workbooks: some of them wait at any moment."""

    async def load(spreadsheet: str) -> None:
        while True:
            await asyncio.gather(*(gateway.read(spreadsheet, [area(n)]) for n in range(2, 82)))

    loading = [asyncio.create_task(load(spreadsheet)) for spreadsheet in CALLERS]
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    finally:
        for task in loading:
            task.cancel()
        await asyncio.gather(*loading, return_exceptions=True)


async def test_steady_load_starves_no_refresh(gateway: Gateway, google: Google, time: Time) -> None:
    """After two seconds it goes right behind one of the callers' calls, and not before."""
    async with loaded(gateway):
        for _ in range(10):
            await asyncio.to_thread(google.called.acquire, True, PATIENCE_S)
        asked_at = time.at
        await refresh(gateway, "promotions")
    [went] = [n for n, (_, book) in enumerate(google.reads) if book == "promotions"]
    assert OVERDUE_S <= google.reads[went][0] - asked_at <= OVERDUE_S + 3
    assert google.reads[went - 1][1] in CALLERS


async def test_logins_take_nothing_of_the_refreshes(gateway: Gateway, time: Time) -> None:
    """A caller's whole tab is none of their third."""
    for _ in range(54 // 3):
        await gateway.read("partners", [area(2)], Purpose.TAB)
    await refresh(gateway, "promotions")
    assert time.at == 0


async def test_a_login_waits_no_longer_than_a_message(gateway: Gateway, google: Google, time: Time) -> None:
    """Its whole tab is a caller's read, also where refreshes have had their third."""
    for number in range(54 // 3):
        await gateway.read(f"book {number}", [area(2)], Purpose.REFRESH)
    before = time.at
    later = refresh(gateway, "promotions")
    await gateway.read("partners", [area(2)], Purpose.TAB)
    assert time.at - before < 5
    assert [book for _, book in google.reads][-1] == "partners"
    later.cancel()
