"""Who has not logged in yet."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.status import Status
from tests.fakes import ANNA, LOGO
from tests.usecases.chat import Chat


async def test_a_stranger_is_invited_and_leaves_no_trace() -> None:
    """Not authorised: the invitation, nothing journaled, no model call."""
    chat = Chat(chat=777)
    assert await chat.say(LOGO.question) == texts.INVITATION
    assert not chat.world.journal.rows
    assert not chat.world.assistant.asked


async def test_a_stranger_may_log_in_by_message() -> None:
    """Code and phone in one message log in, and the message is deleted."""
    chat = Chat(chat=777)
    assert await chat.say("№ 00777 8 (999) 000-11-22") == texts.welcome("Борис")
    assert chat.world.messenger.deleted == [(777, 10)]
    assert await chat.say(LOGO.question) == LOGO.answer


async def test_a_login_that_comes_again_is_no_question() -> None:
    """The partner is known by then: the message is deleted, nothing of it journaled or shown to the model."""
    chat = Chat(chat=777)
    await chat.say("00777 89990001122")
    assert await chat.again(on_new_instance=True) == texts.welcome("Борис")
    assert not chat.world.journal.rows
    assert not chat.world.assistant.asked
    assert len(chat.world.messenger.deleted) == 2


@pytest.mark.parametrize("text", ["Б24 +7 912 345-67-00", "00777 89990001123"])
async def test_a_partners_message_that_looks_like_a_login_is_a_message(text: str) -> None:
    """A specialist may have asked for it: journaled, not deleted, whatever the number of tries."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    for _ in range(7):
        assert await chat.say(text) == "👀"
    assert not chat.world.messenger.deleted
    assert [line.text for line in (await chat.appeal()).lines].count(text) == 7


async def test_another_partners_button_does_nothing_to_them() -> None:
    """A press speaks only for its own chat."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    stranger = Chat(chat.world, chat=777)
    await stranger.say("00777 89990001122")
    assert await stranger.press(f"cancel:{appeal.id}") == texts.NO_SUCH_APPEAL
    assert (await chat.appeal()).status == Status.HANDED_OVER


async def test_a_partners_own_code_and_phone_are_deleted_whatever_was_tried() -> None:
    """Also when six other messages have looked like logins."""
    chat = Chat()
    for _ in range(6):
        await chat.say("00777 89990001123")
    assert await chat.say(f"{ANNA.code} {ANNA.phone}") == texts.welcome("Анна")
    assert len(chat.world.messenger.deleted) == 1
