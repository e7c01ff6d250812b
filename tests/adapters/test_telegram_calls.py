"""What stands in the webhook's answer, for Telegram to execute."""

from __future__ import annotations

from shared.adapters.telegram.calls import TEXT_LIMIT, as_call
from shared.ports import Button, React, Say

ADDRESS = "https://partners.example/index.html"


def test_each_button_keeps_its_kind() -> None:
    """One tells the bot what was pressed, the other opens the Mini App."""
    row = (Button(text="Позвать", data="call:a501-1"), Button(text="Открыть", web_app=ADDRESS))
    buttons = [{"text": "Позвать", "callback_data": "call:a501-1"}, {"text": "Открыть", "web_app": {"url": ADDRESS}}]
    assert as_call(Say(chat=501, text="Кнопки", buttons=(row,))) == {
        "method": "sendMessage",
        "chat_id": 501,
        "text": "Кнопки",
        "reply_markup": {"inline_keyboard": [buttons]},
    }


def test_a_text_as_long_as_telegram_takes_is_not_cut() -> None:
    """4,096 UTF-16 units; one more, and the text ends with «…»."""
    for text, sent in (("я" * TEXT_LIMIT, "я" * TEXT_LIMIT), ("🙂" * 2049, "🙂" * 2047 + "…")):
        assert as_call(Say(chat=501, text=text)) == {"method": "sendMessage", "chat_id": 501, "text": sent}


def test_a_reaction() -> None:
    """To the message that it is about."""
    assert as_call(React(chat=501, message=12, emoji="👀")) == {
        "method": "setMessageReaction",
        "chat_id": 501,
        "message_id": 12,
        "reaction": [{"type": "emoji", "emoji": "👀"}],
    }
