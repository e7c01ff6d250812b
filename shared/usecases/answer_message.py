"""A partner's message: journaled, answered by the assistant, or passed on to the specialist who has the appeal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain import ids, texts
from shared.domain.access import Partner
from shared.domain.appeals import Appeal, Edit
from shared.domain.escalation import agrees, asks_for_person
from shared.domain.history import Author
from shared.domain.incoming import Message
from shared.domain.knowledge import Entry, chosen, with_link
from shared.domain.question_notes import OPEN
from shared.domain.questions import question_cell, unanswered
from shared.domain.status import Status
from shared.domain.trace import Sent, Under
from shared.ports import Action, Answer, Outside, React, Verdict, Written
from shared.usecases.after_others import after_others
from shared.usecases.hand_over import handed_over, to_specialist
from shared.usecases.hand_over_events import announce_if_untold
from shared.usecases.memory import Memory
from shared.usecases.record import Record, is_recorded, record, said
from shared.usecases.recorded_reply import SEEN, drop_answer, hand_over_message, repeat_reply, send_reply
from shared.usecases.thanks import answer_thanks, courtesy, thanks_for
from shared.usecases.typing import typing

CHOICES = 3
"""So many questions are offered as buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """`choices`: entries whose questions are buttons; the journal has them as lines of the text.

    `answers`: whether the text answers what was asked; what asks back, offers a person or is polite does not.
    """

    text: str
    under: Under
    answers: bool = False
    choices: tuple[Entry, ...] = ()

    @property
    def line(self) -> str:
        return "\n".join([self.text, *(f"• {entry.question}" for entry in self.choices)])


async def answer_message(outside: Outside, memory: Memory, message: Message, partner: Partner) -> Answer | None:
    """What goes back in the webhook's answer; the assistant's text leaves by a call, after it was recorded."""
    newest = await outside.journal.newest(message.chat)
    message = _dated_after(newest, message)
    if newest and is_recorded(outside, newest, message):
        return await repeat_reply(outside, memory, message, partner, newest)
    if newest and newest.is_confused:
        outside.log.error("row_confused", appeal=newest.id)
        if newest.was_with_people:
            return await hand_over_message(outside, memory, message, partner, None)
    if closed := thanks_for(message, newest):
        return await answer_thanks(outside, message, closed)
    current = newest if newest and not newest.is_resolved and not newest.is_confused else None
    if current and current.is_with_people:
        return await _pass_on(outside, memory, message, partner, current)
    preferences = await outside.preferences.current()
    asks = asks_for_person(message.text, preferences.phrases) or (agrees(message.text) and _was_offered(current))
    if asks or not preferences.assistant_on:
        return await hand_over_message(outside, memory, message, partner, current)
    verdict = await _considered(outside, memory, message, current, preferences.instructions)
    reply = _reply_to(verdict, await outside.knowledge.entries(), courtesy(message.text, partner))
    if reply is None:
        return await hand_over_message(outside, memory, message, partner, current)
    written = await _record_reply(outside, message, partner, current, reply)
    if not written.changed:
        return await repeat_reply(outside, memory, message, partner, written.appeal)
    if written.appeal.known_trace.reply_to(message.update) is None:
        return React(chat=message.chat, message=message.message, emoji=SEEN)
    if written.appeal.is_with_people:
        return await drop_answer(outside, memory, message, partner, written.appeal)
    await after_others(outside, memory, written, message.update)
    await send_reply(outside, memory, message, written.appeal)
    return None


def _dated_after(newest: Appeal | None, message: Message) -> Message:
    """Return the message of a button with a date by which the appeal that it opens is its chat's newest.

    The button is as old as the message that carries it; of an old one Telegram does not tell the date.
    """
    if not (newest and message.button):
        return message
    return replace(message, sent_at=max(message.sent_at, ids.opening_order(newest.id)[0]))


async def _considered(
    outside: Outside, memory: Memory, message: Message, current: Appeal | None, instructions: str
) -> Verdict:
    """The assistant's verdict; one that was not recorded last time is not asked for again."""
    kept = memory.verdicts.get(message.update)
    if kept:
        return kept
    entries = await outside.knowledge.entries()
    async with memory.order.given_up(message.chat, message.update), typing(outside, message.chat):
        verdict = await outside.assistant.consider(
            message.text,
            chat=message.chat,
            entries=entries,
            context=current.lines_by_role if current else (),
            instructions=instructions,
        )
    memory.verdicts.put(message.update, verdict)
    return verdict


def _reply_to(verdict: Verdict, entries: Sequence[Entry], polite: str) -> _Reply | None:
    """What the partner reads; None hands over. The code decides, not the model: an unknown source is no source.

    `polite`: the answer to courtesy.
    """
    if not set(verdict.sources) <= {entry.id for entry in entries}:
        return None
    match verdict.action:
        case Action.ANSWER if verdict.sources and verdict.text:
            # the model is told to be short: what its answer calls «по ссылке» would be missing
            return _Reply(text=with_link(verdict.text, verdict.sources, entries), under=Under.CALL, answers=True)
        case Action.ANSWER:
            return _Reply(text=texts.NO_ANSWER, under=Under.OFFER)
        case Action.CLARIFY if verdict.sources:
            choices = chosen(verdict.sources, entries)[:CHOICES]
            return _Reply(text=texts.MAYBE_THIS, under=Under.CALL, choices=choices)
        case Action.CLARIFY if verdict.text:
            return _Reply(text=verdict.text, under=Under.CALL)
        case Action.COURTESY:
            return _Reply(text=polite, under=Under.NOTHING)
        case Action.CLARIFY | Action.ESCALATE:
            return None


async def _record_reply(
    outside: Outside, message: Message, partner: Partner, current: Appeal | None, reply: _Reply
) -> Written:
    """Question and answer in one write. When a specialist took the appeal meanwhile, the answer is dropped."""

    def change(appeal: Appeal) -> Edit | None:
        if is_recorded(outside, appeal, message):
            return None
        if appeal.is_with_people:
            return _passed_on(outside, message, appeal)
        asked = said(outside, appeal.partner, message.text)
        choices = tuple(entry.id for entry in reply.choices)
        sent = Sent(update=message.update, text=reply.text, under=reply.under, choices=choices)
        trace = appeal.known_trace.saw(message.update, sent, at=outside.clock.now(), message=message.place)
        is_open = reply.under is Under.OFFER
        waits = "" if reply.answers else unanswered(appeal)
        asks = "" if reply.answers or reply.under is Under.NOTHING else message.text
        return Edit(
            at=outside.clock.local(),
            lines=(asked, said(outside, Author.ASSISTANT, reply.line)),
            status=Status.ANSWERED,
            question=question_cell(waits, asks),
            trace=trace.noted(OPEN, message.update) if is_open else trace.without(OPEN),
        )

    return await record(outside, Record(message=message, partner=partner, change=change), current)


async def _pass_on(
    outside: Outside, memory: Memory, message: Message, partner: Partner, current: Appeal
) -> Answer | None:
    """Specialists have the appeal: the assistant is silent, the message is journaled and acknowledged.

    Where the row was closed, lost or taken back meanwhile, this write hands over, and what hands over tells so.
    """

    def change(appeal: Appeal) -> Edit | None:
        return None if is_recorded(outside, appeal, message) else _passed_on(outside, message, appeal)

    written = await record(outside, Record(message=message, partner=partner, change=change), current)
    await after_others(outside, memory, written, message.update)
    if not written.changed:
        return await repeat_reply(outside, memory, message, partner, written.appeal)
    made_here = written.appeal.known_trace.reply_to(message.update) is not None
    if made_here or not written.appeal.is_with_people:
        return await handed_over(outside, memory, written, message.chat)
    await announce_if_untold(outside, memory, written.appeal)
    return React(chat=message.chat, message=message.message, emoji=SEEN)


def _passed_on(outside: Outside, message: Message, appeal: Appeal) -> Edit:
    line = said(outside, appeal.partner, message.text)
    told = not appeal.is_with_people
    place, asked = message.place, (message.text,)
    return to_specialist(outside, appeal, update=message.update, line=line, asked=asked, told=told, message=place)


def _was_offered(current: Appeal | None) -> bool:
    sent = current.known_trace.sent if current else None
    return sent is not None and sent.under is Under.OFFER
