"""Whatever happens to a call or to the gateway itself, nobody waits for ever, and who comes next is served."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.lines import READ_TRIES
from shared.adapters.sheets.calls.refusals import NoSheet, QuotaSpent
from shared.adapters.sheets.calls.transport import Area, Grid, GspreadTransport, Tab
from shared.ports import Unavailable
from tests.adapters.test_gateway import Recorder, Time, area, named
from tests.adapters.test_transport import Client

PATIENCE_S = 20
SIX_HOURS = 1_400
"""So many refused calls, each 16 seconds after the one before it."""


class BrokenTime(Time):
    """A clock that fails while it is `broken`."""

    broken = False

    def now(self) -> float:
        if self.broken:
            raise ArithmeticError
        return super().now()


async def test_hours_of_429_end_well(time: Time, google: Recorder, gateway: Gateway) -> None:
    """Nobody in the batch waits for ever, nor is the appeal locked until the instance restarts."""
    google.failures += [QuotaSpent("quota")] * SIX_HOURS
    async with asyncio.timeout(PATIENCE_S):
        assert (await gateway.write("S", named("one"))).replies == [{"done": "one"}]
        assert await gateway.read("S", [area(7)]) == [[["7"]]]
    assert time.at > 6 * 3600


async def test_a_fault_of_the_gateway_reaches_who_waits() -> None:
    """Those in the batch and those in the queues; then a new loop serves as before."""
    time = BrokenTime()
    gateway = Gateway(Recorder(time), now=time.now, sleep=time.sleep)
    asked = [
        asyncio.create_task(gateway.read("S", [area(2)])),
        asyncio.create_task(gateway.read("T", [area(3)])),
        asyncio.create_task(gateway.write("S", named("one"))),
    ]
    await asyncio.sleep(0)
    time.broken = True
    async with asyncio.timeout(PATIENCE_S):
        heard = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(error) for error in heard] == [ArithmeticError] * 3
    time.broken = False
    async with asyncio.timeout(PATIENCE_S):
        assert await gateway.read("S", [area(7)]) == [[["7"]]]
        assert (await gateway.write("S", named("two"))).replies == [{"done": "two"}]


async def test_a_fault_while_a_batch_is_under_way_reaches_it() -> None:
    """The call was made, and what follows it fails: its batch hears that."""
    time = BrokenTime()
    gateway = Gateway(Breaking(time), now=time.now, sleep=time.sleep)
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(ArithmeticError):
            await gateway.read("S", [area(2)])


class FailsOnce(Time):
    """A clock whose call number `at_call` fails."""

    def __init__(self, at_call: int) -> None:
        super().__init__()
        self._calls = itertools.count()
        self._at_call = at_call
        self.failed = False

    def now(self) -> float:
        if next(self._calls) == self._at_call:
            self.failed = True
            raise ArithmeticError
        return super().now()


@pytest.mark.parametrize("at_call", range(16))
async def test_a_fault_at_any_moment_leaves_nobody_waiting(at_call: int) -> None:
    """Asked, chosen, accounted for, sent or answered: whoever waits hears something, and the next one is served."""
    time = FailsOnce(at_call)
    gateway = Gateway(Recorder(time), now=time.now, sleep=time.sleep)
    async with asyncio.timeout(PATIENCE_S):
        while not time.failed:
            with contextlib.suppress(ArithmeticError):
                await gateway.read("S", [area(2)])
            with contextlib.suppress(ArithmeticError):
                await gateway.write("S", named("one"))
        assert await gateway.read("S", [area(3)]) == [[["3"]]]
        assert (await gateway.write("S", named("two"))).replies == [{"done": "two"}]


class Breaking(Recorder):
    """Its quota is spent, and at the same moment the clock breaks."""

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        assert isinstance(self.time, BrokenTime)
        self.time.broken = True
        raise QuotaSpent("quota")


class Listing(Recorder):
    """Its list of tabs fails as often as its reads."""

    def tabs(self, spreadsheet: str) -> list[Tab]:
        self.books.append(spreadsheet)
        if self.failures:
            raise self.failures.pop(0)
        return []


async def test_a_list_of_tabs_that_fails_is_repeated(time: Time) -> None:
    """As a read is: nobody hears of a 503 that passes, and of one that stays after as many tries."""
    google = Listing(time)
    gateway = Gateway(google, now=time.now, sleep=time.sleep)
    google.failures += [Unavailable("503")] * (READ_TRIES - 1)
    assert await gateway.tabs("S") == []
    google.failures += [Unavailable("503")] * READ_TRIES
    with pytest.raises(Unavailable):
        await gateway.tabs("T")
    assert google.books == ["S"] * READ_TRIES + ["T"] * READ_TRIES
    assert await gateway.tabs("T") == []


def test_an_echo_of_a_tab_that_is_gone() -> None:
    """The tab was deleted since its rows were seen: a refusal that the journal understands."""
    transport = GspreadTransport(lambda: Client())  # type: ignore[arg-type,return-value]
    with pytest.raises(NoSheet):
        transport.write("S", [{"one": {}}], [replace(area(7), sheet=77)])


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def google(time: Time) -> Recorder:
    return Recorder(time)


@pytest.fixture
def gateway(google: Recorder, time: Time) -> Gateway:
    return Gateway(google, now=time.now, sleep=time.sleep)
