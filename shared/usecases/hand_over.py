"""Hand an appeal over to a specialist, or take that back.

The partner reads «передали» only when the status stands in the sheet. The specialists are told by an event, which
may come twice and is told once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shared.domain import texts
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Edit
from shared.domain.escalation import only_asks_for_person
from shared.domain.history import Author, Line
from shared.domain.incoming import Press
from shared.domain.instants import WAITS, instant_of, with_instant
from shared.domain.question_notes import HANDED_BY, OPEN, WAITED, waited, with_waited
from shared.domain.questions import last_question, question_cell, unanswered
from shared.domain.status import Status
from shared.domain.trace import CLOCKS_DIFFER_S, Sent, Trace, Under
from shared.ports import Answer, Outside, Say, Written
from shared.usecases import keyboards
from shared.usecases.after_others import after_others
from shared.usecases.hand_over_events import HandOver, announce
from shared.usecases.memory import Memory
from shared.usecases.record import beaten, is_recorded, note_written, said


async def hand_over_press(outside: Outside, memory: Memory, press: Press, appeal: Appeal) -> Answer | None:
    """«Позвать специалиста» under an answer: about what was asked when that answer was sent."""

    def change(now: Appeal) -> Edit | None:
        waits = now.is_with_people and now.waiting_since != NOTHING
        if is_recorded(outside, now, press) or waits or now.is_resolved:
            return None
        line = said(outside, Author.BOT, texts.PRESSED_CALL)
        later = appeal.known_trace.count_after(press.message, press.button_sent_at)
        asked = (last_question(appeal, but=later) or last_question(appeal),)
        return to_specialist(outside, now, update=press.update, line=line, asked=asked, told=True)

    written = await outside.journal.change(appeal.id, change, seen=appeal)
    if written is None:
        return Say(chat=press.chat, text=texts.NO_SUCH_APPEAL)
    note_written(memory, press, written)
    await after_others(outside, memory, written, press.update)
    answer = await handed_over(outside, memory, written, press.chat)
    return None if beaten(outside, memory, written, press) else answer


async def handed_over(outside: Outside, memory: Memory, written: Written, chat: int) -> Answer:
    """Tell the specialists, then the partner, in their chat whatever stands in the row. Also what a repetition gets."""
    appeal = written.appeal
    if not appeal.is_with_people and appeal.waiting_since != NOTHING:
        again = await outside.journal.change(appeal.id, lambda now: _not_handed_over(outside, now), seen=appeal)
        appeal = again.appeal if again else appeal
    if appeal.is_resolved:
        return Say(chat=chat, text=texts.resolved(appeal.number))
    if not appeal.is_with_people:
        return Say(chat=chat, text=texts.CALL_AGAIN, buttons=keyboards.under(Under.OFFER, appeal.id))
    if appeal.waiting_since != NOTHING:
        await announce(outside, memory, HandOver.of_row(appeal.id, appeal.waiting_since, appeal.known_trace))
    buttons = keyboards.under(Under.CANCEL, appeal.id)
    return Say(chat=chat, text=_told(appeal.number, unanswered(appeal)), buttons=buttons)


def to_specialist(
    outside: Outside,
    appeal: Appeal,
    *,
    update: str,
    line: Line,
    asked: tuple[str, ...],
    told: bool = False,
    message: int = 0,
) -> Edit:
    """Return the edit that lets the question wait for a specialist, if it did not already.

    `asked`: what is asked now, added to what no person has answered yet. `told`: the partner reads that it waits.
    `message`: the id of the partner's message, 0 for a press.
    """
    at = outside.clock.local()
    cell = question_cell(unanswered(appeal), *asked)
    text = _told(appeal.number, unanswered(replace(appeal, question=cell)))
    sent = Sent(update=update, text=text, under=Under.CANCEL) if told else None
    waits = appeal.is_with_people and appeal.waiting_since != NOTHING
    trace = appeal.known_trace.saw(update, sent, at=outside.clock.now(), message=message).noted(OPEN, update)
    return Edit(
        at=at,
        lines=(line,),
        status=None if appeal.is_with_people else Status.HANDED_OVER,
        question=cell,
        waiting_since=None if waits else at.strftime(UPDATED),
        trace=trace if waits else waiting_from(outside, trace.noted(HANDED_BY, update), at),
    )


def _told(number: str, question: str) -> str:
    """What the partner reads: whose question says nothing but that a person is wanted is asked what it is about."""
    return texts.about_what(number) if only_asks_for_person(question) else texts.handed_over(number)


def waiting_from(outside: Outside, trace: Trace, at: datetime) -> Trace:
    """Return the state of a row whose question waits since the local time *at*, which is now."""
    return with_instant(trace, WAITS, at.strftime(UPDATED), round(outside.clock.now() * 1000))


async def take_back(outside: Outside, memory: Memory, press: Press, appeal: Appeal) -> Answer | None:
    """«Отменить вызов», until a specialist acts: types a reply, puts a name beside it, or chooses a status."""

    def change(now: Appeal) -> Edit | None:
        if is_recorded(outside, now, press) or now.known_status is not Status.HANDED_OVER or _has_specialist(now):
            return None
        if _is_of_earlier_call(now, press):
            return None
        trace = now.known_trace.saw(press.update, at=outside.clock.now())
        return Edit(
            at=outside.clock.local(),
            lines=(said(outside, Author.BOT, texts.PRESSED_CANCEL),),
            status=Status.ANSWERED,
            question=NOTHING,
            waiting_since=NOTHING,
            trace=with_waited(trace.without(OPEN), now, press.update),
        )

    first = written = await outside.journal.change(appeal.id, change, seen=appeal)
    note_written(memory, press, first)
    # status, reply and owner may have been typed after the row was read: the write brings them back
    if first and _waits_still(outside, first.appeal, press):
        seen = first.appeal
        written = await outside.journal.change(seen.id, lambda now: _waits_still(outside, now, press), seen=seen)
    if beaten(outside, memory, first, press):
        return None
    await after_others(outside, memory, written, press.update)
    if written is None:
        return Say(chat=press.chat, text=texts.NO_SUCH_APPEAL)
    if written.appeal.is_resolved:
        return Say(chat=press.chat, text=texts.resolved(written.appeal.number))
    if not written.changed and written.appeal.is_with_people and _is_of_earlier_call(written.appeal, press):
        return await handed_over(outside, memory, written, press.chat)
    nobody_waits = not written.appeal.is_with_people
    return Say(chat=press.chat, text=texts.CALL_CANCELLED if nobody_waits else texts.CALL_TOO_LATE)


def _is_of_earlier_call(appeal: Appeal, press: Press) -> bool:
    """Return whether the button was sent before the hand-over that the row shows, and so belongs to an earlier one."""
    trace = appeal.known_trace
    handed_by = trace.delivered.get(HANDED_BY, "")
    if handed_by in trace.messages:
        return trace.came_after(handed_by, press.message, press.button_sent_at)
    # of a hand-over by a press only its time is known
    since_ms = instant_of(trace, WAITS, appeal.waiting_since)
    return 0 < press.button_sent_at < since_ms // 1000 - CLOCKS_DIFFER_S


def _has_specialist(appeal: Appeal) -> bool:
    return bool(appeal.reply.strip() or appeal.owner.strip())


def _waits_still(outside: Outside, now: Appeal, press: Press) -> Edit | None:
    """Return the edit that lets the question wait as it did before the press, which came too late.

    None when the press came in time, or that was written already.
    """
    before = waited(now.known_trace)
    given_back = now.known_status is Status.ANSWERED and _has_specialist(now)
    if before is None or before.update != press.update or not (now.is_with_people or given_back):
        return None
    if now.waiting_since != NOTHING:
        return None
    at = outside.clock.local()
    line = said(outside, Author.BOT, texts.CANCEL_CAME_LATE)
    return Edit(
        at=at,
        lines=(line,),
        status=Status.HANDED_OVER if given_back else None,
        question=before.question,
        waiting_since=before.since,
        trace=now.known_trace.without(WAITED),
    )


def _not_handed_over(outside: Outside, appeal: Appeal) -> Edit | None:
    """A person changed the status while we wrote ours: what they chose stands, and nobody waits."""
    if appeal.is_with_people:
        return None
    trace = appeal.known_trace
    if trace.sent and not appeal.is_resolved:
        trace = replace(trace, sent=replace(trace.sent, text=texts.CALL_AGAIN, under=Under.OFFER))
    return Edit(at=outside.clock.local(), question=NOTHING, waiting_since=NOTHING, trace=trace)
