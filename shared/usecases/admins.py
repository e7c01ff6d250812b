"""What the admins have to know."""

from __future__ import annotations

from shared.domain import admin_texts
from shared.domain.appeals import Appeal
from shared.ports import BotError, Keyboard, Outside, Say, Unavailable
from shared.usecases.memory import Memory

UNRECORDABLE = "unrecordable"
UNSENDABLE = "unsendable"
UNPUBLISHABLE = "unpublishable"


async def tell_admins(outside: Outside, text: str, buttons: Keyboard = (), *, preview: bool = True) -> None:
    """Every admin that can be reached. Unavailable: Telegram was out of reach for all of them."""
    outages: list[Unavailable] = []
    for admin in outside.office.admins:
        try:
            await outside.messenger.say(Say(chat=admin, text=text, buttons=buttons, preview=preview))
        except BotError as error:
            outside.log.warning("admin_not_told", error=str(error))
            outages += [error] if isinstance(error, Unavailable) else []
        except Exception as error:
            # whatever is wrong with one of them, the others are to know
            outside.log.error("admin_not_told", error=type(error).__name__)
    if outages and len(outages) == len(outside.office.admins):
        raise outages[0]


async def tell_unrecordable(outside: Outside, memory: Memory, appeal: Appeal) -> None:
    """Tell the admins once a day that something was sent of which the sheet takes no note. Never raises Unavailable.

    What was sent is remembered all the same; an admin who cannot be told now is told of the next one.
    """
    await _tell_once_a_day(outside, memory, UNRECORDABLE, admin_texts.cannot_be_recorded(appeal.number))


async def tell_unsendable(outside: Outside, memory: Memory, appeal: Appeal) -> None:
    """Tell the admins once a day that a reply is not sent, because its row takes no note. Never raises Unavailable."""
    await _tell_once_a_day(outside, memory, UNSENDABLE, admin_texts.cannot_be_sent(appeal.number))


async def tell_unpublishable(outside: Outside, memory: Memory) -> None:
    """Tell the admins once a day and instance that Pub/Sub refuses events. Never raises Unavailable."""
    await _tell_once_a_day(outside, memory, UNPUBLISHABLE, admin_texts.CANNOT_BE_PUBLISHED)


async def _tell_once_a_day(outside: Outside, memory: Memory, what: str, text: str) -> None:
    if memory.told_today.holds(what):
        return
    memory.told_today.put(what, True)
    try:
        await tell_admins(outside, text)
    except Unavailable:
        memory.told_today.forget(what)
