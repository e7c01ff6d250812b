"""One order in a chat: what is decided first is written first and said first."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain import texts
from shared.domain.status import Status
from shared.ports import React, Say, Unavailable
from shared.usecases.receive import receive
from tests import virtual_time
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat
from tests.usecases.slow_world import slow_world

CALL = "Позовите менеджера, макет не приходит"


def slow_chat(*, sheets: float = 0.3, telegram: float = 0.1, model: float = 8.0) -> Chat:
    return Chat(slow_world(sheets=lambda: sheets, telegram=lambda: telegram, model=lambda: model))


def read(chat: Chat) -> list[str]:
    return chat.world.messenger.to(chat.chat)


def test_a_press_while_the_assistant_thinks() -> None:
    """It takes effect within 2 s, and the answer is dropped: the question waits for the specialist."""

    async def main() -> None:
        chat = slow_chat()
        await chat.say(LOGO.question)
        appeal = await chat.appeal()
        thinking = asyncio.create_task(chat.update(chat.written("А в каком формате?")))
        await asyncio.sleep(2)
        began = chat.world.clock.now()
        assert await chat.press(f"call:{appeal.id}") == texts.handed_over(appeal.number)
        assert chat.world.clock.now() - began < 2
        assert (await chat.appeal()).status == Status.HANDED_OVER
        assert (await thinking).endswith("👀")
        assert read(chat) == [LOGO.answer, texts.handed_over(appeal.number)]
        assert (await chat.appeal()).lines[0].text == "А в каком формате?"
        await chat.events()
        assert len(chat.world.messenger.to(SPECIALISTS)) == 1

    virtual_time.run(main())


def test_the_answer_to_a_press_does_not_overtake_a_later_messages() -> None:
    """Telegram takes its time with «Специалиста не зовём»: the next message decides, writes and answers after that."""

    async def main() -> None:
        chat = slow_chat(telegram=3)
        await chat.say(CALL)
        appeal = await chat.appeal()
        cancelled = asyncio.create_task(chat.press(f"cancel:{appeal.id}"))
        await asyncio.sleep(1.5)
        message = chat.written(CALL)
        answer = await receive(chat.world.outside(), chat.memory, message)
        await cancelled
        assert read(chat)[:1] == [texts.CALL_CANCELLED]
        said = [*read(chat), *([answer.text] if isinstance(answer, Say) else [])]
        assert said == [texts.CALL_CANCELLED, texts.handed_over(appeal.number)]
        assert (await chat.appeal()).status == Status.HANDED_OVER

    virtual_time.run(main())


def test_an_answer_leaves_by_a_call_where_another_update_waits() -> None:
    """In the webhook's body it could be overtaken by what the next one says."""

    async def main() -> None:
        chat = slow_chat()
        await chat.say(LOGO.question)
        appeal = await chat.appeal()
        await asyncio.sleep(60)
        first = asyncio.create_task(receive(chat.world.outside(), chat.memory, chat.written(CALL)))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(receive(chat.world.outside(), chat.memory, chat.pressed(f"cancel:{appeal.id}")))
        assert await first is None
        await second
        assert read(chat)[1:] == [texts.handed_over(appeal.number), texts.CALL_CANCELLED]

    virtual_time.run(main())


def test_an_answer_with_nobody_behind_it_goes_in_the_body() -> None:
    """One call less, and Telegram executes it exactly once."""

    async def main() -> None:
        chat = slow_chat()
        assert isinstance(await receive(chat.world.outside(), chat.memory, chat.written(CALL)), Say)
        assert isinstance(await receive(chat.world.outside(), chat.memory, chat.written("И ещё")), React)

    virtual_time.run(main())


def test_messages_keep_their_order_while_the_assistant_thinks() -> None:
    """The second one waits for the first one's answer, and belongs to its appeal."""

    async def main() -> None:
        chat = slow_chat()
        await asyncio.gather(chat.say(LOGO.question), chat.say("А когда?"))
        assert read(chat) == [LOGO.answer, texts.NO_ANSWER]
        assert len(chat.world.journal.rows) == 1

    virtual_time.run(main())


def test_waiting_for_the_turn_counts() -> None:
    """A message that has waited 45 s for its chat's turn has five left."""

    async def main() -> None:
        chat = slow_chat()
        message = chat.written(CALL)
        await asyncio.sleep(45)
        async with chat.memory.order.turn(chat.chat, "another"):
            began = chat.world.clock.now()
            with pytest.raises(Unavailable):
                await receive(chat.world.outside(), chat.memory, message)
        assert chat.world.clock.now() - began < 6

    virtual_time.run(main())


@pytest.mark.parametrize("during", ["thinking", "writing"])
def test_an_update_that_ran_out_of_time_holds_nobody_up(during: str) -> None:
    """Its turn is free again, wherever its deadline met it."""

    async def main() -> None:
        slow = {"model": 100.0} if during == "thinking" else {"sheets": 100.0}
        chat = slow_chat(**slow)
        for _ in range(2):
            began = chat.world.clock.now()
            with pytest.raises(Unavailable):
                await chat.say(LOGO.question)
            assert chat.world.clock.now() - began < 56

    virtual_time.run(main())


async def test_a_recorded_answer_is_not_sent_after_a_hand_over() -> None:
    """It was recorded and did not leave; then a specialist was called: sent now it would be the last word."""
    chat = Chat()
    message = chat.written(LOGO.question)
    chat.world.messenger.failing.append(Unavailable("telegram: 502"))
    with pytest.raises(Unavailable):
        await chat.update(message)
    await chat.press(f"call:{(await chat.appeal()).id}")
    assert await chat.update(message) == "👀"
