"""«Решено»: by the partner's button, or by a person in the sheet. The partner is told once."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Edit
from shared.domain.history import Author
from shared.domain.incoming import Press
from shared.domain.status import Status
from shared.ports import Answer, ChatGone, Outside, Refused, RowConfused, Say, Written
from shared.usecases.admins import tell_unrecordable
from shared.usecases.after_others import after_others
from shared.usecases.hand_over import waiting_from
from shared.usecases.memory import Memory
from shared.usecases.record import beaten, is_recorded, said

TOLD_RESOLVED = "resolved"


async def resolve_press(outside: Outside, memory: Memory, press: Press, appeal: Appeal) -> Answer | None:
    """«Вопрос решён» under a reply."""

    def change(now: Appeal) -> Edit | None:
        if is_recorded(outside, now, press) or not now.may_become(Status.RESOLVED):
            return None
        return Edit(
            at=outside.clock.local(),
            lines=(said(outside, Author.BOT, texts.PRESSED_SOLVED),),
            status=Status.RESOLVED,
            question=NOTHING,
            waiting_since=NOTHING,
            trace=now.known_trace.saw(press.update, at=outside.clock.now()).noted(TOLD_RESOLVED, press.update),
        )

    written = await outside.journal.change(appeal.id, change, seen=appeal)
    if beaten(outside, memory, appeal, written, press):
        return None
    await after_others(outside, memory, written, press.update)
    if written and written.status_kept:
        written = await _reopen(outside, written.appeal, appeal)
    is_open = written is not None and not written.appeal.is_resolved
    return Say(chat=press.chat, text=texts.CALL_TOO_LATE if is_open else texts.resolved(appeal.number))


async def tell_resolved(outside: Outside, memory: Memory, appeal: Appeal) -> None:
    """A person set «Решено» in the sheet, or took it back: then the next one is told again."""
    told = TOLD_RESOLVED in appeal.known_trace.delivered
    if not appeal.is_resolved or told:
        memory.unrecorded.recorded(appeal.id, TOLD_RESOLVED)
    if appeal.is_resolved == told:
        return
    if not appeal.is_resolved:
        await _reopen(outside, appeal, appeal)
        return
    await memory.unrecorded.once(appeal.id, TOLD_RESOLVED, lambda: _tell(outside, appeal))

    def change(now: Appeal) -> Edit | None:
        if not now.is_resolved or TOLD_RESOLVED in now.known_trace.delivered:
            return None
        return Edit(
            at=outside.clock.local(),
            question=NOTHING,
            waiting_since=NOTHING,
            trace=now.known_trace.noted(TOLD_RESOLVED, outside.clock.local().isoformat()),
        )

    try:
        written = await outside.journal.change(appeal.id, change, seen=appeal)
    except RowConfused:
        raise
    except Refused:
        await tell_unrecordable(outside, memory, appeal)
        raise
    if written and written.status_kept:
        await _reopen(outside, written.appeal, appeal)
    memory.unrecorded.recorded(appeal.id, TOLD_RESOLVED)


async def _tell(outside: Outside, appeal: Appeal) -> None:
    try:
        await outside.messenger.say(Say(chat=appeal.chat, text=texts.resolved(appeal.number)))
    except ChatGone:
        outside.log.info("partner_gone", appeal=appeal.id)
    except Refused as error:
        # Telegram refuses it again each time that the row is edited
        outside.log.error("closing_refused", appeal=appeal.id, error=str(error))


async def _reopen(outside: Outside, seen: Appeal, before: Appeal) -> Written | None:
    """Undo what was noted for the closing: a person chose another status, which is kept.

    The question waits as it did in *before*; one that was handed over anew waits from now.
    """

    def change(now: Appeal) -> Edit | None:
        if now.is_resolved or TOLD_RESOLVED not in now.known_trace.delivered:
            return None
        at = outside.clock.local()
        waited = now.waiting_since == NOTHING and before.waiting_since != NOTHING
        starts = now.waiting_since == NOTHING and now.known_status is Status.HANDED_OVER
        trace = now.known_trace.without(TOLD_RESOLVED)
        return Edit(
            at=at,
            question=before.question if waited else None,
            waiting_since=before.waiting_since if waited else at.strftime(UPDATED) if starts else None,
            trace=waiting_from(outside, trace, at) if starts and not waited else trace,
        )

    return await outside.journal.change(seen.id, change, seen=seen)
