"""What is written beside a reply that is not sent: receipts, notes, and the claim before one that nobody typed now."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Change, Edit
from shared.domain.events import EditedRow
from shared.ports import Outside, Refused, RowConfused, Written
from shared.usecases.admins import tell_unrecordable, tell_unsendable
from shared.usecases.memory import Memory
from shared.usecases.reply_notes import BACK, EMPTIED, FAILED, HELD, REPLY, digest_of, emptied_digest, notes_of

_ABOUT_A_REPLY = frozenset(
    {texts.REPLY_WILL_REPEAT, texts.REPLY_HELD_BACK, texts.REPLY_IS_FORMULA, texts.REPLY_AS_BEFORE, texts.SENDING}
)
"""Receipts that say nothing true beside an empty cell."""


async def claim(outside: Outside, memory: Memory, appeal: Appeal) -> Appeal | None:
    """Write into the row, or at least beside its reply, before a reply is sent that nobody has typed just now.

    Return the row as it is then. None: nothing can be written, so that every instance would send the reply again;
    the admins are told, and the reply is not sent.
    """

    def change(now: Appeal) -> Edit | None:
        if now.reply.strip() != appeal.reply.strip():
            return None
        return Edit(at=outside.clock.local(), trace=now.known_trace)

    try:
        written = await outside.journal.change(appeal.id, change, seen=appeal)
    except RowConfused:
        raise
    except Refused as error:
        outside.log.error("reply_not_claimed", appeal=appeal.id, error=str(error))
        return appeal if await _says_sending(outside, memory, appeal) else None
    return written.appeal if written and written.changed else None


async def _says_sending(outside: Outside, memory: Memory, appeal: Appeal) -> bool:
    try:
        await outside.journal.flag_sent(appeal, texts.SENDING)
    except Refused:
        memory.swept.note_unwritable(appeal.id)
        await tell_unsendable(outside, memory, appeal)
        return False
    return True


async def record_receipt(
    outside: Outside, memory: Memory, appeal: Appeal, receipt: str | None, *, back: bool = False
) -> Appeal:
    """Write what is said of the reply, and nothing that counts as sent; give the row as it is then.

    `receipt`: None where it stays. `back`: note that the reply is an old one that came back into its cell.
    Where Google refuses the write, the admins are told, and the row is given as it was.
    """
    digest = digest_of(appeal.reply)

    def change(now: Appeal) -> Edit | None:
        noted = not back or now.known_trace.delivered.get(BACK) == digest
        if (receipt in (None, now.receipt) and noted) or now.reply.strip() != appeal.reply.strip():
            return None
        return Edit(
            at=outside.clock.local(),
            receipt=receipt,
            trace=now.known_trace.noted(BACK, digest) if back else now.known_trace,
        )

    if change(appeal) is None:
        return appeal
    if receipt:
        outside.log.warning("reply_not_sent", appeal=appeal.id, receipt=receipt)
    written = await _written(outside, memory, appeal, change)
    return written.appeal if written else appeal


async def record_back(outside: Outside, memory: Memory, appeal: Appeal) -> Appeal:
    """Note that an old reply is in its cell again, and say so where the receipt is about other words."""
    was_emptied = emptied_digest(notes_of(memory, appeal)) == digest_of(appeal.reply)
    is_true = was_emptied and appeal.waiting_since == NOTHING
    return await record_receipt(outside, memory, appeal, None if is_true else texts.REPLY_AS_BEFORE, back=True)


async def record_emptied(outside: Outside, memory: Memory, appeal: Appeal, row: EditedRow) -> Appeal:
    """Note that the cell is empty: the same words are a new reply when they are typed after this.

    What was sent and could not be written may be sent again as well. Where Google refuses the note, this instance
    remembers it.
    """
    notes = notes_of(memory, appeal)
    was = notes.get(BACK) or notes.get(REPLY) or memory.unrecorded.newest(appeal.id, f"{REPLY} ")
    untrue = appeal.receipt in _ABOUT_A_REPLY or texts.is_unrecorded(appeal.receipt)

    def change(now: Appeal) -> Edit | None:
        done = now.known_trace.delivered
        if now.reply.strip() or not (untrue or was or {REPLY, FAILED} & set(done)):
            return None
        digest = done.get(BACK) or done.get(REPLY) or was
        trace = now.known_trace.without(REPLY, FAILED, BACK)
        trace = trace.noted(EMPTIED, f"{digest} {row.at:.3f}") if digest else trace
        return Edit(at=outside.clock.local(), receipt=NOTHING if untrue else None, trace=trace)

    edit = change(appeal)
    if edit is None:
        return appeal
    memory.unrecorded.forget(appeal.id, f"{REPLY} ")
    written = await _written(outside, memory, appeal, change)
    if written is not None:
        memory.unrecorded.recorded(appeal.id, EMPTIED)
        return written.appeal
    if emptied := edit.trace.delivered.get(EMPTIED):
        memory.unrecorded.put(appeal.id, EMPTIED, emptied)
    if untrue:
        with contextlib.suppress(Refused):
            await outside.journal.flag_sent(appeal, NOTHING)
    return appeal


async def _written(outside: Outside, memory: Memory, appeal: Appeal, change: Change) -> Written | None:
    """Make the change, or at least its note in the state. Raises Unavailable, RowConfused.

    None where Google refuses that too, or the row is gone. The admins are told of a refusal.
    """

    def without_receipt(now: Appeal) -> Edit | None:
        edit = change(now)
        return replace(edit, receipt=None) if edit and edit.trace != now.known_trace else None

    for one in (change, without_receipt):
        try:
            return await outside.journal.change(appeal.id, one, seen=appeal)
        except RowConfused:
            raise
        except Refused as error:
            outside.log.error("receipt_refused", appeal=appeal.id, error=str(error))
            await tell_unrecordable(outside, memory, appeal)
    return None


async def record_held(outside: Outside, memory: Memory, row: EditedRow) -> None:
    """Note that the reply is held back, and say so beside it. What Google refuses, this instance remembers."""
    digest = ""

    def change(now: Appeal) -> Edit | None:
        nonlocal digest
        digest = digest_of(now.reply)
        if not now.reply.strip() or digest in (
            now.known_trace.delivered.get(REPLY),
            now.known_trace.delivered.get(HELD),
        ):
            return None
        noted = now.known_trace.noted(HELD, digest)
        return Edit(at=outside.clock.local(), receipt=texts.REPLY_HELD_BACK, trace=noted)

    def without_receipt(now: Appeal) -> Edit | None:
        edit = change(now)
        return replace(edit, receipt=None) if edit else None

    for one in (change, without_receipt):
        try:
            await outside.journal.change(row.appeal, one)
        except RowConfused:
            raise
        except Refused as error:
            outside.log.error("receipt_refused", appeal=row.appeal, error=str(error))
        else:
            return
    memory.unrecorded.put(row.appeal, HELD, digest)
