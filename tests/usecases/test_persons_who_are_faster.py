"""What a person chose between our read and our write stands."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import Action, Verdict
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat


async def test_a_specialist_who_was_faster_silences_the_assistant() -> None:
    """The status is read again after the model's answer: taken over meanwhile, the answer is dropped."""
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
    assert now.lines[0].text == "А в каком формате?"


async def test_what_a_person_chose_between_read_and_write_stands() -> None:
    """«Решено» typed while the hand-over is written stays, and the partner is not told of a specialist."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.person_acts_before_the_write(Status.RESOLVED)
    answer = await chat.say("Позовите менеджера")
    assert (await chat.appeal()).status == Status.RESOLVED
    assert "специалист" not in answer


@pytest.mark.parametrize("by", ["message", "press"])
async def test_back_to_the_assistant_between_read_and_write_stands(by: str) -> None:
    """«Ответ ИИ» typed while the hand-over is written: it stands, nobody waits, and the partner can call again."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal_id = (await chat.appeal()).id
    chat.person_acts_before_the_write(Status.NEW)
    answer = await (chat.say("Позовите менеджера") if by == "message" else chat.press(f"call:{appeal_id}"))
    appeal = await chat.appeal()
    assert answer == texts.CALL_AGAIN
    assert (appeal.status, appeal.waiting_since) == (Status.NEW, NOTHING)
    await chat.events()
    assert chat.world.messenger.to(SPECIALISTS) == []
    assert await chat.say("да") == texts.handed_over(appeal.number)


async def test_a_specialist_who_begins_while_the_partner_adds_something() -> None:
    """«В работе» between read and write: the message is acknowledged, not handed over again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.events()
    chat.person_acts_before_the_write(Status.IN_WORK)
    assert await chat.say("И ещё макет") == "👀"
    assert len(chat.world.events.published) == 1


@pytest.mark.parametrize("status", [Status.IN_WORK, Status.HANDED_OVER])
async def test_a_specialist_who_takes_over_while_the_answer_is_written(status: Status) -> None:
    """After the last look, before the write: the answer is not sent, the journal says so, and the question waits."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.person_acts_before_the_write(status)
    assert await chat.say(LOGO.question) == "👀"
    appeal = await chat.appeal()
    assert (appeal.status, appeal.lines[0].text) == (status, texts.ANSWER_DROPPED)
    assert appeal.waiting_since != NOTHING
    assert await chat.again(on_new_instance=True) == "👀"
