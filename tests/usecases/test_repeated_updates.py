"""Telegram brings an update again, or to two instances: it is answered once."""

from __future__ import annotations

import asyncio

import pytest

from shared.ports import Say, Unavailable
from shared.usecases.memory.once import Once
from shared.usecases.receive import receive
from tests.fakes import LOGO
from tests.usecases.chat import BUTTONS, Chat


async def test_an_update_that_comes_again_is_answered_from_the_record() -> None:
    """On another instance: the recorded reply again, one model call, one pair of lines."""
    chat = Chat()
    await chat.say(LOGO.question)
    assert await chat.again(on_new_instance=True) == LOGO.answer
    assert chat.world.assistant.asked == [LOGO.question]
    assert len((await chat.appeal()).lines) == 2


async def test_an_update_that_comes_again_to_who_answered_it_is_silent() -> None:
    """The instance that sent the reply knows it."""
    chat = Chat()
    await chat.say(LOGO.question)
    assert await chat.again() == ""


async def test_a_call_that_comes_again_after_the_reply_promises_none() -> None:
    """On another instance: what the partner reads last is the specialist's reply."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Отправили")
    assert await chat.again(on_new_instance=True) == "👀"


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_press_that_comes_again_to_who_answered_it_is_silent(button: str) -> None:
    """The answers to presses leave by a call, and the instance that sent one knows it."""
    chat = Chat()
    assert await chat.press(await chat.offered(button)) != ""
    assert await chat.again() == ""


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_press_that_comes_again_to_another_instance_is_answered_and_counted(button: str) -> None:
    """Whether the first one's answer left nobody knows."""
    chat = Chat()
    answer = await chat.press(await chat.offered(button))
    assert await chat.again(on_new_instance=True) == answer
    assert "reply_repeated" in [event for _, event, _ in chat.world.log.lines]


@pytest.mark.parametrize("button", BUTTONS)
async def test_the_same_press_on_two_instances_is_answered_once(button: str) -> None:
    """Who wrote first answers."""
    chat = Chat()
    press = chat.pressed(await chat.offered(button))
    other = chat.world.memory()
    chat.world.journal.slow = True
    before = len(chat.world.messenger.to(chat.chat))
    await asyncio.gather(*(receive(chat.world.outside(), memory, press) for memory in (chat.memory, other)))
    assert len(chat.world.messenger.to(chat.chat)) == before + 1


@pytest.mark.parametrize("said", [LOGO.question, "Позовите менеджера"])
async def test_the_same_message_on_an_instance_that_is_slow_to_look(said: str) -> None:
    """It had arrived before the other one recorded it: that one was at work, and answers."""
    chat = Chat()
    came = chat.written(said)
    assert await chat.update(came) != ""
    assert await chat.update(came, memory=chat.world.memory()) == ""


@pytest.mark.parametrize("button", BUTTONS)
async def test_the_same_press_on_an_instance_that_is_slow_to_look(button: str) -> None:
    """As with a message: a second text would tell the partner nothing new."""
    chat = Chat()
    came = chat.pressed(await chat.offered(button))
    assert await chat.update(came) != ""
    assert await chat.update(came, memory=chat.world.memory()) == ""


async def test_an_answer_that_failed_here_is_sent_by_who_waited_for_it() -> None:
    """Being at work on an update is not having answered it: this instance knows what became of it."""
    chat = Chat()
    came = chat.written(LOGO.question)
    chat.world.messenger.failing.append(Unavailable("telegram: 502"))
    with pytest.raises(Unavailable):
        await chat.update(came)
    assert await chat.update(came) == LOGO.answer
    assert len((await chat.appeal()).lines) == 2


async def test_a_press_that_another_instance_sees_after_a_later_message() -> None:
    """Messages and presses come side by side: each is known by its own time."""
    chat = Chat()
    press = chat.pressed(await chat.offered("call"))
    assert await chat.update(press) != ""
    await chat.say("И ещё макет")
    assert await chat.update(press, memory=chat.world.memory()) == ""


@pytest.mark.parametrize("waits", [True, False], ids=["waits", "just too late"])
async def test_a_repetition_during_the_first_request_brings_its_answer(waits: bool) -> None:
    """Telegram has closed the first request and reads the second one's body: both hold the answer of one write."""
    chat = Chat()
    chat.world.journal.slow = waits
    came, outside = chat.written("Позовите менеджера"), chat.world.outside()
    first, second = await asyncio.gather(*(receive(outside, chat.memory, came) for _ in range(2)))
    assert isinstance(second, Say)
    assert first == second
    assert len((await chat.appeal()).lines) == 1


async def test_a_repetition_that_waits_brings_nothing_where_the_answer_left_by_a_call() -> None:
    """The partner has read it."""
    chat = Chat()
    chat.world.journal.slow = True
    came, outside = chat.written(LOGO.question), chat.world.outside()
    assert await asyncio.gather(*(receive(outside, chat.memory, came) for _ in range(2))) == [None, None]
    assert chat.world.messenger.to(501) == [LOGO.answer]


async def test_a_repetition_that_waits_for_a_cancelled_one_comes_again() -> None:
    """The first one's caller hung up: who waited gets a 503 to act on, not the cancellation."""
    once, begun = Once(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    first = asyncio.create_task(once.run("1000", work))
    await begun.wait()
    second = asyncio.create_task(once.run("1000", work))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(Unavailable):
        await second
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_repetition_that_is_cancelled_does_not_disturb_the_first() -> None:
    """Its own deadline may be over while the first one is still at work."""
    once, done = Once(), asyncio.Event()

    async def work() -> str:
        await done.wait()
        return "answer"

    first = asyncio.create_task(once.run("1000", work))
    await asyncio.sleep(0)
    second = asyncio.create_task(once.run("1000", work))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([second])
    done.set()
    assert await first == "answer"
