"""Messages whose link Telegram must not open."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from shared.adapters.telegram.calls import as_call
from shared.adapters.telegram.messenger import TelegramMessenger
from shared.ports import Say


class Bot:
    """Takes every message and keeps its options."""

    def __init__(self) -> None:
        self.options: list[dict[str, Any]] = []

    async def send_message(self, _chat: int, _text: str, **options: Any) -> SimpleNamespace:
        self.options.append(options)
        return SimpleNamespace(message_id=1)


async def test_a_message_without_preview_says_so() -> None:
    """By a call, each part of it, and in the webhook's answer; where nothing is said, Telegram decides."""
    bot: Any = Bot()
    messenger = TelegramMessenger(lambda: bot)
    for preview, options in ((False, {"is_disabled": True}), (True, None)):
        for text in ("https://bot.example/r/a1-1", "слово " * 1000):
            await messenger.say(Say(chat=1, text=text, preview=preview))
        given = [sent["link_preview_options"] for sent in bot.options]
        assert [one.to_dict() if one else None for one in given] == [options] * 3
        assert as_call(Say(chat=1, text="да", preview=preview)).get("link_preview_options") == options
        bot.options.clear()
