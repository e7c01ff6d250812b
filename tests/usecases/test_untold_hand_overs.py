"""A hand-over that stands in the row and of which no event told the specialists."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import Appeal, Change
from shared.domain.status import Status
from shared.ports import Unavailable, Written
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat

CALL = "Позовите менеджера"


def give_up_the_next_write(chat: Chat) -> None:
    """The caller's time is over while the write is on its way, which lands."""
    write = chat.world.journal.change

    async def landed(appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        chat.world.journal.change = write  # type: ignore[method-assign]
        await write(appeal_id, change, seen=seen)
        raise Unavailable("the update took too long")

    chat.world.journal.change = landed  # type: ignore[method-assign]


async def untold(how: str) -> Chat:
    """A row that says «Передано специалисту», of which nobody was told, and whose update does not come again."""
    chat = Chat()
    await chat.say(LOGO.question)
    if how == "given up":
        give_up_the_next_write(chat)
    else:
        chat.world.events.failing = [Unavailable("pubsub: 503")]
    with pytest.raises(Unavailable):
        await chat.press(f"call:{(await chat.appeal()).id}")
    assert (await chat.appeal()).status == Status.HANDED_OVER
    return chat


async def swept(chat: Chat, *, after_s: float = 300) -> int:
    """Return how many notices the specialists have after the next sweep and its events."""
    chat.world.clock.advance(after_s)
    await chat.event({"kind": "sweep"})
    await chat.events()
    return len(chat.world.messenger.to(SPECIALISTS))


@pytest.mark.parametrize("how", ["given up", "not published"])
async def test_the_sweep_tells_of_it(how: str) -> None:
    """One notice, however many sweeps follow."""
    chat = await untold(how)
    assert [await swept(chat) for _ in range(3)] == [1, 1, 1]


async def test_the_sweep_leaves_a_minute_to_the_event_itself() -> None:
    """It is on its way."""
    chat = await untold("not published")
    assert await swept(chat, after_s=50) == 0
    assert await swept(chat, after_s=20) == 1


async def test_the_next_message_tells_of_it() -> None:
    """As soon as the partner adds something; the sweep after that has nothing to tell."""
    chat = await untold("given up")
    chat.world.clock.advance(61)
    assert await chat.say("И ещё макет") == "👀"
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1
    await chat.say("Спасибо")
    assert len(chat.world.events.published) == 1
    assert await swept(chat) == 1


async def test_a_message_is_acknowledged_although_its_event_cannot_be_published() -> None:
    """It is recorded, and the sweep tells of the hand-over."""
    chat = await untold("given up")
    chat.world.clock.advance(61)
    chat.world.events.failing = [Unavailable("pubsub: 503")]
    assert await chat.say("И ещё макет") == "👀"
    assert await swept(chat) == 1


async def test_a_sweep_that_cannot_publish_is_made_good_by_the_next() -> None:
    """Pub/Sub is out of reach for minutes."""
    chat = await untold("not published")
    chat.world.events.failing = [Unavailable("pubsub: 503")]
    assert [await swept(chat) for _ in range(2)] == [0, 1]


async def test_a_hand_over_that_was_told_costs_no_read() -> None:
    """The instance knows it of the notice itself; a new instance reads the row's state once."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    await swept(chat, after_s=1000)
    assert chat.world.journal.compared == []
    chat.events_memory = chat.world.memory()
    assert [await swept(chat) for _ in range(3)] == [1, 1, 1]
    assert chat.world.journal.compared == [(await chat.appeal()).id]
    assert len(chat.world.events.published) == 1


async def test_an_event_that_comes_again_is_left_to_pubsub() -> None:
    """Telegram does not take the notice for now: the sweep publishes no second event."""
    chat = Chat()
    await chat.say(CALL)
    chat.world.messenger.gone = {SPECIALISTS: Unavailable("telegram: 502")}
    with pytest.raises(Unavailable):
        await chat.events()
    chat.world.clock.advance(300)
    await chat.event({"kind": "sweep"})
    assert len(chat.world.events.published) == 1


async def test_a_question_of_an_appeal_in_work_is_no_hand_over() -> None:
    """The specialist who has it sees the row."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person(status=Status.IN_WORK)
    await chat.say("А когда?")
    assert await swept(chat) == 0


async def test_a_row_whose_state_cell_was_wiped() -> None:
    """Whether it was told nobody knows: it stands in the sheet, and no flood of notices follows."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    chat.world.journal.wiped((await chat.appeal()).id)
    chat.events_memory = chat.world.memory()
    assert [await swept(chat) for _ in range(2)] == [1, 1]


async def test_a_question_that_was_reopened_as_handed_over_is_told() -> None:
    """«Решено» and «Передано специалисту» again: it waits anew, which is a hand-over of its own."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    await chat.person(reply="Готово", status=Status.RESOLVED)
    chat.world.clock.advance(60)
    await chat.person(status=Status.HANDED_OVER)
    assert await swept(chat) == 2


async def test_a_time_that_a_person_typed_is_no_hand_over() -> None:
    """«Ждёт с» is the bot's own cell: what else stands there says nothing."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal = (await chat.appeal()).id
    chat.world.journal.person_sets(appeal, status=Status.HANDED_OVER, waiting_since="вчера")
    assert await swept(chat) == 0
    assert await chat.say("А когда?") == "👀"


async def test_a_press_that_was_given_up_is_pressed_again() -> None:
    """«Нажмите позже»: the partner hears that the question is with a specialist, who is told."""
    chat = await untold("given up")
    appeal = await chat.appeal()
    assert await chat.press(f"call:{appeal.id}") == texts.handed_over(appeal.number)
    await chat.events()
    assert await swept(chat) == 1
