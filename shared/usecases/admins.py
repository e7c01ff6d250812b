"""What the admins have to know."""

from __future__ import annotations

from shared.ports import BotError, Keyboard, Outside, Say, Unavailable


async def tell_admins(outside: Outside, text: str, buttons: Keyboard = ()) -> None:
    """Every admin that can be reached. Unavailable: Telegram was out of reach for all of them."""
    outages: list[Unavailable] = []
    for admin in outside.office.admins:
        try:
            await outside.messenger.say(Say(chat=admin, text=text, buttons=buttons))
        except BotError as error:
            outside.log.warning("admin_not_told", error=str(error))
            outages += [error] if isinstance(error, Unavailable) else []
    if outages and len(outages) == len(outside.office.admins):
        raise outages[0]
