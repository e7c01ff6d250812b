"""How partners reach the company without the bot, as «Настройки» says it."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.preferences import Preferences
from shared.ports import BotError, Outside


async def preferences_or_defaults(outside: Outside) -> Preferences:
    """Return the settings as they are now, or as they were known last; a text to a stranger must not fail for them."""
    try:
        return await outside.preferences.current()
    except BotError:
        return outside.preferences.known() or Preferences()


async def with_contact(outside: Outside, text: str) -> str:
    """Return the text with the contact behind it. Reads the settings where they are too old."""
    return texts.with_contact(text, (await preferences_or_defaults(outside)).contact)


def known_contact(outside: Outside) -> str:
    """Return the contact without a read, for whoever may not wait: "" where none is known."""
    known = outside.preferences.known()
    return known.contact if known else ""
