"""Caches whose read hangs: a partner's message goes on with the older copy after two seconds, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar, cast

import pytest

from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Tab
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.directory.directory import SheetDirectory
from shared.adapters.sheets.knowledge import SheetKnowledge
from shared.adapters.sheets.preferences import SheetPreferences
from shared.adapters.sheets.promotions import SheetPromotions
from shared.domain.logins import mark_of
from tests import virtual_time
from tests.fakes import FakeEvents, FakeLog
from tests.virtual_time import LoopClock

T = TypeVar("T")
HANGS_S = 30.0
PATIENCE_S = 2.0
EXPIRED_S = 301
AUTHORISATION = [
    ["Код партнера", "ФИО партнера", "Телефон партнера", "Статус авторизации", "Telegram ID", "Дата авторизации"],
    ["00123", "Анна", "+79123456789", "авторизован", "501", "22.11.2026 14:03"],
]
TABS = {
    "Авторизация": AUTHORISATION,
    "База знаний": [["id", "Вопрос", "Ответ", "Ссылка", "Статус"], ["kb-1", "Что?", "Всё.", "", "опубликовано"]],
    "Настройки": [["Ключ", "Значение"]],
    "Акции": [["Дата релиза", "Название", "Описание", "Статус", "Дата начала", "Дата окончания"]],
}


class Gateway:
    """One tab; `hangs` says what takes half a minute."""

    def __init__(self, title: str) -> None:
        self.title_of = title
        self.rows: Grid = [list(row) for row in TABS[title]]
        self.hangs: set[str] = set()
        self.written = 0

    async def tabs(self, spreadsheet: str, *, anew: bool = False) -> list[Tab]:
        return [Tab(sheet=0, title=self.title_of)]

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self.title_of

    async def read(self, spreadsheet: str, areas: Sequence[Area], purpose: object = None) -> list[Grid]:
        await self._takes("read")
        return [self.rows for _ in areas]

    async def write(self, spreadsheet: str, requests: Sequence[object], **_: Any) -> Committed:
        await self._takes("write")
        self.written += 1
        return Committed(replies=[{} for _ in requests], echoes=[])

    async def _takes(self, what: str) -> None:
        if what in self.hangs:
            await asyncio.sleep(HANGS_S)


class AtOnce(ThreadPoolExecutor):
    """Work for a thread is done in no time: virtual time waits for none."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def run(main: Coroutine[Any, Any, None]) -> None:
    async def with_no_threads() -> None:
        asyncio.get_running_loop().set_default_executor(AtOnce())
        await main

    virtual_time.run(with_no_threads())


def asked(title: str, gateway: Gateway) -> Callable[[], Awaitable[object]]:
    """How a partner's message asks for what stands in the tab."""
    book, clock, log = Workbook(cast("Any", gateway), "book"), LoopClock(), FakeLog()
    match title:
        case "Авторизация":
            directory = SheetDirectory(book, clock=clock, events=FakeEvents(), log=log)
            return lambda: directory.partner_of(501)
        case "База знаний":
            return SheetKnowledge(book, clock=clock, log=log).entries
        case "Настройки":
            return SheetPreferences(book, clock=clock, log=log).current
        case _:
            return SheetPromotions(book, clock=clock, log=log).all


async def seconds(ask: Callable[[], Awaitable[object]]) -> float:
    began = asyncio.get_running_loop().time()
    await ask()
    return asyncio.get_running_loop().time() - began


@pytest.mark.parametrize("title", TABS)
def test_an_older_copy_is_served_while_the_refresh_hangs(title: str) -> None:
    """The first one waits two seconds, who comes then not at all, and the read goes on: later its value is there."""

    async def main() -> None:
        gateway = Gateway(title)
        ask = asked(title, gateway)
        before = await ask()
        await asyncio.sleep(EXPIRED_S)
        gateway.hangs = {"read"}
        assert await seconds(ask) == PATIENCE_S
        assert await seconds(ask) == 0
        assert await ask() == before
        await asyncio.sleep(HANGS_S)
        assert await seconds(ask) == 0

    run(main())


def test_a_stranger_waits_no_longer() -> None:
    """For an account that the older copy does not have, the tab is asked for again, but not twice at once."""

    async def main() -> None:
        gateway = Gateway("Авторизация")
        directory = SheetDirectory(
            Workbook(cast("Any", gateway), "book"), clock=LoopClock(), events=FakeEvents(), log=FakeLog()
        )
        assert await directory.partner_of(777) is None
        await asyncio.sleep(EXPIRED_S)
        gateway.hangs = {"read"}
        assert await seconds(lambda: directory.partner_of(777)) == PATIENCE_S

    run(main())


def test_a_login_that_is_written_back_slowly_keeps_nobody_waiting() -> None:
    """An import took it: the partner is known and goes on after two seconds, the write goes on to its end."""

    async def main() -> None:
        gateway = Gateway("Авторизация")
        gateway.rows[0].append("Служебное")
        gateway.rows[1].append(mark_of(501))
        ask = asked("Авторизация", gateway)
        assert await ask()
        await asyncio.sleep(EXPIRED_S)
        gateway.rows[1][3:] = [""] * 4
        gateway.hangs = {"write"}
        assert await seconds(ask) == PATIENCE_S
        assert await seconds(ask) == 0
        await asyncio.sleep(HANGS_S)
        assert gateway.written

    run(main())
