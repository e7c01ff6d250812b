"""A button under one of the bot's messages was pressed."""

from __future__ import annotations

from shared.domain import admin_texts, ids, texts
from shared.domain.appeals import Appeal
from shared.domain.incoming import Press
from shared.ports import Answer, BotError, Outside, Refused, RowConfused, Say
from shared.usecases.admins import tell_unrecordable
from shared.usecases.ask_choice import ask_choice
from shared.usecases.hand_over import hand_over_press, take_back
from shared.usecases.keyboards import Pressed
from shared.usecases.memory import Memory
from shared.usecases.resolve import resolve_press
from shared.usecases.strangers import invite


def is_freeing(press: Press) -> bool:
    """Return whether an admin's button frees a row."""
    return press.data.partition(":")[0] == Pressed.FREE


async def press_button(outside: Outside, memory: Memory, press: Press) -> Answer | None:
    """Raises Unavailable: the press is to come again."""
    word, _, about = press.data.partition(":")
    if word not in set(Pressed):
        outside.log.info("unknown_button", update=press.update)
        return None
    pressed = Pressed(word)
    if pressed is Pressed.FREE:
        return await _free(outside, press, about)
    partner = await outside.directory.partner_of(press.chat)
    if partner is None:
        return await invite(outside, memory, press, calls=pressed is Pressed.CALL)
    if pressed is Pressed.AGAIN:
        return Say(chat=press.chat, text=texts.ASK_DIFFERENTLY)
    if pressed is Pressed.ASK:
        return await ask_choice(outside, memory, press, partner, about)
    appeal = await _own_appeal(outside, press, about)
    if appeal is None:
        return Say(chat=press.chat, text=texts.NO_SUCH_APPEAL)
    try:
        return await _done(outside, memory, press, pressed, appeal)
    except RowConfused:
        outside.log.error("row_confused", appeal=appeal.id)
        return Say(chat=press.chat, text=texts.NO_SUCH_APPEAL)
    except Refused as error:
        outside.log.error("row_refused", appeal=appeal.id, error=str(error))
        await tell_unrecordable(outside, memory, appeal)
        return Say(chat=press.chat, text=texts.PRESS_FAILED)


async def _done(outside: Outside, memory: Memory, press: Press, pressed: Pressed, appeal: Appeal) -> Answer | None:
    match pressed:
        case Pressed.CALL:
            return await hand_over_press(outside, memory, press, appeal)
        case Pressed.CANCEL:
            return await take_back(outside, memory, press, appeal)
        case Pressed.SOLVED:
            return await resolve_press(outside, memory, press, appeal)
        case _:
            raise AssertionError(f"{pressed} is about no appeal")


async def _own_appeal(outside: Outside, press: Press, appeal_id: str) -> Appeal | None:
    """The appeal that the button speaks of, if it is this chat's."""
    if ids.chat_of(appeal_id) != press.chat:
        return None
    return await outside.journal.find(appeal_id)


async def _free(outside: Outside, press: Press, about: str) -> Answer | None:
    """Only an admin frees a row, and only the account and the row that the button names."""
    account, _, code = about.partition(":")
    if press.chat not in outside.office.admins or not account.isdecimal():
        return None
    freed = await outside.directory.free(int(account), code)
    return Say(chat=press.chat, text=admin_texts.FREED if freed else admin_texts.NOT_FREED)


async def stop_spinner(outside: Outside, press: Press) -> None:
    try:
        await outside.messenger.press_seen(press.press)
    except BotError as error:
        outside.log.info("press_not_acknowledged", error=str(error))
