"""Who has not logged in: the invitation, and what becomes of a wish for a person."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain import admin_texts, texts
from shared.domain.escalation import asks_for_person
from shared.domain.events import Event
from shared.domain.incoming import Message, Press
from shared.ports import BotError, Outside, Say, Unavailable
from shared.usecases import keyboards
from shared.usecases.admins import tell_admins
from shared.usecases.contact import preferences_or_defaults, with_contact
from shared.usecases.memory import Memory
from shared.usecases.publish import publish


async def invite(outside: Outside, memory: Memory, incoming: Message | Press, *, calls: bool = False) -> Say:
    """Return the invitation to log in. Who asks for a person reads the contact, too, and an admin is told.

    `calls`: the press of a button asked for a person.
    """
    text = texts.INVITATION
    if calls or await _asks(outside, incoming):
        text = await with_contact(outside, text)
        await _report(outside, memory, incoming)
    return Say(chat=incoming.chat, text=text, buttons=keyboards.enter(outside.office.web_app_url))


async def _asks(outside: Outside, incoming: Message | Press) -> bool:
    if not isinstance(incoming, Message) or not incoming.text:
        return False
    return asks_for_person(incoming.text, (await preferences_or_defaults(outside)).phrases)


async def _report(outside: Outside, memory: Memory, incoming: Message | Press) -> None:
    """Publish that the stranger asks, once a day and instance. The invitation does not depend on it."""
    this = _key(incoming.chat)
    if memory.told_today.holds(this):
        return
    message = {"message": incoming.message} if isinstance(incoming, Message) else {}
    try:
        await publish(outside, memory, Event.STRANGER, {"chat": incoming.chat, **message})
    except BotError as error:
        outside.log.warning("stranger_not_published", error=str(error))
    else:
        memory.told_today.put(this, True)


async def tell_stranger(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Tell the admins that a stranger asks for a person, once a day for each. The event has ids and no words.

    Raises Unavailable: the event is to come again.
    """
    chat, message = event.get("chat"), event.get("message")
    if not isinstance(chat, int) or memory.told_today.holds(_key(chat)):
        return
    memory.told_today.put(_key(chat), True)
    try:
        await tell_admins(outside, admin_texts.stranger(chat))
    except Unavailable:
        memory.told_today.forget(_key(chat))
        raise
    if isinstance(message, int):
        await _forward(outside, chat, message)


async def _forward(outside: Outside, chat: int, message: int) -> None:
    for admin in outside.office.admins:
        try:
            await outside.messenger.forward(admin, of=chat, message=message)
        except BotError as error:
            outside.log.info("stranger_not_forwarded", error=str(error))


def _key(chat: int) -> str:
    return f"stranger {chat}"
