"""With a specialist: what the partner writes waits there, and the assistant is silent."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal
from shared.domain.status import Status
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat


async def test_the_assistant_is_silent_while_a_specialist_has_it() -> None:
    """Further messages are journaled and acknowledged with a reaction; the model is not asked."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    assert await chat.say(LOGO.question) == "👀"
    assert not chat.world.assistant.asked
    assert (await chat.appeal()).lines[0].text == LOGO.question


async def test_who_writes_to_a_specialist_waits_from_then_on() -> None:
    """«Вопрос» and «Ждёт с» are set together: the list of those who wait shows both."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person(status=Status.IN_WORK)
    await chat.say("А когда?")
    appeal = await chat.appeal()
    assert (appeal.question, appeal.waiting_since) == ("› А когда?", "2026-11-22 14:03:00")


async def test_a_call_while_a_person_has_it_is_told() -> None:
    """«В работе» set by hand, nobody waited yet: the press is journaled, the partner waits, the specialists hear."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person(status=Status.IN_WORK)
    appeal = await chat.appeal()
    assert await chat.press(f"call:{appeal.id}") == texts.handed_over(appeal.number)
    await chat.events()
    assert (await chat.appeal()).waiting_since != NOTHING
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1


async def test_a_message_to_a_specialist_who_closes_the_appeal_meanwhile() -> None:
    """Nothing stays unseen in a new row: it is handed over, and the partner hears its number."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.events()
    read = chat.world.journal.newest

    async def read_and_closed(of: int) -> Appeal | None:
        found = await read(of)
        assert found is not None
        chat.world.journal.person_sets(found.id, status=Status.RESOLVED)
        return found

    chat.world.journal.newest = read_and_closed  # type: ignore[method-assign, assignment]
    answer = await chat.say("И ещё вопрос")
    chat.world.journal.newest = read  # type: ignore[method-assign]
    appeal = await chat.appeal()
    assert appeal.status == Status.HANDED_OVER
    assert answer == texts.handed_over(appeal.number)
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2
