"""Half of the columns were sorted: the row is nobody's, and nobody is shown somebody else's half."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.status import Status
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import BUTTONS, Chat


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_button_under_a_confused_row_gets_an_answer(button: str) -> None:
    """Half of the columns were sorted: the partner reads what to do."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal = await chat.appeal()
    chat.world.journal.half_sorted(appeal.id, status=Status.ANSWERED)
    assert await chat.press(f"{button}:{appeal.id}") == texts.NO_SUCH_APPEAL


async def test_after_half_a_sort_the_assistant_stays_silent() -> None:
    """The row is confused, but the bot knows that a specialist had it: the message goes there, in a new appeal."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.half_sorted((await chat.appeal()).id, status=Status.ANSWERED)
    answer = await chat.say(LOGO.question)
    appeal = await chat.appeal()
    assert answer == texts.handed_over(appeal.number)
    assert appeal.status == Status.HANDED_OVER
    assert not chat.world.assistant.asked
    assert await chat.say("Ещё вопрос") == "👀"


async def test_after_half_a_sort_of_an_answered_appeal_the_assistant_goes_on() -> None:
    """In a new appeal; the status of the stranger's half says nothing."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.world.journal.half_sorted((await chat.appeal()).id, status=Status.HANDED_OVER)
    assert await chat.say(LOGO.question) == LOGO.answer
    assert len(chat.world.journal.rows) == 2


async def test_a_hand_over_in_a_confused_row_names_nobody_else() -> None:
    """Half of the columns were sorted before the event came: the notice goes out, without the stranger's name."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.half_sorted((await chat.appeal()).id, status=Status.RESOLVED)
    await chat.events()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "строка перепутана: Позовите менеджера" in notice
