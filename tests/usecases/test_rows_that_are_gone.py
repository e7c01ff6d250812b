"""Buttons whose appeal a person has deleted from the sheet."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.ports import Say
from shared.usecases.hand_over import hand_over_press, take_back
from shared.usecases.resolve import resolve_press
from tests.usecases.chat import BUTTONS, Chat

ACTIONS = {"call": hand_over_press, "cancel": take_back, "solved": resolve_press}


@pytest.mark.parametrize("button", BUTTONS)
async def test_the_partner_is_told_to_ask_again(button: str) -> None:
    """Nothing is closed there, and no specialist answers."""
    chat = Chat()
    data = await chat.offered(button)
    chat.world.journal.rows.clear()
    assert await chat.press(data) == texts.NO_SUCH_APPEAL


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_row_that_goes_while_the_button_is_pressed(button: str) -> None:
    """It was read and could not be written any more."""
    chat = Chat()
    pressed, seen = chat.pressed(await chat.offered(button)), await chat.appeal()
    chat.world.journal.rows.clear()
    answer = await ACTIONS[button](chat.world.outside(), chat.memory, pressed, seen)
    assert answer == Say(chat=chat.chat, text=texts.NO_SUCH_APPEAL)
