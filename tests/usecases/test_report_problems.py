"""The daily report: what a person has to mend in the sheets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shared.domain import texts
from shared.domain.history import size
from shared.domain.problems import Problem
from shared.ports import ChatGone, Say, Unavailable
from tests.fakes import ADMIN, World
from tests.usecases.chat import Chat

DAILY: dict[str, object] = {"kind": "daily"}
LINK = "https://docs.google.com/spreadsheets/d/1a/edit#gid=7&range=C27"
PHONE = Problem(tab="Авторизация", cell="C27", text="Телефон не читается. Впишите номер.", link=LINK)
CLOSED = Problem(tab="Акции", text="Таблица не открывается.")
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
        "В таблицах 1 ошибка и 1 замечание. Где ошибка, бот не работает; остальное работает. "
        "Исправьте прямо в ячейке.\n"
        f"• «Авторизация», ячейка C27: Телефон не читается. Впишите номер.\n{LINK}\n"
        "• «Авторизация», ячейка A22 (замечание): Строка 22 пустая."
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
    assert chat.world.messenger.to(ADMIN)[0].startswith("В таблицах 1 замечание. Всё работает")


async def test_many_problems_make_a_short_message() -> None:
    """The first three and how many more there are; the log names each, by address alone."""
    chat = world_with(*(Problem(tab="Авторизация", cell=f"C{row}", text=PHONE.text) for row in range(2, 5_002)))
    await chat.event(DAILY)
    [said] = chat.world.messenger.to(ADMIN)
    assert said.count("•") == 3
    assert said.startswith("В таблицах 5000 ошибок. ")
    assert said.endswith("И ещё 4997: /check")
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


@pytest.mark.parametrize(("wrong", "mild"), [(6, 2), (1, 0), (0, 3), (3, 0), (21, 1)])
async def test_the_counts_agree(wrong: int, mild: int) -> None:
    """Those that are shown and those that are not make up all that are counted."""
    chat = world_with(*[PHONE] * wrong, *[BLANK] * mild)
    await chat.event(DAILY)
    [said] = chat.world.messenger.to(ADMIN)
    head, *lines = said.splitlines()
    more = re.search(r"И ещё (\d+): /check$", said)
    shown = sum(line.startswith("•") for line in lines)
    assert sum(map(int, re.findall(r"(\d+) (?:ошиб|замеч)", head))) == wrong + mild
    assert shown + (int(more[1]) if more else 0) == wrong + mild


async def checked(problems: list[Problem]) -> Chat:
    """An admin who is no partner sends `/check`, and its event arrives."""
    chat = Chat(World(), chat=ADMIN)
    chat.world.inspection.found = problems
    assert await chat.say("/check") == "Проверяем таблицы. Список придёт сюда."
    assert chat.world.inspection.looked == 0
    await chat.events()
    return chat


async def test_check_sends_everything_to_the_admin_who_asks() -> None:
    """In messages that Telegram takes, each problem whole and with the link to its cell."""
    many = [replace(PHONE, cell=f"C{row}", link=f"{LINK[:-2]}{row}") for row in range(2, 102)]
    chat = await checked([BLANK, *many, CLOSED])
    said = chat.world.messenger.to(ADMIN)
    assert len(said) > 1
    assert all(size(text) <= 4096 for text in said)
    listed = "\n".join(said).splitlines()
    assert listed[0].startswith("В таблицах 101 ошибка и 1 замечание.")
    assert listed[1:3] == ["• «Авторизация», ячейка C2: Телефон не читается. Впишите номер.", f"{LINK[:-2]}2"]
    assert listed[-2:] == [
        "• «Акции»: Таблица не открывается.",
        "• «Авторизация», ячейка A22 (замечание): Строка 22 пустая.",
    ]
    assert all(text.startswith(("В таблицах", "•")) for text in said)
    assert not any(message.preview for message in chat.world.messenger.said)


async def test_check_of_sheets_that_are_right() -> None:
    """The admin waits for an answer."""
    assert (await checked([])).world.messenger.to(ADMIN) == ["В таблицах всё в порядке."]


async def test_the_check_twice_sends_once() -> None:
    """Pub/Sub repeats the event; after an outage in its middle only the rest is sent."""
    chat = Chat(World(), chat=ADMIN)
    chat.world.inspection.found = [PHONE] * 100
    await chat.say("/check")
    say, left = chat.world.messenger.say, 2

    async def out_of_reach_after_two(message: Say) -> int:
        nonlocal left
        left -= 1
        if left == -1:
            raise Unavailable("telegram: 502")
        return await say(message)

    chat.world.messenger.say = out_of_reach_after_two  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        await chat.events()
    await chat.events_again()
    await chat.events_again()
    said = chat.world.messenger.to(ADMIN)
    assert "\n".join(said).count("•") == 100


async def test_to_everybody_else_check_is_unknown() -> None:
    """A partner and a stranger learn nothing of it, and no event of theirs is heard."""
    chat = Chat()
    assert await chat.say("/check") == texts.UNKNOWN_COMMAND
    assert await Chat(chat=777).say("/check") == texts.INVITATION
    assert not chat.world.events.published
    await chat.event({"kind": "sheets.check", "chat": 501, "update": "1"})
    assert not chat.world.messenger.said
