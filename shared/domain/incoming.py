"""What reaches the bot from Telegram, in the bot's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A partner's message. `text` is "" for a photo, a voice and whatever else is no text."""

    update: str
    chat: int
    message: int
    text: str
    arrived: float
    """When this instance got it, in epoch seconds."""

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
    data: str
    arrived: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """An update that asks nothing of the bot: what is written in its groups, for one."""

    update: str
    kind: str


Incoming = Message | Press | Unused
