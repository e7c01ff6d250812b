"""Record what was said: in the chat's open appeal, or in a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import ids, texts
from shared.domain.access import Partner
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Change, Edit, NewAppeal
from shared.domain.history import Author, Line
from shared.domain.incoming import Message, Press
from shared.domain.question_notes import MOVED_FROM, OPEN, is_open_in_closed
from shared.domain.status import Status
from shared.ports import Outside, Refused, RowConfused, Written
from shared.usecases.memory import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`change` is computed from the row as it is; a row that is resolved, gone, confused or full makes a new appeal.

    `closed`: the row from which the message's question moves into the new one.
    """

    message: Message
    partner: Partner
    change: Change
    closed: Appeal | None = None


async def record(outside: Outside, wanted: Record, current: Appeal | None) -> Written:
    """Write the change into the row *current*, as the journal gave it, or into a new row.

    A new row is opened where the row vanished or was closed since it was read; also where it was closed while a
    question was written that the assistant has not answered. Raises Unavailable.
    """
    if current is None:
        return await _open(outside, wanted)
    written = await try_change(outside, current, lambda now: None if now.is_resolved else wanted.change(now))
    if written and is_cut_off(written.appeal, wanted.message):
        return await _open(outside, replace(wanted, closed=written.appeal))
    if written and (written.changed or is_recorded(outside, written.appeal, wanted.message)):
        return written
    return await _open(outside, wanted)


def is_cut_off(appeal: Appeal, message: Message) -> bool:
    """Return whether the row was closed while the question of *message* was written into it, so that nobody sees it.

    A row that the message itself opened was closed when the question was there to be seen.
    """
    return is_open_in_closed(appeal, message.update) and appeal.id != _opened_by(message)


async def try_change(outside: Outside, seen: Appeal, change: Change) -> Written | None:
    """Change the row that was read as *seen*. None where it is gone, confused or refused. Raises Unavailable."""
    try:
        return await outside.journal.change(seen.id, change, seen=seen)
    except RowConfused:
        outside.log.error("row_confused", appeal=seen.id)
    except Refused as error:
        outside.log.error("row_refused", appeal=seen.id, error=str(error))
    return None


async def release_source(outside: Outside, opened: Appeal) -> None:
    """Let nobody wait in the closed row from which the question of *opened* came. Raises Unavailable."""
    source = opened.known_trace.delivered.get(MOVED_FROM)
    closed = await outside.journal.find(source) if source else None
    if closed:
        await _release(outside, closed, opened)


async def _release(outside: Outside, closed: Appeal, opened: Appeal) -> None:
    """Note in the *closed* row that its question waits in the *opened* one, and let nobody wait there."""

    def change(now: Appeal) -> Edit | None:
        if not now.is_resolved or OPEN not in now.known_trace.delivered:
            return None
        line = said(outside, Author.BOT, texts.moved_to_new(opened.number))
        trace, at = now.known_trace.without(OPEN), outside.clock.local()
        return Edit(at=at, lines=(line,), question=NOTHING, waiting_since=NOTHING, trace=trace)

    await try_change(outside, closed, change)


async def _open(outside: Outside, wanted: Record) -> Written:
    message, partner = wanted.message, wanted.partner
    blank = Appeal(
        id=_opened_by(message),
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
    if wanted.closed:
        edit = replace(edit, trace=edit.trace.noted(MOVED_FROM, wanted.closed.id))
    draft = NewAppeal(
        id=blank.id, chat=blank.chat, code=partner.code, phone=partner.phone, name=partner.name, edit=edit
    )
    opened = await outside.journal.open(draft)
    if wanted.closed:
        await _release(outside, wanted.closed, opened.appeal)
    return opened


def _opened_by(message: Message) -> str:
    """Return the id of the appeal that the message opens."""
    return ids.appeal_id(message.chat, message.message, message.sent_at)


def is_recorded(outside: Outside, appeal: Appeal, incoming: Message | Press) -> bool:
    """Return whether this update is recorded in the row, and not one of an earlier bot token with the same id."""
    written = written_at(outside, appeal)
    return appeal.has_seen(incoming.update, not_before=incoming.not_before, written=written)


def written_at(outside: Outside, appeal: Appeal) -> float:
    """Return when the bot wrote the row last, in epoch seconds; infinity when a person typed over it."""
    try:
        return outside.clock.timestamp(datetime.strptime(appeal.updated.strip(), UPDATED))
    except (ValueError, OverflowError):
        return float("inf")


def beaten(outside: Outside, memory: Memory, written: Written | None, press: Press) -> bool:
    """Return whether another caller recorded the press and will answer it."""
    if written is None or written.changed or not is_recorded(outside, written.appeal, press):
        return False
    return answered_elsewhere(outside, memory, written.appeal, press)


def note_written(memory: Memory, press: Press, written: Written | None) -> None:
    """Let the press be answered though the same was just said in the chat: it has changed the row."""
    if written and written.changed:
        memory.presses.forget(str(press.chat))


def answered_elsewhere(outside: Outside, memory: Memory, seen: Appeal, incoming: Message | Press) -> bool:
    """An update that was recorded before this instance looked: does whoever recorded it still see to the answer?

    Who was at work on it after it had arrived here does. Of an earlier one nobody knows whether it sent the answer
    before it died: read twice is better than never, and is counted.
    """
    taken_up = seen.known_trace.took_up_after(incoming.update, incoming.arrived)
    # what this instance put in a body has not arrived: Telegram brings the update again
    known_lost = memory.broken_off.holds(incoming.update) or memory.in_answer.holds(incoming.update)
    if taken_up and not known_lost:
        return True
    outside.log.warning("reply_repeated", appeal=seen.id, update=incoming.update)
    return False


def said(outside: Outside, author: str, text: str) -> Line:
    return Line(at=outside.clock.local(), author=author, text=text)
