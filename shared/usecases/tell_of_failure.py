"""What a partner hears of an update that cannot be handled."""

from __future__ import annotations

import asyncio

from shared.domain import texts
from shared.domain.incoming import Message, Press
from shared.ports import BotError, NeedsRepair, Outside, Say
from shared.usecases.memory import Memory
from shared.usecases.report_broken import report_broken

PATIENCE_S = 5.0
"""The update's own time may be over, and Telegram gives up soon after it."""


async def tell_of_failure(outside: Outside, memory: Memory, incoming: Message | Press, error: Exception) -> bool:
    """Tell the partner of the failed update where that is due. Return True if the update is not to come again."""
    needs_repair = isinstance(error, NeedsRepair)
    if isinstance(error, NeedsRepair):
        await report_broken(outside, memory, error)
    match incoming:
        case Press():
            if not needs_repair and not memory.outage.press_ends(incoming):
                return False
            return await _told_for_good(outside, incoming, texts.PRESS_FAILED)
        case Message():
            if memory.outage.is_in_last_hour(incoming):
                return await _told_for_good(outside, incoming, texts.SEND_AGAIN)
            late = memory.outage.late_notice_is_due(incoming, at_once=needs_repair)
            if late and await _said(outside, incoming.chat, texts.LATE):
                memory.outage.told(incoming.chat)
            return False


async def _told_for_good(outside: Outside, incoming: Message | Press, text: str) -> bool:
    if not await _said(outside, incoming.chat, text):
        return False
    outside.log.error("update_given_up", update=incoming.update)
    return True


async def _said(outside: Outside, chat: int, text: str) -> bool:
    """Has the message left?"""
    try:
        async with asyncio.timeout(PATIENCE_S):
            await outside.messenger.say(Say(chat=chat, text=text))
    except (BotError, TimeoutError) as error:
        outside.log.warning("failure_not_told", error=str(error))
        return False
    return True
