"""The daily report: what a person has to mend in the sheets."""

from __future__ import annotations

import pytest

from shared.domain.problems import Problem
from shared.ports import ChatGone, Unavailable
from tests.fakes import ADMIN, World
from tests.usecases.chat import Chat

DAILY: dict[str, object] = {"kind": "daily"}
PHONE = Problem(tab="Авторизация", cell="C27", text="Телефон не читается. Впишите номер.")
BLANK = Problem(tab="Авторизация", cell="A22", text="Строка 22 пустая.", mild=True)


def world_with(*problems: Problem) -> Chat:
    chat = Chat(World())
    chat.world.inspection.found = list(problems)
    return chat


async def test_the_admin_is_told_where_and_what_to_type() -> None:
    """One message; what stops something comes before what is only untidy."""
    chat = world_with(BLANK, PHONE)
    await chat.event(DAILY)
    assert chat.world.messenger.to(ADMIN) == [
        "В таблицах есть ошибки: 1. Пока их не исправят, эти строки не работают, остальные работают.\n"
        "• Авторизация C27: Телефон не читается. Впишите номер.\n"
        "• Авторизация A22: Строка 22 пустая."
    ]


async def test_nothing_wrong_nothing_said() -> None:
    """No message, one line in the log."""
    chat = world_with()
    await chat.event(DAILY)
    assert not chat.world.messenger.said
    assert chat.world.log.lines == [("INFO", "sheets_inspected", {"problems": 0})]


async def test_only_untidy_is_said_mildly() -> None:
    """Everything works."""
    chat = world_with(BLANK)
    await chat.event(DAILY)
    assert chat.world.messenger.to(ADMIN)[0].startswith("Замечания к таблицам: 1. Всё работает")


async def test_many_problems_make_a_short_message() -> None:
    """The first three and how many more there are; the log names each, by address alone."""
    chat = world_with(*(Problem(tab="Авторизация", cell=f"C{row}", text=PHONE.text) for row in range(2, 5_002)))
    await chat.event(DAILY)
    [said] = chat.world.messenger.to(ADMIN)
    assert said.count("•") == 3
    assert said.endswith("И ещё 4997. Весь список: make sheets-check")
    assert len(said) < 400
    named = [details for _, event, details in chat.world.log.lines if event == "sheet_problem"]
    assert named[0] == {"tab": "Авторизация", "cell": "C2"}
    assert len(named) == 200


async def test_the_event_twice_tells_once() -> None:
    """Pub/Sub repeats; the next day it is told again, while it is not mended."""
    chat = world_with(PHONE)
    await chat.event(DAILY)
    await chat.event(DAILY)
    assert len(chat.world.messenger.to(ADMIN)) == 1
    chat.world.clock.advance(24 * 3600)
    await chat.event(DAILY)
    assert len(chat.world.messenger.to(ADMIN)) == 2


async def test_sheets_out_of_reach_come_again() -> None:
    """The event fails, and its repetition tells."""
    chat = world_with(PHONE)
    chat.world.inspection.failing = Unavailable("sheets: 503")
    with pytest.raises(Unavailable):
        await chat.event(DAILY)
    chat.world.inspection.failing = None
    await chat.event(DAILY)
    assert len(chat.world.messenger.to(ADMIN)) == 1


async def test_telegram_out_of_reach_comes_again() -> None:
    """Nobody was told, so it is not done."""
    chat = world_with(PHONE)
    chat.world.messenger.failing = [Unavailable("telegram: 502")]
    with pytest.raises(Unavailable):
        await chat.event(DAILY)
    await chat.event(DAILY)
    assert len(chat.world.messenger.to(ADMIN)) == 1


async def test_an_admin_who_stopped_the_bot_holds_up_nothing() -> None:
    """Logged, done."""
    chat = world_with(PHONE)
    chat.world.messenger.gone = {ADMIN: ChatGone("blocked")}
    await chat.event(DAILY)
    await chat.event(DAILY)
    assert chat.world.inspection.looked == 1
