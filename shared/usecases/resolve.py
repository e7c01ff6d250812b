"""«Решено»: by the partner's button, or by a person in the sheet. The partner is told once."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Edit
from shared.domain.courtesy import is_polite
from shared.domain.history import Author
from shared.domain.incoming import Press
from shared.domain.question_notes import OPEN, WAITED, waited, with_waited
from shared.domain.questions import unanswered
from shared.domain.status import Status
from shared.ports import Answer, ChatGone, Outside, Refused, RowConfused, Say, Written
from shared.usecases import keyboards
from shared.usecases.admins import tell_unrecordable
from shared.usecases.after_others import after_others
from shared.usecases.hand_over import waiting_from
from shared.usecases.memory import Memory
from shared.usecases.record import beaten, is_recorded, note_written, said

TOLD_RESOLVED = "resolved"


async def resolve_press(outside: Outside, memory: Memory, press: Press, appeal: Appeal) -> Answer | None:
    """«Вопрос решён» under a reply."""

    def change(now: Appeal) -> Edit | None:
        if is_recorded(outside, now, press) or not now.may_become(Status.RESOLVED) or _asked_since(now, press):
            return None
        trace = now.known_trace.saw(press.update, at=outside.clock.now()).noted(TOLD_RESOLVED, press.update)
        return Edit(
            at=outside.clock.local(),
            lines=(said(outside, Author.BOT, texts.PRESSED_SOLVED),),
            status=Status.RESOLVED,
            question=NOTHING,
            waiting_since=NOTHING,
            trace=with_waited(trace.without(OPEN), now, press.update),
        )

    first = written = await outside.journal.change(appeal.id, change, seen=appeal)
    note_written(memory, press, first)
    if first and _is_to_be_reopened(first.appeal):
        written = await _reopen(outside, first.appeal)
    if beaten(outside, memory, first, press):
        return None
    await after_others(outside, memory, written, press.update)
    if written is None:
        return Say(chat=press.chat, text=texts.NO_SUCH_APPEAL)
    if not written.appeal.is_resolved and not written.changed and _asked_since(written.appeal, press):
        return Say(chat=press.chat, text=texts.STILL_WAITS, buttons=keyboards.solved(appeal.id))
    is_open = not written.appeal.is_resolved
    return Say(chat=press.chat, text=texts.NOT_CLOSED if is_open else texts.resolved(appeal.number))


def _asked_since(appeal: Appeal, press: Press) -> bool:
    """Return whether a question waits that was asked after the reply with the button, and is more than thanks."""
    if appeal.waiting_since == NOTHING or is_polite(unanswered(appeal)):
        return False
    return appeal.known_trace.count_after(press.message, press.button_sent_at) > 0


async def tell_resolved(outside: Outside, memory: Memory, appeal: Appeal) -> None:
    """A person set «Решено» in the sheet, or took it back: then the next one is told again."""
    told = TOLD_RESOLVED in appeal.known_trace.delivered
    if not appeal.is_resolved or told:
        memory.unrecorded.recorded(appeal.id, TOLD_RESOLVED)
    if appeal.is_resolved == told:
        return
    if not appeal.is_resolved:
        await _reopen(outside, appeal)
        return
    await memory.unrecorded.once(appeal.id, TOLD_RESOLVED, lambda: _tell(outside, appeal))

    def change(now: Appeal) -> Edit | None:
        if not now.is_resolved or TOLD_RESOLVED in now.known_trace.delivered:
            return None
        trace = now.known_trace.noted(TOLD_RESOLVED, outside.clock.local().isoformat())
        return Edit(
            at=outside.clock.local(),
            question=NOTHING,
            waiting_since=NOTHING,
            trace=with_waited(trace, now, ""),
        )

    try:
        written = await outside.journal.change(appeal.id, change, seen=appeal)
    except RowConfused:
        raise
    except Refused:
        await tell_unrecordable(outside, memory, appeal)
        raise
    if written and _is_to_be_reopened(written.appeal):
        await _reopen(outside, written.appeal)
    memory.unrecorded.recorded(appeal.id, TOLD_RESOLVED)


async def _tell(outside: Outside, appeal: Appeal) -> None:
    try:
        await outside.messenger.say(Say(chat=appeal.chat, text=texts.resolved(appeal.number)))
    except ChatGone:
        outside.log.info("partner_gone", appeal=appeal.id)
    except Refused as error:
        # Telegram refuses it again each time that the row is edited
        outside.log.error("closing_refused", appeal=appeal.id, error=str(error))


def _is_to_be_reopened(appeal: Appeal) -> bool:
    """Return whether a closing is noted in a row for which a person chose another status, which is kept."""
    return not appeal.is_resolved and TOLD_RESOLVED in appeal.known_trace.delivered


async def _reopen(outside: Outside, seen: Appeal) -> Written | None:
    """Undo what was noted for the closing: a person chose another status.

    With people, the question waits as it did before the closing; handed over anew it waits from now.
    """

    def change(now: Appeal) -> Edit | None:
        if not _is_to_be_reopened(now):
            return None
        at, before = outside.clock.local(), waited(now.known_trace)
        trace = now.known_trace.without(TOLD_RESOLVED, WAITED)
        if now.waiting_since != NOTHING or not now.is_with_people:
            return Edit(at=at, trace=trace)
        question = before.question if before and before.since != NOTHING else None
        if now.known_status is Status.HANDED_OVER:
            trace = waiting_from(outside, trace, at)
            return Edit(at=at, question=question, waiting_since=at.strftime(UPDATED), trace=trace)
        return Edit(at=at, question=question, waiting_since=before.since if before else None, trace=trace)

    return await outside.journal.change(seen.id, change, seen=seen)
