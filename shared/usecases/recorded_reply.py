"""The reply that is recorded in an appeal's row: sent for the first time, or again."""

from __future__ import annotations

from shared.domain.appeals import Appeal
from shared.domain.incoming import Message
from shared.domain.trace import Under
from shared.ports import Answer, ChatGone, Outside, React, Refused, Say, Written
from shared.usecases import keyboards
from shared.usecases.hand_over import handed_over
from shared.usecases.memory import Memory
from shared.usecases.record import answered_elsewhere

SEEN = "👀"


async def repeat_reply(outside: Outside, memory: Memory, message: Message, appeal: Appeal) -> Answer | None:
    """Answer an update that is recorded in the row: send its reply again, unless another caller is about to."""
    sent = appeal.known_trace.reply_to(message.update)
    if sent is None:
        return React(chat=message.chat, message=message.message, emoji=SEEN)
    if answered_elsewhere(outside, memory, appeal, message):
        return None
    if sent.under is Under.CANCEL and not appeal.is_confused:
        return await handed_over(outside, memory, Written(appeal=appeal, changed=False), message.chat)
    await send_reply(outside, memory, message, appeal)
    return None


async def send_reply(outside: Outside, memory: Memory, message: Message, appeal: Appeal) -> None:
    """Send the reply that is noted in the row by a call, if there is one."""
    sent = appeal.known_trace.sent
    if sent is None:
        return
    try:
        await outside.messenger.say(
            Say(chat=message.chat, text=sent.text, buttons=keyboards.under(sent.under, appeal.id))
        )
    except ChatGone:
        outside.log.info("partner_gone", appeal=appeal.id)
    except Refused as error:
        outside.log.error("answer_refused", appeal=appeal.id, error=str(error))
    memory.sent.put(message.update, True)
    memory.verdicts.forget(message.update)
