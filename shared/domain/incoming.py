"""What reaches the bot from Telegram, in the bot's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A partner's message. `text` is "" for what is no text; `kind` then says what it was («photo», «voice», …)."""

    update: str
    chat: int
    message: int
    first_name: str
    text: str
    arrived: float
    """When this instance got it, in epoch seconds."""
    kind: str = "text"

    @property
    def command(self) -> str | None:
        """`/start` out of «/start@bot svc_1»; None when the text is no command."""
        if not self.text.startswith("/"):
            return None
        return self.text.split()[0].split("@")[0].casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button under one of the bot's messages was pressed."""

    update: str
    press: str
    chat: int
    message: int
    data: str
    arrived: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMessage:
    """Something was written in a group that the bot is in."""

    update: str
    chat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """An update that asks nothing of the bot."""

    update: str
    kind: str


Incoming = Message | Press | GroupMessage | Unused
