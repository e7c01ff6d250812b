"""Record what was said: in the chat's open appeal, or in a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain import ids, texts
from shared.domain.access import Partner
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Change, Edit, NewAppeal
from shared.domain.history import Author, Line
from shared.domain.incoming import Message, Press
from shared.domain.status import Status
from shared.ports import Outside, Refused, RowConfused, Written
from shared.usecases.memory import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`change` is computed from the row as it is; a row that is resolved, gone, confused or full makes a new appeal."""

    message: Message
    partner: Partner
    change: Change


async def record(outside: Outside, wanted: Record, current: Appeal | None) -> Written:
    """Write the change into the row *current*, as the journal gave it, or into a new row.

    A new row is opened where the row vanished or was closed since it was read. Raises Unavailable.
    """
    if current is None:
        return await _open(outside, wanted)
    written = await _change(outside, current, wanted)
    if written and waits_in_closed(written.appeal):
        opened = await _open(outside, wanted)
        await _release(outside, written.appeal, opened.appeal)
        return opened
    if written and (written.changed or is_recorded(outside, written.appeal, wanted.message)):
        return written
    return await _open(outside, wanted)


def waits_in_closed(appeal: Appeal) -> bool:
    """Does a question wait for a specialist in a row that a person closed while the question was written?"""
    return appeal.is_resolved and appeal.waiting_since != NOTHING


async def _change(outside: Outside, current: Appeal, wanted: Record) -> Written | None:
    try:
        return await outside.journal.change(
            current.id, lambda appeal: None if appeal.is_resolved else wanted.change(appeal), seen=current
        )
    except RowConfused:
        outside.log.error("row_confused", appeal=current.id)
        return None
    except Refused as error:
        outside.log.error("row_refused", appeal=current.id, error=str(error))
        return None


async def _release(outside: Outside, closed: Appeal, opened: Appeal) -> None:
    """Note in the *closed* row that its question waits in the *opened* one, and let nobody wait there."""

    def change(now: Appeal) -> Edit | None:
        if not waits_in_closed(now):
            return None
        line = said(outside, Author.BOT, texts.moved_to_new(opened.number))
        at = outside.clock.local()
        return Edit(at=at, lines=(line,), question=NOTHING, waiting_since=NOTHING, trace=now.known_trace)

    try:
        await outside.journal.change(closed.id, change, seen=closed)
    except Refused as error:
        outside.log.error("row_refused", appeal=closed.id, error=str(error))


async def _open(outside: Outside, wanted: Record) -> Written:
    message, partner = wanted.message, wanted.partner
    blank = Appeal(
        id=ids.appeal_id(message.chat, message.message, message.sent_at),
        chat=message.chat,
        code=partner.code,
        phone=partner.phone,
        name=partner.name,
        history="",
        status=Status.NEW.value,
    )
    edit = wanted.change(blank)
    if edit is None:
        raise AssertionError("a new appeal has something to say")
    draft = NewAppeal(
        id=blank.id, chat=blank.chat, code=partner.code, phone=partner.phone, name=partner.name, edit=edit
    )
    return await outside.journal.open(draft)


def is_recorded(outside: Outside, appeal: Appeal, incoming: Message | Press) -> bool:
    """Return whether this update is recorded in the row, and not one of an earlier bot token with the same id."""
    written = _written_at(outside, appeal)
    return appeal.has_seen(incoming.update, not_before=incoming.not_before, written=written)


def _written_at(outside: Outside, appeal: Appeal) -> float:
    """Return when the bot wrote the row last, in epoch seconds; infinity when a person typed over it."""
    try:
        return outside.clock.timestamp(datetime.strptime(appeal.updated.strip(), UPDATED))
    except (ValueError, OverflowError):
        return float("inf")


def beaten(outside: Outside, memory: Memory, before: Appeal, written: Written | None, press: Press) -> bool:
    """Return whether another caller recorded the press after the row was read as *before*, and will answer it."""
    if written is None or written.changed:
        return False
    recorded = is_recorded(outside, written.appeal, press) and not is_recorded(outside, before, press)
    return recorded and answered_elsewhere(outside, memory, written.appeal, press)


def answered_elsewhere(outside: Outside, memory: Memory, seen: Appeal, incoming: Message | Press) -> bool:
    """An update that was recorded before this instance looked: does whoever recorded it still see to the answer?

    Who was at work on it after it had arrived here does. Of an earlier one nobody knows whether it sent the answer
    before it died: read twice is better than never, and is counted.
    """
    taken_up = seen.known_trace.took_up_after(incoming.update, incoming.arrived)
    if taken_up and not memory.broken_off.holds(incoming.update):
        return True
    outside.log.warning("reply_repeated", appeal=seen.id, update=incoming.update)
    return False


def said(outside: Outside, author: str, text: str) -> Line:
    return Line(at=outside.clock.local(), author=author, text=text)
