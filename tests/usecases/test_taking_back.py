"""«Отменить вызов»: the partner takes the hand-over back."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.status import Status
from tests.fakes import LOGO
from tests.usecases.chat import Chat


async def test_the_call_can_be_taken_back() -> None:
    """«Отменить вызов» works until a specialist acts; then the assistant speaks again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    assert await chat.press(f"cancel:{appeal.id}") == texts.CALL_CANCELLED
    assert await chat.say(LOGO.question) == LOGO.answer


async def test_the_call_taken_back_twice() -> None:
    """The second press promises nobody's answer."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    cancel = f"cancel:{(await chat.appeal()).id}"
    await chat.press(cancel)
    chat.world.clock.advance(60)
    assert await chat.press(cancel) == texts.CALL_CANCELLED


async def test_the_call_cannot_be_taken_back_from_a_specialist_who_acted() -> None:
    """Once somebody works on it the status stands."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    await chat.person(status=Status.IN_WORK)
    assert await chat.press(f"cancel:{appeal.id}") == texts.CALL_TOO_LATE
    assert (await chat.appeal()).status == Status.IN_WORK


async def test_a_closed_appeal_cannot_be_called_back() -> None:
    """The partner reads that it is closed, not that somebody works on it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    await chat.person(status=Status.RESOLVED)
    assert await chat.press(f"cancel:{appeal.id}") == texts.resolved(appeal.number)


async def test_a_cancellation_that_a_specialist_outruns() -> None:
    """«В работе» typed while «Отменить вызов» is written: it stands, the question waits, the journal says so."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    before = await chat.appeal()
    await chat.person_acts_before_the_write(Status.IN_WORK)
    assert await chat.press(f"cancel:{before.id}") == texts.CALL_TOO_LATE
    now = await chat.appeal()
    assert (now.status, now.question, now.waiting_since) == (Status.IN_WORK, before.question, before.waiting_since)
    assert now.lines[0].text == texts.CANCEL_CAME_LATE
