"""A specialist's reply, typed in the sheet, reaches its partner; the cell beside it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain import texts
from shared.domain.appeals import NOTHING, UPDATED, Appeal
from shared.domain.events import EditedRow
from shared.domain.instants import WAITS, instant_of
from shared.domain.problems import is_formula_error
from shared.ports import ChatGone, Outside, Refused, Say
from shared.usecases import keyboards
from shared.usecases.memory import Memory
from shared.usecases.reply_record import (
    ARRIVED,
    EMPTIED,
    FAILED,
    HELD,
    REPLY,
    Sent,
    digest_of,
    line_of,
    record_emptied,
    record_receipt,
    record_sent,
)

_OVERTAKEN = frozenset({texts.REPLY_WILL_REPEAT, texts.REPLY_HELD_BACK, texts.CONFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A reply that left, or could not. `refusal`: ARRIVED, or the receipt that says why it did not."""

    at: datetime
    refusal: str
    waiting_since: str


async def deliver_reply(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> Appeal:
    """Send what stands in the reply cell unless that was done already; gives the row as it is then.

    A reply counts as sent by its digest in the technical cell, never by its receipt. The same words are sent again when
    the cell was emptied in between, when they did not arrive, or when a person is known to have typed them after the
    partner had asked something else.

    Raises Unavailable: the event is to come again. Refused: sent, and not to be recorded.
    """
    text = appeal.reply.strip()
    if not text:
        memory.unrecorded.forget(appeal.id, REPLY)
        return await record_emptied(outside, appeal, row)
    if is_formula_error(text):
        return await record_receipt(outside, appeal, texts.REPLY_IS_FORMULA)
    is_later = _answers_a_later_question(outside, appeal, row)
    question = appeal.waiting_since if is_later and row.by_hand else NOTHING
    this = f"{REPLY} {digest_of(text)}"
    if appeal.known_trace.delivered.get(REPLY) == digest_of(text) and question == NOTHING:
        memory.unrecorded.recorded(appeal.id, this)
        return await _with_a_true_receipt(outside, appeal, text, is_announced=is_later)
    if _was_dealt_with(appeal, row, text):
        is_old = row.swept and line_of(appeal, text) and appeal.trace is not None
        return await record_receipt(outside, appeal, texts.REPLY_AS_BEFORE) if is_old else appeal
    before = memory.unrecorded.get(appeal.id, this)
    if before and question not in (NOTHING, before.waiting_since):
        memory.unrecorded.recorded(appeal.id, this)
    attempt = await memory.unrecorded.once(appeal.id, this, lambda: _send(outside, memory, appeal, text))
    await memory.receipts.turn()
    sent = Sent(outside=outside, appeal=appeal, at=attempt.at, refusal=attempt.refusal, editor=row.editor)
    appeal = await record_sent(memory, sent)
    memory.unrecorded.recorded(appeal.id, this)
    memory.swept.verify(appeal.id, digest_of(text))
    outside.log.info("reply_not_delivered" if attempt.refusal else "reply_delivered", appeal=appeal.id)
    return appeal


def _answers_a_later_question(outside: Outside, appeal: Appeal, row: EditedRow) -> bool:
    """Was the reply typed after the question that waits? An event that comes twice is as old as it was.

    Of a reply that the sweep found nobody knows when it was typed.
    """
    if row.swept or not (row.has_reply and row.at) or appeal.waiting_since == NOTHING:
        return False
    since_ms = instant_of(appeal.known_trace, WAITS, appeal.waiting_since)
    if since_ms:
        return row.at * 1000 > since_ms
    # a row of an earlier version has the local time alone
    typed = outside.clock.local() - timedelta(seconds=outside.clock.now() - row.at)
    return typed.strftime(UPDATED) > appeal.waiting_since


async def _send(outside: Outside, memory: Memory, appeal: Appeal, text: str) -> Attempt:
    message = Say(chat=appeal.chat, text=texts.reply(appeal.number, text), buttons=keyboards.solved(appeal.id))
    refusal = ARRIVED
    with memory.receipts.sending():
        try:
            await outside.messenger.say(message)
        except ChatGone:
            refusal = texts.NOT_DELIVERED_GONE
        except Refused as error:
            outside.log.error("reply_refused", appeal=appeal.id, error=str(error))
            refusal = texts.REPLY_REFUSED
    return Attempt(at=outside.clock.local(), refusal=refusal, waiting_since=appeal.waiting_since)


async def _with_a_true_receipt(outside: Outside, appeal: Appeal, text: str, *, is_announced: bool) -> Appeal:
    """Say what is true of a reply that was sent: the receipt may be about another reply that was in the cell since.

    `is_announced`: an event of after the partner's next question names the row, and nobody knows if the reply was
    typed again (pasted, for example), or if the event is about another row.
    """
    if is_announced or appeal.receipt == texts.REPLY_IS_FORMULA:
        return await record_receipt(outside, appeal, texts.REPLY_AS_BEFORE)
    if appeal.receipt not in _OVERTAKEN:
        return appeal
    line = line_of(appeal, text) if appeal.waiting_since == NOTHING else None
    receipt = texts.delivered(line.at, appeal.owner.strip()) if line else texts.REPLY_AS_BEFORE
    return await record_receipt(outside, appeal, receipt)


def _was_dealt_with(appeal: Appeal, row: EditedRow, text: str) -> bool:
    """These words were sent, or could not be, and nobody has typed them since."""
    done = appeal.known_trace.delivered
    if not row.has_reply and digest_of(text) in (done.get(FAILED), done.get(HELD)):
        return True
    untold = appeal.trace is None or not row.has_reply
    return (untold and line_of(appeal, text) is not None) or _is_older(row, done.get(EMPTIED, ""), text)


def _is_older(row: EditedRow, emptied: str, text: str) -> bool:
    """Did these words stand in the cell before it was emptied, and has nobody typed them since?"""
    mark, _, at = emptied.partition(" ")
    return mark == digest_of(text) and not (row.has_reply and row.at >= float(at))
