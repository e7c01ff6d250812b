"""What a person chose between our read and our write stands."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import Action, Unavailable, Verdict
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat


async def test_a_specialist_who_was_faster_silences_the_assistant() -> None:
    """The write brings the status back: taken over during the model's time, the answer is dropped."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal = await chat.appeal()

    class Slow:
        async def consider(self, *args: object, **kwargs: object) -> Verdict:
            chat.world.journal.person_sets(appeal.id, status=Status.IN_WORK)
            return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    chat.world.assistant = Slow()  # type: ignore[assignment]
    assert await chat.say("А в каком формате?") == "👀"
    now = await chat.appeal()
    assert now.status == Status.IN_WORK
    assert (now.lines[0].text, now.lines[2].text) == (texts.ANSWER_DROPPED, "А в каком формате?")
    assert now.waiting_since != NOTHING


@pytest.mark.parametrize("question", ["Позовите менеджера", "Где мой договор?"], ids=["asked", "escalated"])
async def test_a_question_for_a_specialist_in_an_appeal_that_is_closed_meanwhile(question: str) -> None:
    """«Решено» typed while the hand-over is written stays; the question waits in a new appeal, told once."""
    chat = Chat()
    await chat.say(LOGO.question)
    closed = (await chat.appeal()).id
    chat.world.assistant.verdicts = [Verdict(action=Action.ESCALATE)]
    await chat.person_acts_before_the_write(Status.RESOLVED)
    answer = await chat.say(question)
    opened = await chat.appeal()
    assert answer == texts.handed_over(opened.number)
    assert (opened.status, opened.lines[0].text) == (Status.HANDED_OVER, question)
    old = await chat.world.journal.find(closed)
    assert old is not None
    assert (old.status, old.waiting_since, old.question) == (Status.RESOLVED, NOTHING, NOTHING)
    assert old.lines[0].text == texts.moved_to_new(opened.number)
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1
    await chat.again(on_new_instance=True)
    assert (await chat.appeal()).id == opened.id


async def test_more_words_for_a_specialist_in_an_appeal_that_is_closed_meanwhile() -> None:
    """«Решено» typed while the partner adds something: it waits in a new appeal, and the partner reads so."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    closed = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.RESOLVED)
    answer = await chat.say("И ещё макет")
    opened = await chat.appeal()
    assert opened.id != closed
    assert answer == texts.handed_over(opened.number)


async def test_a_process_that_dies_before_the_new_appeal_is_opened() -> None:
    """The update is recorded in the closed row only: when it comes again the question is not lost."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    closed = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.RESOLVED)
    chat.world.journal.failing_opens = 1
    with pytest.raises(Unavailable):
        await chat.say("И ещё макет")
    assert (await chat.appeal()).id == closed
    answer = await chat.again(on_new_instance=True)
    opened = await chat.appeal()
    assert (opened.status, answer) == (Status.HANDED_OVER, texts.handed_over(opened.number))


async def test_an_answer_in_an_appeal_that_is_closed_meanwhile() -> None:
    """«Решено» typed during the model's time: the answer stands in the closed appeal, and is sent."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person_acts_before_the_write(Status.RESOLVED)
    assert await chat.say(LOGO.question) == LOGO.answer
    appeal = await chat.appeal()
    assert (appeal.status, appeal.lines[0].text) == (Status.RESOLVED, LOGO.answer)


@pytest.mark.parametrize("typed", [{"reply": "Сейчас пришлю"}, {"owner": "Иванов"}], ids=["reply", "owner"])
async def test_a_call_that_a_specialist_has_taken_up_is_not_cancelled(typed: dict[str, str]) -> None:
    """A reply or an owner typed while «Отменить вызов» is written: the question waits as it did."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    before = await chat.appeal()
    await chat.person_acts_before_the_write(**typed)
    assert await chat.press(f"cancel:{before.id}") == texts.CALL_TOO_LATE
    now = await chat.appeal()
    assert (now.status, now.question, now.waiting_since) == (before.status, before.question, before.waiting_since)


@pytest.mark.parametrize("by", ["message", "press"])
async def test_back_to_the_assistant_between_read_and_write_stands(by: str) -> None:
    """«Ответ ИИ» typed while the hand-over is written: it stands, nobody waits, and the partner can call again."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal_id = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.NEW)
    answer = await (chat.say("Позовите менеджера") if by == "message" else chat.press(f"call:{appeal_id}"))
    appeal = await chat.appeal()
    assert answer == texts.CALL_AGAIN
    assert (appeal.status, appeal.question, appeal.waiting_since) == (Status.NEW, NOTHING, NOTHING)
    await chat.events()
    assert chat.world.messenger.to(SPECIALISTS) == []
    assert await chat.say("да") == texts.handed_over(appeal.number)


async def test_a_specialist_who_begins_while_the_partner_adds_something() -> None:
    """«В работе» between read and write: the message is acknowledged, not handed over again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.events()
    await chat.person_acts_before_the_write(Status.IN_WORK)
    assert await chat.say("И ещё макет") == "👀"
    assert len(chat.world.events.published) == 1


@pytest.mark.parametrize("status", [Status.IN_WORK, Status.HANDED_OVER])
async def test_a_specialist_who_takes_over_while_the_answer_is_written(status: Status) -> None:
    """After the last look, before the write: the answer is not sent, the journal says so, and the question waits."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person_acts_before_the_write(status)
    assert await chat.say(LOGO.question) == "👀"
    appeal = await chat.appeal()
    assert (appeal.status, appeal.lines[0].text) == (status, texts.ANSWER_DROPPED)
    assert appeal.waiting_since != NOTHING
    assert await chat.again(on_new_instance=True) == "👀"
