"""A press on an older message of the bot acts on what that message was about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import texts
from shared.domain.knowledge import Entry
from shared.domain.status import Status
from tests.fakes import LOGO
from tests.usecases.chat import Chat

BOOK = Entry(id="kb-2", question="Где брендбук?", answer="В разделе «Бренд».")
CALL = "Позовите менеджера, макет не приходит"


def sent(chat: Chat) -> int:
    """The number of the bot's message that is sent now."""
    return next(chat.messages)


async def asked(chat: Chat) -> list[int]:
    """Three questions are answered; gives the numbers of the answers."""
    chat.world.knowledge.listed = [LOGO, BOOK]
    numbers = []
    for question in (LOGO.question, BOOK.question, LOGO.question.upper()):
        await chat.say(question)
        numbers.append(sent(chat))
    return numbers


@pytest.mark.parametrize(("answer", "question"), [(0, LOGO.question), (1, BOOK.question), (2, LOGO.question.upper())])
async def test_the_question_of_that_answer_is_handed_over(answer: int, question: str) -> None:
    """«Позвать специалиста» under one of three answers, all given within the same minute."""
    chat = Chat()
    numbers = await asked(chat)
    await chat.update(chat.pressed(f"call:{(await chat.appeal()).id}", under=numbers[answer]))
    assert (await chat.appeal()).question == f"› {question}"


async def test_a_button_of_nobody_knows_when_is_about_the_newest_question() -> None:
    """Rows and updates of an earlier version do not tell."""
    chat = Chat()
    await asked(chat)
    await chat.update(chat.pressed(f"call:{(await chat.appeal()).id}", under=0))
    assert (await chat.appeal()).question == f"› {LOGO.question.upper()}"


async def test_an_old_cancellation_takes_back_no_later_call() -> None:
    """The partner reads that the question waits, with a button that takes this call back."""
    chat = Chat()
    await chat.say(CALL)
    old = sent(chat)
    cancel = f"cancel:{(await chat.appeal()).id}"
    assert await chat.update(chat.pressed(cancel, under=old)) == texts.CALL_CANCELLED
    await chat.say("Позовите менеджера, счёт не приходит")
    appeal = await chat.appeal()
    assert await chat.update(chat.pressed(cancel, under=old)) == texts.handed_over(appeal.number)
    assert (await chat.appeal()).status == Status.HANDED_OVER
    assert await chat.press(cancel) == texts.CALL_CANCELLED


async def test_the_order_of_messages_counts_where_it_is_known() -> None:
    """A button below the call takes it back, whatever date its message bears."""
    chat = Chat()
    await chat.say(CALL)
    chat.world.clock.advance(60)
    cancel = chat.pressed(f"cancel:{(await chat.appeal()).id}", under=sent(chat))
    assert await chat.update(replace(cancel, button_sent_at=1_600_000_000)) == texts.CALL_CANCELLED


async def test_details_leave_the_cancellation_as_it_is() -> None:
    """What is added to a call belongs to it."""
    chat = Chat()
    await chat.say(CALL)
    number = sent(chat)
    await chat.say("И счёт тоже")
    cancel = f"cancel:{(await chat.appeal()).id}"
    assert await chat.update(chat.pressed(cancel, under=number)) == texts.CALL_CANCELLED


async def test_an_old_reply_closes_no_later_question() -> None:
    """The partner is asked whether the question that waits is solved as well; the new button closes."""
    chat = Chat()
    await chat.say(CALL)
    await chat.person(reply="Отправили")
    reply = sent(chat)
    await chat.say("А счёт где?")
    appeal = await chat.appeal()
    assert await chat.update(chat.pressed(f"solved:{appeal.id}", under=reply)) == texts.STILL_WAITS
    assert chat.world.messenger.said[-1].buttons[0][0].data == f"solved:{appeal.id}"
    now = await chat.appeal()
    assert (now.is_resolved, now.question) == (False, "› А счёт где?")
    assert await chat.press(f"solved:{appeal.id}") == texts.resolved(appeal.number)


async def test_thanks_do_not_keep_an_appeal_open() -> None:
    """«Спасибо», then «Вопрос решён» under the reply: closed."""
    chat = Chat()
    await chat.say(CALL)
    await chat.person(reply="Отправили")
    reply = sent(chat)
    await chat.say("Спасибо, помогли!")
    appeal = await chat.appeal()
    assert await chat.update(chat.pressed(f"solved:{appeal.id}", under=reply)) == texts.resolved(appeal.number)


async def test_a_call_by_a_button_is_not_taken_back_by_an_older_message() -> None:
    """Of such a call only the time is known."""
    chat = Chat()
    call = await chat.offered("call")
    cancel = call.replace("call", "cancel")
    await chat.press(call)
    old = int(chat.world.clock.now())
    await chat.press(cancel)
    chat.world.clock.advance(60)
    told = await chat.press(call)
    assert await chat.update(replace(chat.pressed(cancel), button_sent_at=old)) == told
    assert (await chat.appeal()).status == Status.HANDED_OVER
    now = int(chat.world.clock.now())
    assert await chat.update(replace(chat.pressed(cancel), button_sent_at=now)) == texts.CALL_CANCELLED
