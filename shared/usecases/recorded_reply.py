"""The reply that is recorded in an appeal's row: sent for the first time, sent again, or dropped."""

from __future__ import annotations

from dataclasses import replace

from shared.domain import texts
from shared.domain.access import Partner
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.history import Author
from shared.domain.incoming import Message
from shared.domain.knowledge import chosen
from shared.domain.questions import last_question, unanswered
from shared.domain.trace import Under
from shared.ports import Answer, ChatGone, Outside, React, Refused, Say, Written
from shared.usecases import keyboards
from shared.usecases.after_others import after_others
from shared.usecases.hand_over import handed_over, to_specialist
from shared.usecases.memory import Memory
from shared.usecases.record import (
    Record,
    answered_elsewhere,
    is_cut_off,
    is_recorded,
    record,
    release_source,
    said,
    try_change,
)
from shared.usecases.send_answer import send_answer

SEEN = "👀"


async def hand_over_message(
    outside: Outside,
    memory: Memory,
    message: Message,
    partner: Partner,
    current: Appeal | None,
    *,
    closed: Appeal | None = None,
) -> Answer | None:
    """The partner's message asks for a person, or the assistant had no answer to it. None: the answer leaves elsewhere.

    «Позовите специалиста» alone tells a specialist nothing: what was asked before stands in front of it.
    `closed`: the row in which the message's question is open, closed meanwhile.
    """
    source = current or closed
    before = last_question(source) if source else ""

    def change(appeal: Appeal) -> Edit | None:
        if is_recorded(outside, appeal, message):
            return None
        line = said(outside, appeal.partner, message.text)
        asked = (message.text,) if unanswered(appeal) else (before, message.text)
        place = message.place
        return to_specialist(outside, appeal, update=message.update, line=line, asked=asked, told=True, message=place)

    wanted = Record(message=message, partner=partner, change=change, closed=closed)
    written = await record(outside, wanted, current)
    await after_others(outside, memory, written, message.update)
    if not written.changed:
        return await repeat_reply(outside, memory, message, partner, written.appeal)
    return await handed_over(outside, memory, written, message.chat)


async def repeat_reply(
    outside: Outside, memory: Memory, message: Message, partner: Partner, appeal: Appeal
) -> Answer | None:
    """Answer an update that is recorded in the row: send its reply again, unless another caller is about to.

    What the first caller may have left half done, by the row as it is, is done before: see `is_cut_off`,
    `release_source`, `drop_answer`.
    """
    if is_cut_off(appeal, message):
        return await hand_over_message(outside, memory, message, partner, None, closed=appeal)
    await release_source(outside, appeal)
    sent = appeal.known_trace.reply_to(message.update)
    if sent is None:
        return React(chat=message.chat, message=message.message, emoji=SEEN)
    if sent.under is not Under.CANCEL and appeal.is_with_people and not appeal.is_confused:
        return await drop_answer(outside, memory, message, partner, appeal)
    if answered_elsewhere(outside, memory, appeal, message):
        return None
    if sent.under is Under.CANCEL and not appeal.is_confused:
        if appeal.is_with_people and appeal.waiting_since == NOTHING:
            # a specialist has answered: «ответ придёт сюда» would be the last word
            return React(chat=message.chat, message=message.message, emoji=SEEN)
        return await handed_over(outside, memory, Written(appeal=appeal, changed=False), message.chat)
    await send_reply(outside, memory, message, appeal)
    return None


async def drop_answer(
    outside: Outside, memory: Memory, message: Message, partner: Partner, seen: Appeal
) -> Answer | None:
    """Do not send the assistant's answer that the row records: a specialist has the row, and the question waits there.

    A row that is closed, given back or lost meanwhile: the answer is sent after all, or the question handed over anew.
    """

    def change(now: Appeal) -> Edit | None:
        if not now.is_with_people or now.known_trace.reply_to(message.update) is None:
            return None
        line = said(outside, Author.BOT, texts.ANSWER_DROPPED)
        place, asked = message.place, (message.text,)
        edit = to_specialist(outside, now, update=message.update, line=line, asked=asked, message=place)
        return replace(edit, trace=replace(edit.trace, sent=None))

    written = await try_change(outside, seen, change)
    if written is None:
        return await hand_over_message(outside, memory, message, partner, None)
    if is_cut_off(written.appeal, message):
        return await hand_over_message(outside, memory, message, partner, None, closed=written.appeal)
    if written.appeal.known_trace.reply_to(message.update):
        await send_reply(outside, memory, message, written.appeal)
        return None
    if not written.appeal.is_with_people:
        return await handed_over(outside, memory, written, message.chat)
    return React(chat=message.chat, message=message.message, emoji=SEEN)


async def send_reply(outside: Outside, memory: Memory, message: Message, appeal: Appeal) -> None:
    """Send the reply that is noted in the row by a call, if there is one."""
    sent = appeal.known_trace.sent
    if sent is None:
        return
    entries = await outside.knowledge.entries() if sent.choices else ()
    buttons = keyboards.under(sent.under, appeal.id, chosen(sent.choices, entries))
    try:
        await send_answer(outside, memory, message.update, Say(chat=message.chat, text=sent.text, buttons=buttons))
    except ChatGone:
        outside.log.info("partner_gone", appeal=appeal.id)
    except Refused as error:
        outside.log.error("answer_refused", appeal=appeal.id, error=str(error))
    memory.verdicts.forget(message.update)
