"""Telegram on a laptop: the Bot API, webhook delivery, and the people on the other side."""

from playground.telegram.emulator import TelegramEmulator

__all__ = ["TelegramEmulator"]
