"""The dates in Telegram's updates."""

from __future__ import annotations

import pytest

from shared.adapters.telegram.updates import parse_update
from shared.domain.incoming import Message, Press

ARRIVED = 1_795_345_400.0
CHAT = {"id": 501, "type": "private"}


def message(**date: object) -> Message:
    body = {"message_id": 7, "chat": CHAT, "text": "Где логотип?", **date}
    parsed = parse_update({"update_id": 1, "message": body}, ARRIVED)
    assert isinstance(parsed, Message)
    return parsed


def press(**date: object) -> Press:
    query = {"id": "1", "data": "call:a501-7", "message": {"message_id": 8, "chat": CHAT, **date}}
    parsed = parse_update({"update_id": 2, "callback_query": query}, ARRIVED)
    assert isinstance(parsed, Press)
    return parsed


def test_a_message_has_its_second() -> None:
    """The one at which it was written, not the one at which it arrived."""
    assert (message(date=1_795_345_380).sent_at, message(date=1_795_345_380).not_before) == (1_795_345_380,) * 2


@pytest.mark.parametrize("date", [{}, *({"date": wrong} for wrong in (None, 0, -1, True, "1795345380", 1.5, 10**30))])
def test_a_date_that_is_none_breaks_nothing(date: dict[str, object]) -> None:
    """The message is handled, and a press too: messages that the bot may not read any more have date 0."""
    assert message(**date).sent_at == 0
    assert press(**date).not_before == 0


def test_a_press_is_not_older_than_its_button() -> None:
    """Telegram does not say when it was made: only when the message with the button was sent."""
    assert press(date=1_795_345_380).not_before == 1_795_345_380


def test_a_date_after_the_arrival_tells_nothing() -> None:
    """One of the two clocks is wrong. The id of the appeal has it all the same: it is the same next time."""
    ahead = message(date=1_795_349_999)
    assert (ahead.sent_at, ahead.not_before) == (1_795_349_999, 0)
