"""Sheets, Telegram or Pub/Sub fail for a while: nothing is lost, nothing is said twice."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.status import Status
from shared.ports import Action, Unavailable, Verdict
from tests.fakes import LOGO
from tests.usecases.chat import Chat, replies_typed


async def test_a_long_outage_is_said_once() -> None:
    """Nothing can be recorded: the update waits at Telegram; after a minute the chat is told, once."""
    chat = Chat()
    chat.world.journal.failing = Unavailable("sheets: 503")
    for seconds in (0, 30, 40, 60, 90):
        chat.world.clock.advance(seconds)
        with pytest.raises(Unavailable):
            await (chat.again() if chat.last else chat.say(LOGO.question))
    assert chat.world.messenger.to(501) == [texts.LATE]
    chat.world.journal.failing = None
    assert await chat.again() == LOGO.answer


async def test_a_verdict_that_could_not_be_recorded_is_not_asked_for_again() -> None:
    """The journal fails after the model's answer: Telegram brings the update again, the model is not asked twice."""
    chat = Chat()
    outage = Unavailable("sheets: 503")

    class Breaking:
        async def consider(self, question: str, **kwargs: object) -> Verdict:
            asked.append(question)
            chat.world.journal.failing = outage
            return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    asked: list[str] = []
    chat.world.assistant = Breaking()  # type: ignore[assignment]
    with pytest.raises(Unavailable):
        await chat.say(LOGO.question)
    chat.world.journal.failing = None
    assert await chat.again() == LOGO.answer
    assert asked == [LOGO.question]


async def test_a_lost_send_is_repaired_by_the_repeated_update() -> None:
    """Recorded but not sent: the update comes again and the recorded reply leaves."""
    chat = Chat()
    chat.world.messenger.failing.append(Unavailable("telegram: timed out"))
    with pytest.raises(Unavailable):
        await chat.say(LOGO.question)
    assert await chat.again() == LOGO.answer
    assert len((await chat.appeal()).lines) == 2


async def test_a_notice_that_could_not_be_published_is_published_again() -> None:
    """Handed over in the sheet, but Pub/Sub failed: the repeated update publishes."""
    chat = Chat()
    chat.world.events.failing.append(Unavailable("pubsub: 503"))
    with pytest.raises(Unavailable):
        await chat.say("Позовите менеджера")
    assert "Позвали специалиста" in await chat.again()
    assert len(chat.world.events.published) == 1


@pytest.mark.parametrize("what", ["reply", "closing", "notice"])
async def test_what_was_sent_is_not_sent_again_while_the_sheet_is_out_of_reach(what: str) -> None:
    """The message has left, its record fails five times: the event comes again, the message does not."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    if what != "notice":
        await chat.events()
        closing = Status.RESOLVED if what == "closing" else None
        chat.world.journal.person_sets(appeal.id, reply="Готово" if what == "reply" else None, status=closing)
    event = chat.world.events.published[-1] if what == "notice" else replies_typed(appeal)
    said = len(chat.world.messenger.said)
    chat.world.journal.failing_writes = 5
    for _ in range(5):
        with pytest.raises(Unavailable):
            await chat.event(event)
    await chat.event(event)
    assert len(chat.world.messenger.said) == said + 1
