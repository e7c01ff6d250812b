"""What a partner asks after a reply has left, and before the sheet knows of it."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import Unavailable
from tests.usecases.chat import Chat


async def replied_and_not_recorded() -> tuple[Chat, dict[str, object]]:
    """The reply is with the partner, its record failed; gives the event, which comes again."""
    chat = Chat()
    await chat.say("Позовите менеджера по логотипу")
    row = (await chat.appeal()).id
    chat.world.journal.person_sets(row, reply="Готово")
    chat.world.clock.advance(5)
    edited: list[object] = [{"id": row, "row": 2, "edited": ["reply"], "by_hand": True}]
    event: dict[str, object] = {"kind": "appeals.edited", "appeals": edited, "published": chat.world.clock.now()}
    chat.world.journal.failing_writes = 1
    with pytest.raises(Unavailable):
        await chat.event(event)
    return chat, event


async def test_a_question_asked_meanwhile_waits() -> None:
    """The reply does not answer it: it alone stands in «Вопрос», and waits."""
    chat, event = await replied_and_not_recorded()
    chat.world.clock.advance(60)
    assert await chat.say("А баннер?") == "👀"
    await chat.event(event)
    appeal = await chat.appeal()
    assert (appeal.status, appeal.question, appeal.waiting_since) == (
        Status.IN_WORK,
        "› А баннер?",
        "2026-11-22 14:04:05",
    )


async def test_the_reply_is_not_sent_again_for_it() -> None:
    """The event is older than the question, however often and wherever it comes."""
    chat, event = await replied_and_not_recorded()
    chat.world.clock.advance(60)
    await chat.say("А баннер?")
    await chat.event(event)
    chat.events_memory = chat.world.memory()
    await chat.event(event)
    number = (await chat.appeal()).number
    assert chat.world.messenger.to(chat.chat).count(texts.reply(number, "Готово")) == 1
    assert (await chat.appeal()).question == "› А баннер?"


async def test_nothing_asked_meanwhile_nothing_waits() -> None:
    """The record that was late clears what the reply answered."""
    chat, event = await replied_and_not_recorded()
    await chat.event(event)
    appeal = await chat.appeal()
    assert (appeal.question, appeal.waiting_since) == (NOTHING, NOTHING)
