"""What the specialists are told of a hand-over."""

from __future__ import annotations

from dataclasses import replace

from shared.domain import texts
from shared.domain.row_links import row_link
from shared.ports import ChatGone
from tests.fakes import ADMIN, LINK_SECRETS, LOGO, SPECIALISTS, World
from tests.usecases.chat import Chat


async def test_hand_over_tells_the_specialists_once() -> None:
    """One notice with partner, question and link, however often its event comes."""
    chat = Chat()
    await chat.say(LOGO.question)
    answer = await chat.say("Позовите менеджера")
    await chat.events()
    await chat.events_again()
    appeal = await chat.appeal()
    assert answer == texts.handed_over(appeal.number)
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "Белова Анна Петровна" in notice
    assert row_link("https://bot.example", appeal.id, LINK_SECRETS) in notice.splitlines()


async def test_no_preview_opens_the_link_of_a_notice() -> None:
    """Telegram would fetch it to show what it leads to: neither in the group nor in an admin's chat."""
    for specialists in (SPECIALISTS, None):
        chat = Chat(World(specialists_chat=specialists))
        await chat.say("Позовите менеджера")
        await chat.events()
        [notice] = [said for said in chat.world.messenger.said if "/r/a" in said.text]
        assert not notice.preview


async def test_the_notice_tells_what_was_asked() -> None:
    """«Позовите специалиста» alone says nothing: the question before it stands in the notice."""
    chat = Chat()
    await chat.say("Когда выставка?")
    await chat.say("Позовите специалиста")
    await chat.events()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "Когда выставка? · Позовите специалиста" in notice


async def test_without_a_specialists_chat_the_admins_are_told() -> None:
    """SPECIALISTS_CHAT_ID is optional."""
    chat = Chat(World(specialists_chat=None))
    await chat.say("Позовите менеджера")
    await chat.events()
    assert len(chat.world.messenger.to(ADMIN)) == 1


async def test_a_specialists_chat_that_does_not_take_the_bot() -> None:
    """The admins are told: somebody has to know that a partner waits."""
    chat = Chat()
    chat.world.messenger.gone[SPECIALISTS] = ChatGone("bot was kicked from the group chat")
    await chat.say("Позовите менеджера")
    await chat.events()
    await chat.events_again()
    assert len(chat.world.messenger.to(ADMIN)) == 1


async def test_a_corrected_name_does_not_lose_the_question() -> None:
    """The partner is known by the name under which the appeal was opened as well."""
    chat = Chat()
    await chat.say("Когда выставка?")
    appeal = await chat.appeal()
    chat.world.journal.rows[appeal.id] = replace(appeal, name="Белова-Серова Анна")
    await chat.press(f"call:{appeal.id}")
    await chat.events()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "Белова-Серова Анна: Когда выставка?" in notice


async def test_a_hand_over_answered_before_its_event_came_is_noticed_all_the_same() -> None:
    """One notice for each: that a specialist has it already stands in it."""
    chat = Chat()
    await chat.say("Когда выставка?")
    await chat.say("Позовите специалиста")
    await chat.person(reply="В мае")
    await chat.events()
    await chat.events_again()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert notice.startswith("✅ Уже у специалиста")
    assert "Позовите специалиста" in notice


async def test_a_call_taken_back_before_its_event_came_bothers_nobody() -> None:
    """Nobody waits; the next call is a hand-over of its own."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.press(f"cancel:{(await chat.appeal()).id}")
    await chat.events()
    assert chat.world.messenger.to(SPECIALISTS) == []
    chat.world.clock.advance(60)
    await chat.say("Позовите менеджера")
    await chat.events()
    await chat.events_again()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1
