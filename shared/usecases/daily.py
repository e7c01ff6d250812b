"""What happens once a day."""

from __future__ import annotations

from shared.domain import texts
from shared.ports import BotError, Outside
from shared.usecases.contact import preferences_or_defaults
from shared.usecases.memory import Memory
from shared.usecases.report_problems import report_problems


async def daily(outside: Outside, memory: Memory) -> None:
    """Set the bot's description and tell the admins what is wrong in the sheets.

    Raises Unavailable: the event is to come again.
    """
    await _describe(outside)
    await report_problems(outside, memory)


async def _describe(outside: Outside) -> None:
    """Write the bot's description with the contact as it is now. The report does not depend on it."""
    contact = (await preferences_or_defaults(outside)).contact
    try:
        await outside.messenger.describe(texts.description(contact))
    except BotError as error:
        outside.log.warning("bot_not_described", error=str(error))
