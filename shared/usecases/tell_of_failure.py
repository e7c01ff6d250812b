"""What a partner hears of an update that cannot be handled."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from shared.domain import texts
from shared.domain.incoming import Message, Press
from shared.ports import BotError, NeedsRepair, Outside, Refused, Say
from shared.shielded import shielded
from shared.usecases.contact import known_contact
from shared.usecases.memory import Memory
from shared.usecases.record import is_recorded
from shared.usecases.report_broken import report_broken

PATIENCE_S = 5.0
"""The update's own time may be over, and Telegram gives up soon after it."""
LOOK_S = 2.0
"""So long a partner's notice waits for the journal."""


async def tell_of_failure(outside: Outside, memory: Memory, incoming: Message | Press, error: Exception) -> bool:
    """Tell the partner of the failed update where that is due. Return True if the update is not to come again."""
    needs_repair = isinstance(error, NeedsRepair)
    if isinstance(error, NeedsRepair):
        await report_broken(outside, memory, error)
    match incoming:
        case Press():
            if not isinstance(error, NeedsRepair | Refused) and not memory.outage.press_ends(incoming):
                return False
            return await _told_for_good(outside, incoming, texts.PRESS_FAILED)
        case Message():
            if memory.outage.is_in_last_hour(incoming) and not await _stands_in_row(outside, incoming):
                return await _told_for_good(outside, incoming, texts.SEND_AGAIN)
            await _tell_late(outside, memory, incoming, at_once=needs_repair)
            return False


@contextlib.asynccontextmanager
async def told_while_late(outside: Outside, memory: Memory, incoming: Message | Press) -> AsyncIterator[None]:
    """Tell the partner during the block that the answer is late, once that is due and where the message failed before.

    A repetition that hangs would else tell it at its deadline only.
    """
    if not isinstance(incoming, Message) or not memory.broken_off.holds(incoming.update):
        yield
        return
    telling = asyncio.create_task(_tell_when_late(outside, memory, incoming))
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _tell_when_late(outside: Outside, memory: Memory, message: Message) -> None:
    await asyncio.sleep(memory.outage.late_in_s(message))
    # the update may end while Telegram takes the notice: that it has left is to be known
    await shielded(_tell_late(outside, memory, message, at_once=False))


async def _tell_late(outside: Outside, memory: Memory, message: Message, *, at_once: bool) -> None:
    if not memory.outage.late_notice_is_due(message, at_once=at_once):
        return
    # before it leaves: while Telegram takes it nobody else is to tell
    memory.outage.told(message.chat)
    left = False
    try:
        left = await _said(outside, message.chat, texts.with_contact(texts.LATE, known_contact(outside)))
    finally:
        if not left:
            memory.outage.not_told(message.chat)


async def _told_for_good(outside: Outside, incoming: Message | Press, text: str) -> bool:
    if not await _said(outside, incoming.chat, text):
        return False
    outside.log.error("update_given_up", update=incoming.update)
    return True


async def _stands_in_row(outside: Outside, message: Message) -> bool:
    """Return whether the message is recorded; False where the journal does not tell at once."""
    try:
        async with asyncio.timeout(LOOK_S):
            newest = await outside.journal.newest(message.chat)
    except Exception as error:
        outside.log.info("record_not_read", update=message.update, error=type(error).__name__)
        return False
    return newest is not None and is_recorded(outside, newest, message)


async def _said(outside: Outside, chat: int, text: str) -> bool:
    """Has the message left?"""
    try:
        async with asyncio.timeout(PATIENCE_S):
            await outside.messenger.say(Say(chat=chat, text=text))
    except (BotError, TimeoutError) as error:
        outside.log.warning("failure_not_told", error=str(error))
        return False
    return True
