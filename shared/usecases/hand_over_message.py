"""Hand over the appeal of a partner's message."""

from __future__ import annotations

from shared.domain.access import Partner
from shared.domain.appeals import Appeal, Edit
from shared.domain.incoming import Message
from shared.domain.questions import last_question, unanswered
from shared.ports import Answer, Outside
from shared.usecases.after_others import after_others
from shared.usecases.hand_over import handed_over, to_specialist
from shared.usecases.memory import Memory
from shared.usecases.record import Record, is_recorded, record, said
from shared.usecases.recorded_reply import repeat_reply


async def hand_over_message(
    outside: Outside, memory: Memory, message: Message, partner: Partner, current: Appeal | None
) -> Answer | None:
    """The partner's message asks for a person, or the assistant had no answer to it. None: the answer leaves elsewhere.

    «Позовите специалиста» alone tells a specialist nothing: what was asked before stands in front of it.
    """
    before = last_question(current) if current else ""

    def change(appeal: Appeal) -> Edit | None:
        if is_recorded(outside, appeal, message):
            return None
        line = said(outside, appeal.partner, message.text)
        asked = (message.text,) if unanswered(appeal) else (before, message.text)
        return to_specialist(outside, appeal, update=message.update, line=line, asked=asked, told=True)

    written = await record(outside, Record(message=message, partner=partner, change=change), current)
    await after_others(outside, memory, written, message.update)
    if not written.changed:
        return await repeat_reply(outside, memory, message, written.appeal)
    return await handed_over(outside, memory, written, message.chat)
