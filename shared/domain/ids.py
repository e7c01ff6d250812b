"""Names of appeals: the id that rows are found by, and the number that people read; and what a Telegram ID is."""

from __future__ import annotations

import hashlib
import re

from shared.domain.invisible import without_invisible

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_ID = re.compile(r"a(\d{1,20})-(\d{1,20})(?:-(\d{1,20}))?")
_CHAT = re.compile(r"\d{1,20}")


def telegram_id(cell: str) -> int | None:
    """The account that a cell names; None for anything else, also for digits without end, which no number holds."""
    text = without_invisible(cell).strip()
    return (int(text) or None) if _CHAT.fullmatch(text) else None


def appeal_id(chat: int, message: int, second: int) -> str:
    """Return the id of the appeal that the message opened: `a<chat>-<message>-<second>`, decimal.

    `second`: the epoch second of Telegram's `message.date`, the same whenever the update comes again; where it is
    unknown (0) the id ends with the message, as all ids once did.
    """
    # A new bot token begins the message ids again: without the second its messages would name appeals of the old bot.
    return f"a{chat}-{message}-{second}" if second else f"a{chat}-{message}"


def chat_of(appeal: str) -> int | None:
    """The chat inside an appeal's id; None when the text is no id."""
    found = _ID.fullmatch(appeal.strip())
    return int(found[1]) if found else None


def opening_order(appeal: str) -> tuple[int, int]:
    """Return the sort key of an id among its chat's: second and message, the greatest opened last.

    An id without a second sorts before all that have one; (0, 0) when the text is no id.
    """
    found = _ID.fullmatch(appeal.strip())
    return (int(found[3] or 0), int(found[2])) if found else (0, 0)


def number_of(appeal: str) -> str:
    """Four characters for people («7K3Q»). Not unique: it is read aloud, never looked up."""
    digest = int.from_bytes(hashlib.sha256(appeal.encode()).digest()[:4], "big")
    return "".join(_ALPHABET[(digest >> shift) & 31] for shift in (0, 5, 10, 15))


def mark_of(appeal: str, attempt: int = 0) -> int:
    """The developer metadata id that makes a row appendable once: 31 bits, never 0."""
    digest = hashlib.sha256(f"{appeal}/{attempt}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 0x7FFFFFFE + 1
