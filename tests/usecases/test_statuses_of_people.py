"""A status that is none of the bot's is a person's will: the assistant is silent under it."""

from __future__ import annotations

from dataclasses import replace

from shared.domain import texts
from shared.domain.status import Status
from tests.fakes import LOGO
from tests.usecases.chat import Chat

WAITING = "Ждём бухгалтерию"


async def test_an_unknown_status_silences_the_assistant() -> None:
    """A person typed a status of their own: what the partner writes then is journaled, and no model answers it."""
    chat = Chat()
    assert await chat.say(LOGO.question) == LOGO.answer
    await chat.person(status=WAITING)
    assert await chat.say(LOGO.question) == "👀"
    assert chat.world.assistant.asked == [LOGO.question]
    appeal = await chat.appeal()
    assert (appeal.status, appeal.lines[0].text) == (WAITING, LOGO.question)


async def test_an_unknown_status_is_remembered_of_a_confused_row() -> None:
    """Half of the columns were sorted: the state cell tells that a person had the appeal, so a specialist gets it."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person(status=WAITING)
    await chat.say("И ещё макет")
    appeal = await chat.appeal()
    assert appeal.known_trace.status == WAITING
    chat.world.journal.half_sorted(appeal.id, status=Status.ANSWERED)
    assert await chat.say(LOGO.question) == texts.handed_over((await chat.appeal()).number)


async def test_a_call_that_a_specialist_has_begun_to_answer_is_not_cancelled() -> None:
    """A reply is typed and its event is still on its way: «Отменить вызов» comes too late."""
    chat = Chat()
    cancel = await chat.offered("cancel")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Сейчас пришлю")
    assert await chat.press(cancel) == texts.CALL_TOO_LATE
    assert (await chat.appeal()).status == Status.HANDED_OVER


async def test_a_call_that_has_an_owner_is_not_cancelled() -> None:
    """Somebody entered their name under «Ответственный»: the question is theirs, whatever the status says."""
    chat = Chat()
    cancel = await chat.offered("cancel")
    appeal = await chat.appeal()
    chat.world.journal.rows[appeal.id] = replace(appeal, owner="Иванова")
    assert await chat.press(cancel) == texts.CALL_TOO_LATE
    assert (await chat.appeal()).status == Status.HANDED_OVER
