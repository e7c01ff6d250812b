"""«Контакт для партнёров»: how the company is reached by whom the bot cannot help."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.preferences import Preferences
from shared.ports import ChatGone, NeedsRepair, Refused, Unavailable
from tests.fakes import ADMIN, ANNA, World
from tests.usecases.chat import Chat

CONTACT = "8 800 000-00-00, Пн–Пт 9–18"
LINE = f"\nСвязаться с нами: {CONTACT}"
STRANGER = 777
WRONG = "00999 8 999 000-11-22"
ASKS = "Позовите менеджера"


def stranger(contact: str = CONTACT) -> Chat:
    chat = Chat(World(), chat=STRANGER)
    chat.world.preferences.said = Preferences(contact=contact)
    return chat


async def test_a_stranger_who_asks_for_a_person() -> None:
    """The invitation and the contact; whoever asks something else reads the invitation alone."""
    chat = stranger()
    assert await chat.say("Где логотип?") == texts.INVITATION
    assert await chat.say(ASKS) == texts.INVITATION + LINE
    assert await chat.press("call:a777-10-1795345380") == texts.INVITATION + LINE
    assert await chat.press("cancel:a777-10-1795345380") == texts.INVITATION


async def test_no_contact_nothing_is_said_of_it() -> None:
    """Also where the settings cannot be read: nobody waits for them in vain."""
    assert await stranger(contact="").say(ASKS) == texts.INVITATION
    chat = stranger()
    chat.world.preferences.failing = Unavailable("sheets: 503")
    assert await chat.say(ASKS) == texts.INVITATION


async def test_from_the_third_wrong_pair_on() -> None:
    """Twice it may be a slip; at the fifth comes the pause, which tells it, too."""
    chat = stranger()
    said = [await chat.say(WRONG) for _ in range(6)]
    assert said[:2] == [texts.NOT_FOUND] * 2
    assert said[2:5] == [texts.NOT_FOUND + LINE] * 3
    assert said[5] == texts.paused(10) + LINE


async def test_where_another_account_has_logged_in() -> None:
    """Who has changed the account cannot mend it alone."""
    assert await stranger().say(f"{ANNA.code} {ANNA.phone}") == texts.TAKEN + LINE


async def test_the_late_notice() -> None:
    """By what was known last: the sheet cannot be asked now."""
    chat = stranger()
    chat.world.directory.failing = NeedsRepair("sheets", place="вкладка «Авторизация»", problem="нет столбца")
    with pytest.raises(NeedsRepair):
        await chat.say("Где логотип?")
    assert chat.world.messenger.to(STRANGER) == [texts.LATE + LINE]


async def test_the_bots_description_follows_the_sheet() -> None:
    """Written once a day; that it fails stops nothing else."""
    chat = stranger()
    await chat.event({"kind": "daily"})
    assert chat.world.messenger.description == texts.DESCRIPTION + LINE
    chat.world.preferences.said = Preferences()
    await chat.event({"kind": "daily"})
    assert chat.world.messenger.description == texts.DESCRIPTION

    async def refused(text: str) -> None:
        raise Refused("telegram: 400")

    chat.world.messenger.describe = refused  # type: ignore[method-assign]
    await chat.event({"kind": "daily"})


async def test_an_admin_is_told_of_a_stranger_who_asks_for_a_person() -> None:
    """Once a day, whichever instances of the webhook the stranger met, and with the words as they were written."""
    chat = stranger()
    await chat.say("Здравствуйте")
    await chat.say(ASKS)
    chat.memory = chat.world.memory()
    await chat.say(ASKS)
    await chat.events()
    assert chat.world.messenger.to(ADMIN) == [
        "Просит специалиста, но не вошёл: Telegram ID 777. Ответьте ему сами; сегодня больше о нём не напомним."
    ]
    assert chat.world.messenger.forwarded == [(ADMIN, STRANGER, 11)]
    chat.world.clock.advance(24 * 3600 + 1)
    await chat.say(ASKS)
    await chat.events()
    assert len(chat.world.messenger.to(ADMIN)) == 2


async def test_nothing_of_a_stranger_is_in_the_event_or_the_log() -> None:
    """Ids, and no words."""
    chat = stranger()
    await chat.say(ASKS)
    await chat.events()
    assert chat.world.events.published == [{"kind": "stranger.asks", "chat": STRANGER, "message": 10}]
    assert not chat.world.log.lines


async def test_a_stranger_is_not_forgotten_in_an_outage() -> None:
    """Neither when nothing can be published nor when no admin can be told."""
    chat = stranger()
    chat.world.events.failing = [Unavailable("pubsub: 503")]
    assert await chat.say(ASKS) == texts.INVITATION + LINE
    await chat.say(ASKS)
    chat.world.messenger.failing = [Unavailable("telegram: 502")]
    with pytest.raises(Unavailable):
        await chat.events()
    await chat.events_again()
    await chat.events_again()
    assert len(chat.world.messenger.to(ADMIN)) == 1


async def test_a_stranger_who_stopped_the_bot_is_told_of_all_the_same() -> None:
    """Their message cannot be forwarded."""
    chat = stranger()

    async def gone(chat: int, *, of: int, message: int) -> None:
        raise ChatGone("telegram: message to forward not found")

    chat.world.messenger.forward = gone  # type: ignore[method-assign]
    await chat.say(ASKS)
    await chat.events()
    assert len(chat.world.messenger.to(ADMIN)) == 1
