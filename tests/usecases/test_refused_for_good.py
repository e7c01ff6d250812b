"""What Google refuses for good is told to the partner and to who can repair it, and nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import admin_texts, texts
from shared.domain.access import code_mark
from shared.domain.status import Status
from shared.ports import Refused, Unavailable
from tests.fakes import ADMIN, ANNA, LOGO, SPECIALISTS
from tests.usecases.chat import BUTTONS, Chat
from tests.usecases.test_long_outages import BROKEN

CALL = "Позовите менеджера, макет не приходит"
NO_RIGHT = Refused("pubsub: 403")


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_press_on_a_protected_row(button: str) -> None:
    """The partner reads that it failed, not once a press; an admin which row takes no writes, once; later it works."""
    chat = Chat()
    data = await chat.offered(button)
    before = await chat.appeal()
    chat.world.journal.protected = {"row"}
    assert [await chat.press(data) for _ in range(2)] == [texts.PRESS_FAILED, ""]
    chat.world.clock.advance(60)
    assert await chat.press(data) == texts.PRESS_FAILED
    assert chat.world.messenger.to(ADMIN) == [admin_texts.cannot_be_recorded(before.number)]
    assert (await chat.appeal()).status == before.status
    chat.world.journal.protected = set()
    assert await chat.press(data) != texts.PRESS_FAILED
    assert (await chat.appeal()).status != before.status


async def test_a_login_that_cannot_be_freed() -> None:
    """The tab is protected: the admin reads at once that the press failed."""
    admin = Chat(chat=ADMIN)
    admin.world.directory.failing = Refused("sheets: 400")
    assert await admin.press(f"free:{ANNA.chat}:{code_mark(ANNA.code)}") == texts.PRESS_FAILED


async def refused(chat: Chat) -> None:
    """Pub/Sub refuses everything that is published during the next updates."""
    chat.world.events.failing = [NO_RIGHT] * 9


@pytest.mark.parametrize("by", ["message", "press"])
async def test_a_hand_over_whose_event_is_refused(by: str) -> None:
    """It stands, the partner reads so, an admin hears of the channel by Telegram, and the sweep tells it afterwards."""
    chat = Chat()
    await chat.say(LOGO.question)
    await refused(chat)
    answer = await (chat.say(CALL) if by == "message" else chat.press(f"call:{(await chat.appeal()).id}"))
    appeal = await chat.appeal()
    assert (answer, appeal.status) == (texts.handed_over(appeal.number), Status.HANDED_OVER)
    chat.world.clock.advance(300)
    await chat.event({"kind": "sweep"})
    assert chat.world.messenger.to(SPECIALISTS) == []
    chat.world.events.failing = []
    for _ in range(2):
        chat.world.clock.advance(300)
        await chat.event({"kind": "sweep"})
        await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1


async def test_the_channel_is_told_once_a_day() -> None:
    """However many hand-overs it takes none of; on the next day again."""
    chat = Chat()
    await refused(chat)
    for _ in range(3):
        await chat.say(CALL)
        await chat.press(f"cancel:{(await chat.appeal()).id}")
    assert chat.world.messenger.to(ADMIN) == [admin_texts.CANNOT_BE_PUBLISHED]
    chat.world.clock.advance(86_401)
    await chat.say(CALL)
    assert chat.world.messenger.to(ADMIN) == [admin_texts.CANNOT_BE_PUBLISHED] * 2


async def test_a_broken_sheet_that_cannot_be_published() -> None:
    """The admin hears of both, the sheet and the channel."""
    chat = Chat()
    chat.world.journal.failing = BROKEN
    await refused(chat)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await chat.say(LOGO.question)
    channel, sheet = chat.world.messenger.to(ADMIN)
    assert channel == admin_texts.CANNOT_BE_PUBLISHED
    assert "нет столбца «Статус»" in sheet


async def test_an_admin_who_asks_for_the_problems() -> None:
    """The command cannot be passed on: its answer says why."""
    admin = Chat(chat=ADMIN)
    admin.world.directory.partners = [replace(ANNA, chat=ADMIN)]
    await refused(admin)
    assert await admin.say(admin_texts.CHECK) == admin_texts.CANNOT_BE_PUBLISHED
