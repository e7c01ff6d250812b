"""Greetings and thanks."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.status import Status
from shared.ports import Action, Verdict
from tests.fakes import LOGO
from tests.usecases.chat import Chat

POLITE = Verdict(action=Action.COURTESY)
CALL = "Позовите менеджера, макет не приходит"
DAY_S = 24 * 3600


async def closed() -> Chat:
    """A chat whose appeal a specialist has closed, the partner told."""
    chat = Chat()
    await chat.say(CALL)
    await chat.person(status=Status.RESOLVED)
    return chat


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Здравствуйте", texts.greeting("Анна")),
        ("Добрый день!", texts.greeting("Анна")),
        ("спасибо", texts.THANKS),
        ("👍", texts.THANKS),
        ("Здравствуйте, спасибо за ответ", texts.THANKS),
    ],
)
async def test_a_greeting_is_greeted_and_thanks_are_welcome(said: str, answer: str) -> None:
    """The assistant finds that nothing is asked; which courtesy it is, the words tell."""
    chat = Chat()
    chat.world.assistant.verdicts = [POLITE]
    assert await chat.say(said) == answer
    assert (await chat.appeal()).status == Status.ANSWERED


@pytest.mark.parametrize("thanks", ["спасибо", "Спасибо, всё понятно!", "ок", "👍"])
async def test_thanks_after_the_closing_join_the_closed_appeal(thanks: str) -> None:
    """Within a day: a line of the closed row, which stays closed; nobody waits, no model is asked."""
    chat = await closed()
    chat.world.clock.advance(DAY_S - 60)
    assert await chat.say(thanks) == texts.THANKS
    appeal = await chat.appeal()
    assert len(chat.world.journal.rows) == 1
    assert (appeal.status, appeal.waiting_since, appeal.question) == (Status.RESOLVED, "—", "—")
    assert [line.text for line in appeal.lines[:2]] == [texts.THANKS, thanks]
    assert not chat.world.assistant.asked
    assert await chat.person(status=Status.RESOLVED) == []


async def test_thanks_a_day_later_open_nothing() -> None:
    """They are answered, and the row is left alone."""
    chat = await closed()
    before = await chat.appeal()
    chat.world.clock.advance(DAY_S + 60)
    assert await chat.say("спасибо") == texts.THANKS
    assert (await chat.appeal()) == before


async def test_thanks_that_come_again_are_noted_once() -> None:
    """Telegram brings the update once more, also to a new instance."""
    chat = await closed()
    await chat.say("спасибо")
    lines = (await chat.appeal()).lines
    assert await chat.again(on_new_instance=True) == texts.THANKS
    assert (await chat.appeal()).lines == lines


async def test_a_closed_row_that_takes_no_line() -> None:
    """It is full: the partner is answered all the same."""
    chat = await closed()
    chat.world.journal.full = {(await chat.appeal()).id}
    assert await chat.say("спасибо") == texts.THANKS


@pytest.mark.parametrize("text", ["спасибо, а где счёт?", "Здравствуйте", LOGO.question])
async def test_anything_else_after_the_closing_opens_an_appeal(text: str) -> None:
    """More than thanks is a new question, and so is what a greeting begins."""
    chat = await closed()
    await chat.say(text)
    assert len(chat.world.journal.rows) == 2


async def test_thanks_while_specialists_have_the_appeal_are_theirs() -> None:
    """They are journaled, and nobody answers for them."""
    chat = Chat()
    await chat.say(CALL)
    assert await chat.say("спасибо") == "👀"
