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
from shared.usecases.reply_notes import (
    BACK,
    FAILED,
    HELD,
    REPLY,
    digest_of,
    line_of,
    notes_of,
    was_dealt_with,
)
from shared.usecases.reply_receipts import claim, record_back, record_emptied, record_receipt
from shared.usecases.reply_record import ARRIVED, Sent, record_sent

OVERTAKEN = frozenset({texts.REPLY_WILL_REPEAT, texts.REPLY_HELD_BACK, texts.CONFUSED, texts.SENDING})
"""Receipts that are wrong as soon as the reply beside them is the one that was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A reply that left, or could not. `refusal`: ARRIVED, or the receipt that says why it did not."""

    at: datetime
    refusal: str
    waiting_since: str
    question: str
    """The cell «Вопрос» as it was when the reply left: what was asked afterwards is not answered by it."""


async def deliver_reply(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> Appeal:
    """Send what stands in the reply cell unless that was done already; gives the row as it is then.

    A reply counts as sent by its digest in the technical cell, never by its receipt. The same words are sent again when
    the cell was emptied in between, when they did not arrive, or when a person is known to have typed them after the
    partner had asked something else. What nobody typed just now is sent only from a row that takes a note of it.

    Raises Unavailable: the event is to come again. Refused: sent, and not to be recorded.
    """
    text = appeal.reply.strip()
    if not text:
        memory.swept.verify(appeal.id, digest_of(""))
        return await record_emptied(outside, memory, appeal, row)
    if is_formula_error(text):
        return await record_receipt(outside, memory, appeal, texts.REPLY_IS_FORMULA)
    notes, this = notes_of(memory, appeal), f"{REPLY} {digest_of(text)}"
    is_later = _answers_a_later_question(outside, appeal, row)
    question = appeal.waiting_since if is_later and row.by_hand else NOTHING
    if question == NOTHING and notes.get(REPLY) == digest_of(text):
        if appeal.known_trace.delivered.get(REPLY) == digest_of(text):
            memory.unrecorded.recorded(appeal.id, this)
        if memory.unrecorded.get(appeal.id, this) is None:
            return await _with_a_true_receipt(outside, memory, appeal, row, is_announced=is_later)
    before = memory.unrecorded.get(appeal.id, this)
    if before is None and was_dealt_with(appeal, row, notes):
        return await _as_dealt_with(outside, memory, appeal, row)
    if before and question not in (NOTHING, before.waiting_since):
        memory.unrecorded.recorded(appeal.id, this)
    ready = appeal if before or (row.has_reply and not row.swept) else await claim(outside, memory, appeal)
    return await _sent(outside, memory, ready, row) if ready else appeal


async def _sent(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> Appeal:
    """Send the reply unless this instance did and could not record it; give the row with its record."""
    text = appeal.reply.strip()
    this = f"{REPLY} {digest_of(text)}"
    attempt = await memory.unrecorded.once(appeal.id, this, lambda: _send(outside, memory, appeal, text))
    await memory.receipts.turn()
    sent = Sent(
        outside=outside,
        appeal=appeal,
        at=attempt.at,
        refusal=attempt.refusal,
        editor=row.author_of(text),
        answered=attempt.question,
    )
    appeal = await record_sent(memory, sent)
    memory.unrecorded.recorded(appeal.id, this)
    memory.swept.verify(appeal.id, digest_of(text))
    outside.log.info("reply_not_delivered" if attempt.refusal else "reply_delivered", appeal=appeal.id)
    return appeal


def _answers_a_later_question(outside: Outside, appeal: Appeal, row: EditedRow) -> bool:
    """Was the row edited after the question that waits was asked? An event that comes twice is as old as it was."""
    if not (row.has_reply and row.at) or appeal.waiting_since == NOTHING:
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
    at, since, question = outside.clock.local(), appeal.waiting_since, appeal.question
    return Attempt(at=at, refusal=refusal, waiting_since=since, question=question)


async def _with_a_true_receipt(
    outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow, *, is_announced: bool
) -> Appeal:
    """Say what is true of a reply that was sent: the receipt may be about another reply that was in the cell since.

    `is_announced`: an event of after the partner's next question names the row, and nobody knows if the reply was
    typed again (pasted, for example), or if the event is about another row.
    """
    if texts.is_unrecorded(appeal.receipt):
        return appeal
    if is_announced or appeal.receipt == texts.REPLY_IS_FORMULA:
        return await record_receipt(outside, memory, appeal, texts.REPLY_AS_BEFORE)
    line = line_of(appeal, appeal.reply) if appeal.waiting_since == NOTHING else None
    # the reply may have been sent by the event of another editor, whose own text it had replaced
    is_nameless = line is not None and appeal.receipt == texts.delivered(line.at, "") and row.author_of(appeal.reply)
    if appeal.receipt not in OVERTAKEN and not is_nameless:
        return appeal
    who = appeal.owner.strip() or row.author_of(appeal.reply)
    receipt = texts.delivered(line.at, who) if line else texts.REPLY_AS_BEFORE
    return await record_receipt(outside, memory, appeal, receipt)


async def _as_dealt_with(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> Appeal:
    """Say why a reply is not sent; note that an old one is in its cell again, as the sweep finds it."""
    notes, digest = notes_of(memory, appeal), digest_of(appeal.reply)
    if row.has_reply and digest == notes.get(BACK):
        return await record_receipt(outside, memory, appeal, texts.REPLY_AS_BEFORE)
    if not row.swept or digest in (notes.get(FAILED), notes.get(BACK)) or appeal.trace is None:
        return appeal
    if digest == notes.get(HELD):
        return await record_receipt(outside, memory, appeal, texts.REPLY_HELD_BACK)
    return await record_back(outside, memory, appeal)
