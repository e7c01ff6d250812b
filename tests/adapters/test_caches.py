"""Authorisation, knowledge, settings and promotions are read once in five minutes, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.directory.directory import SheetDirectory
from shared.adapters.sheets.knowledge import SheetKnowledge
from shared.adapters.sheets.preferences import SheetPreferences
from shared.adapters.sheets.promotions import SheetPromotions
from shared.adapters.sheets.repair_notices import RepairNotices
from shared.ports import BotError, Refused, Unavailable
from tests.adapters.crm import PEOPLE, chat_of, log_in
from tests.adapters.logged import logged
from tests.fakes import FakeClock, FakeLog
from tests.sheets import APPEALS, AUTHORISATION, UNPACED, Sheets

PROMOTIONS = "promotions-test"


@dataclass(frozen=True)
class Kept:
    """What is cached, how it is asked for, and a header cell of its tab."""

    ask: Callable[[], Awaitable[object]]
    header: tuple[str, str]


@pytest.fixture(params=["authorisation", "knowledge", "promotions", "settings"])
async def kept(request: pytest.FixtureRequest, sheets: Sheets) -> Kept:
    """Read once already, by a gateway that waits in no time."""
    waiting = FakeClock()
    gateway = Gateway(sheets.calls(), share=UNPACED, now=waiting.now, sleep=waiting.sleep)
    appeals, clock, log = Workbook(gateway, APPEALS), sheets.clock, sheets.log
    match request.param:
        case "authorisation":
            await log_in(sheets.directory(), PEOPLE[:1])
            directory = SheetDirectory(Workbook(gateway, AUTHORISATION), clock=clock, events=sheets.events, log=log)
            kept = Kept(lambda: directory.partner_of(chat_of(PEOPLE[0])), (AUTHORISATION, "Авторизация!E1"))
        case "knowledge":
            kept = Kept(SheetKnowledge(appeals, clock=clock, log=log).entries, (APPEALS, "База знаний!C1"))
        case "promotions":
            kept = Kept(
                SheetPromotions(Workbook(gateway, PROMOTIONS), clock=clock, log=log).all, (PROMOTIONS, "Акции!B1")
            )
        case _:
            kept = Kept(SheetPreferences(appeals, clock=clock, log=log).current, (APPEALS, "Настройки!B1"))
    assert await kept.ask()
    sheets.emulator.reset_stats()
    return kept


def reads(sheets: Sheets) -> int:
    return int(str(sheets.emulator.stats()["reads"]))


async def test_five_minutes_without_a_read_then_one(sheets: Sheets, kept: Kept) -> None:
    """Fifty who come when the time is over share it."""
    before = await kept.ask()
    sheets.clock.advance(299)
    assert await kept.ask() == before
    assert reads(sheets) == 0
    sheets.clock.advance(2)
    assert await asyncio.gather(*(kept.ask() for _ in range(50))) == [before] * 50
    assert reads(sheets) == 1


async def test_an_outage_changes_nothing(sheets: Sheets, kept: Kept) -> None:
    """The last good value is served and the failure reported once; Sheets is asked again half a minute later."""
    before = await kept.ask()
    sheets.fault(service="sheets", match="", action=503, rate=1.0)
    sheets.clock.advance(301)
    assert await asyncio.gather(*(kept.ask() for _ in range(50))) == [before] * 50
    sheets.clock.advance(29)
    assert await kept.ask() == before
    assert len(logged(sheets, "served_stale")) == 1
    sheets.clock.advance(2)
    assert await kept.ask() == before
    assert len(logged(sheets, "served_stale")) == 2


async def test_a_broken_header_changes_nothing(sheets: Sheets, kept: Kept) -> None:
    """What is refused will be refused again: the last good value is served, and the log says what is missing."""
    before, (spreadsheet, cell) = await kept.ask(), kept.header
    await sheets.type(cell, "Другое", spreadsheet)
    sheets.clock.advance(301)
    assert await asyncio.gather(*(kept.ask() for _ in range(50))) == [before] * 50
    [said] = [details for level, _, details in sheets.log.lines if level == "ERROR"]
    assert "no column" in str(said["error"])


async def test_strangers_cost_a_read_in_half_a_minute(sheets: Sheets) -> None:
    """A thousand of them, all at once and one after the other."""
    directory = sheets.directory()
    await log_in(directory, PEOPLE[:1])
    sheets.emulator.reset_stats()
    await asyncio.gather(*(directory.partner_of(10_000 + n) for n in range(500)))
    for n in range(500):
        sheets.clock.advance(0.059)
        assert await directory.partner_of(20_000 + n) is None
    assert reads(sheets) == 0
    sheets.clock.advance(1)
    await asyncio.gather(*(directory.partner_of(30_000 + n) for n in range(500)))
    assert reads(sheets) == 1


class Source:
    """What is loaded: each load waits until the test says what it brings."""

    def __init__(self) -> None:
        self._begun: asyncio.Queue[asyncio.Future[str]] = asyncio.Queue()
        self.loads = 0
        self.purposes: list[Purpose] = []
        self.clock, self.log = FakeClock(), FakeLog()
        self.cached = Cached(
            self._load, name="test", clock=self.clock, log=self.log, notices=RepairNotices(), patience_s=0.02
        )

    async def _load(self, purpose: Purpose) -> str:
        self.purposes.append(purpose)
        brought: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.loads += 1
        self._begun.put_nowait(brought)
        return await brought

    async def begun(self) -> asyncio.Future[str]:
        """The next load, when it has begun."""
        async with asyncio.timeout(2):
            return await self._begun.get()

    async def brings(self, value: str) -> None:
        (await self.begun()).set_result(value)

    async def fails(self, error: BotError) -> None:
        (await self.begun()).set_exception(error)


def asking(answer: Awaitable[str]) -> asyncio.Future[str]:
    return asyncio.ensure_future(answer)


async def test_anew_takes_no_read_that_is_under_way() -> None:
    """It began before what was just written; two who ask meanwhile share the next one."""
    source = Source()
    early = asking(source.cached.get())
    under_way = await source.begun()
    late = [asking(source.cached.anew()) for _ in range(2)]
    under_way.set_result("before")
    await source.brings("after")
    assert [await early, await late[0], await late[1]] == ["before", "after", "after"]
    assert source.loads == 2


async def test_anew_serves_nothing_stale() -> None:
    """A login against what stood there an hour ago would write into somebody else's row."""
    source = Source()
    first = asking(source.cached.get())
    await source.brings("old")
    assert await first == "old"
    now = asking(source.cached.anew())
    await source.fails(Unavailable("out of reach"))
    with pytest.raises(Unavailable):
        await now
    assert await source.cached.get() == "old"


async def test_nobody_waits_long_for_what_is_at_hand() -> None:
    """A read that takes too long is a failure until it ends."""
    source = Source()
    first = asking(source.cached.get())
    await source.brings("old")
    await first
    source.clock.advance(301)
    assert [await source.cached.get(), await source.cached.get()] == ["old", "old"]
    await source.brings("new")
    source.clock.advance(31)
    assert await source.cached.get() == "new"
    assert source.loads == 2


async def test_the_age_counts_from_before_the_read() -> None:
    """A read that was frozen for an hour, as a function without requests is, brings nothing fresh."""
    source = Source()
    frozen = asking(source.cached.get())
    under_way = await source.begun()
    source.clock.advance(3600)
    under_way.set_result("an hour old")
    await frozen
    later = asking(source.cached.get())
    await source.brings("now")
    assert await later == "now"


async def test_a_reader_who_gives_up_spoils_nothing() -> None:
    """Who waits with him gets the value; a failure that nobody waits for any more is no noise."""
    source = Source()
    impatient, patient = asking(source.cached.get()), asking(source.cached.get())
    under_way = await source.begun()
    impatient.cancel()
    under_way.set_result("value")
    assert await patient == "value"
    alone = asking(source.cached.anew())
    under_way = await source.begun()
    alone.cancel()
    under_way.set_exception(Refused("no header"))
    assert await source.cached.get() == "value"


async def test_without_a_first_value_the_failure_is_told() -> None:
    """There is nothing stale to serve."""
    source = Source()
    first = asking(source.cached.get())
    await source.fails(Unavailable("out of reach"))
    with pytest.raises(Unavailable):
        await first


async def test_only_a_refresh_may_wait_behind_others() -> None:
    """Where nothing is at hand, and where it must be what stands there now, a caller waits for the read."""
    source = Source()
    for ask in (source.cached.get, source.cached.get, source.cached.anew):
        asked = asking(ask())
        await source.brings("value")
        await asked
        source.clock.advance(301)
    assert source.purposes == [Purpose.TAB, Purpose.REFRESH, Purpose.TAB]


async def test_an_unexpected_fault_is_told_and_not_repeated_at_once() -> None:
    """The stale value is served for half a minute, as after any failure; the log names the kind, no cell."""
    source = Source()
    first = asking(source.cached.get())
    await source.brings("old")
    await first
    source.clock.advance(301)
    later = asking(source.cached.get())
    (await source.begun()).set_exception(KeyError("+79123456789"))
    assert await later == "old"
    assert await source.cached.get() == "old"
    assert source.loads == 2
    [(level, event, said)] = source.log.lines
    assert (level, event, said["error"]) == ("ERROR", "served_stale", "KeyError")
