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
    sent_at: int = 0
    """Telegram's `message.date`, in epoch seconds: the same whenever the update comes again. 0 when unknown."""
    command: str = ""
    """What Telegram marks as a command at the beginning of the text, with the bot's name if one is given."""

    @property
    def not_before(self) -> int:
        """Return the earliest epoch second at which the update can have been made; 0 when unknown."""
        return _before(self.arrived, self.sent_at)

    button: int = 0
    """The message of the bot with the button that says this; 0 when the partner wrote it."""

    @property
    def place(self) -> int:
        """Return the id of the message in the chat that brought the text."""
        return self.button or self.message

    @property
    def behind_command(self) -> str:
        """Return the text behind the command, without the space around it."""
        return self.text[len(self.command) :].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button under one of the bot's messages was pressed."""

    update: str
    press: str
    chat: int
    data: str
    arrived: float
    message: int = 0
    """The message that carries the button."""
    button_sent_at: int = 0
    """The date of the message that carries the button, in epoch seconds: no press is older. 0 when unknown."""

    @property
    def not_before(self) -> int:
        """Return the earliest epoch second at which the update can have been made; 0 when unknown."""
        return _before(self.arrived, self.button_sent_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """An update that asks nothing of the bot: what is written in its groups, for one."""

    update: str
    kind: str


Incoming = Message | Press | Unused


def _before(arrived: float, date: int) -> int:
    """Return the date unless it lies after the arrival: then one of the two clocks is wrong, and nothing is known."""
    return date if date <= arrived else 0
