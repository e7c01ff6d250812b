"""A button that is pressed again and again."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain import admin_texts, texts
from shared.domain.access import code_mark
from shared.ports import Unavailable
from shared.usecases.memory import IMPATIENT_S
from tests.fakes import ADMIN, ANNA, LOGO
from tests.usecases.chat import BUTTONS, Chat


@pytest.mark.parametrize("button", [*BUTTONS, "again"])
async def test_five_presses_have_one_answer(button: str) -> None:
    """Each is an update of its own; all of them within seconds, some at once."""
    chat = Chat()
    data = await chat.offered("call" if button == "again" else button)
    data = f"{button}:{data.partition(':')[2]}"
    before = len(chat.world.messenger.said)
    for _ in range(3):
        await chat.press(data)
        chat.world.clock.advance(1)
    await asyncio.gather(*(chat.press(data) for _ in range(2)))
    assert len(chat.world.messenger.said) == before + 1


async def test_what_is_pressed_again_later_is_answered_again() -> None:
    """Whoever wonders after a while reads how things are."""
    chat = Chat()
    call = await chat.offered("call")
    told = texts.handed_over((await chat.appeal()).number)
    assert await chat.press(call) == told
    chat.world.clock.advance(IMPATIENT_S + 1)
    assert await chat.press(call) == told


async def test_what_changed_in_between_is_said() -> None:
    """Another button, a message: the same words are news again."""
    chat = Chat()
    call = await chat.offered("call")
    cancel = f"cancel:{(await chat.appeal()).id}"
    told = texts.handed_over((await chat.appeal()).number)
    assert await chat.press(call) == told
    assert await chat.press(cancel) == texts.CALL_CANCELLED
    assert await chat.press(call) == told
    assert await chat.say("и ещё вопрос") == "👀"
    assert await chat.press(call) == told


async def test_an_admin_frees_a_row_once() -> None:
    """The second press does not read that there was nothing to free."""
    chat = Chat(chat=ADMIN)
    free = f"free:501:{code_mark(ANNA.code)}"
    assert [await chat.press(free) for _ in range(3)] == [admin_texts.FREED, "", ""]


async def test_an_answer_that_did_not_leave_is_not_held_back() -> None:
    """Telegram was out of reach for the first press: the second one is answered."""
    chat = Chat()
    call = await chat.offered("call")
    chat.world.messenger.failing = [Unavailable("telegram: 502")]
    with pytest.raises(Unavailable):
        await chat.press(call)
    assert await chat.press(call) == texts.handed_over((await chat.appeal()).number)
    assert LOGO.question in (await chat.appeal()).question
