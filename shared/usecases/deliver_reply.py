"""A specialist's reply, typed in the sheet, reaches its partner; the cell beside it says so."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial

from shared.domain import texts
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Edit
from shared.domain.events import EditedRow
from shared.domain.history import Author, Line, clean, shortened
from shared.domain.instants import WAITS, instant_of
from shared.domain.problems import is_formula_error
from shared.domain.status import Status
from shared.ports import ChatGone, Outside, Refused, RowConfused, Say
from shared.usecases import keyboards
from shared.usecases.memory import Memory

REPLY = "reply"
FAILED = "failed"
EMPTIED = "emptied"
ARRIVED = ""


async def deliver_reply(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> Appeal:
    """Send what stands in the reply cell unless that was done already; gives the row as it is then.

    The same words are sent again when the cell was emptied in between, when they did not arrive, or when they were
    typed after the partner had asked something else.

    Raises Unavailable: the event is to come again.
    """
    text = appeal.reply.strip()
    if not text:
        return await _emptied(outside, appeal, row)
    if is_formula_error(text):
        return await _noted(outside, appeal, texts.REPLY_IS_FORMULA)
    done = appeal.known_trace.delivered
    question = appeal.waiting_since if _answers_a_later_question(outside, appeal, row) else NOTHING
    if done.get(REPLY) == _mark(text) and question == NOTHING:
        in_vain = appeal.receipt == texts.REPLY_IS_FORMULA
        return await _noted(outside, appeal, texts.REPLY_AS_BEFORE) if in_vain else appeal
    if _was_dealt_with(appeal, row, text):
        return appeal
    this = f"{REPLY} {appeal.id} {_mark(text)} {question}"
    refusal = await memory.unrecorded.once(this, lambda: _send(outside, appeal, text))
    appeal = await _receipted(outside, appeal, text, refusal=refusal, editor=row.editor)
    memory.unrecorded.recorded(this)
    outside.log.info("reply_not_delivered" if refusal else "reply_delivered", appeal=appeal.id)
    return appeal


def _answers_a_later_question(outside: Outside, appeal: Appeal, row: EditedRow) -> bool:
    """Was the reply typed after the question that waits? An event that comes twice is as old as it was."""
    if not (row.has_reply and row.at) or appeal.waiting_since == NOTHING:
        return False
    since_ms = instant_of(appeal.known_trace, WAITS, appeal.waiting_since)
    if since_ms:
        return row.at * 1000 > since_ms
    # a row of an earlier version has the local time alone
    typed = outside.clock.local() - timedelta(seconds=outside.clock.now() - row.at)
    return typed.strftime(UPDATED) > appeal.waiting_since


async def _send(outside: Outside, appeal: Appeal, text: str) -> str:
    """ARRIVED, or the receipt that says why it did not."""
    message = Say(chat=appeal.chat, text=texts.reply(appeal.number, text), buttons=keyboards.solved(appeal.id))
    try:
        await outside.messenger.say(message)
    except ChatGone:
        return texts.NOT_DELIVERED_GONE
    except Refused as error:
        outside.log.error("reply_refused", appeal=appeal.id, error=str(error))
        return texts.REPLY_REFUSED
    return ARRIVED


async def _receipted(outside: Outside, appeal: Appeal, text: str, *, refusal: str, editor: str) -> Appeal:
    """The reply as a line of the history, and its receipt; in a row that takes no more lines the receipt alone."""
    arrived = refusal == ARRIVED

    def change(now: Appeal, *, has_room: bool = True) -> Edit | None:
        done = now.known_trace.delivered
        same = now.waiting_since == appeal.waiting_since and done == appeal.known_trace.delivered
        if not same and (done.get(REPLY) == _mark(text) or (done.get(FAILED) == _mark(text))):
            return None
        trace = now.known_trace.without(REPLY, FAILED, EMPTIED)
        at = outside.clock.local()
        line = Line(at=at, author=now.owner.strip() or Author.SPECIALIST, text=shortened(text))
        return Edit(
            at=at,
            lines=(line,) if arrived and has_room else (),
            status=Status.IN_WORK if arrived and now.may_become(Status.IN_WORK) else None,
            receipt=refusal or texts.delivered(at, now.owner.strip() or editor),
            question=NOTHING if arrived else None,
            waiting_since=NOTHING if arrived else None,
            trace=trace.noted(REPLY if arrived else FAILED, _mark(text)),
        )

    try:
        written = await outside.journal.change(appeal.id, change, seen=appeal)
    except RowConfused:
        await outside.journal.flag_sent(appeal, refusal or texts.delivered_confused(outside.clock.local()))
        raise
    except Refused as error:
        outside.log.error("reply_not_journaled", appeal=appeal.id, error=str(error))
        written = await outside.journal.change(appeal.id, partial(change, has_room=False))
    return written.appeal if written else appeal


async def _noted(outside: Outside, appeal: Appeal, receipt: str) -> Appeal:
    """Nothing is sent, and nothing counts as sent: the cell beside the reply says why."""

    def change(now: Appeal) -> Edit | None:
        if now.receipt == receipt or now.reply.strip() != appeal.reply.strip():
            return None
        return Edit(at=outside.clock.local(), receipt=receipt, trace=now.known_trace)

    if appeal.receipt == receipt:
        return appeal
    written = await outside.journal.change(appeal.id, change, seen=appeal)
    outside.log.warning("reply_not_sent", appeal=appeal.id, receipt=receipt)
    return written.appeal if written else appeal


async def _emptied(outside: Outside, appeal: Appeal, row: EditedRow) -> Appeal:
    """The same words are a new reply when they are typed after this; who undoes it types nothing."""

    def change(now: Appeal) -> Edit | None:
        done = now.known_trace.delivered
        if now.reply.strip() or not {REPLY, FAILED} & set(done):
            return None
        trace = now.known_trace.without(REPLY, FAILED)
        trace = trace.noted(EMPTIED, f"{done[REPLY]} {row.at:.3f}") if REPLY in done else trace
        return Edit(at=outside.clock.local(), trace=trace)

    if change(appeal) is None:
        return appeal
    written = await outside.journal.change(appeal.id, change, seen=appeal)
    return written.appeal if written else appeal


def _was_dealt_with(appeal: Appeal, row: EditedRow, text: str) -> bool:
    """These words were sent, or could not be, and nobody has typed them since."""
    done = appeal.known_trace.delivered
    if not row.has_reply and done.get(FAILED) == _mark(text):
        return True
    untold = appeal.trace is None or not row.has_reply
    return (untold and _stands_in(appeal, text)) or _is_older(row, done.get(EMPTIED, ""), text)


def _is_older(row: EditedRow, emptied: str, text: str) -> bool:
    """Did these words stand in the cell before it was emptied, and has nobody typed them since?"""
    mark, _, at = emptied.partition(" ")
    return mark == _mark(text) and not (row.has_reply and row.at >= float(at))


def _stands_in(appeal: Appeal, text: str) -> bool:
    """Is it among the lines? It was delivered then, whatever the technical cell says."""
    line = clean(shortened(text))
    return any(said.text == line for said in appeal.lines)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
