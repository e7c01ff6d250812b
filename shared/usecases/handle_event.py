"""What Pub/Sub brings: "look at this row". The handler does everything that is due there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.domain import ids, texts
from shared.ports import Outside, Refused, Unavailable
from shared.usecases.deliver_reply import deliver_reply
from shared.usecases.memory import Memory
from shared.usecases.report_problems import report_problems
from shared.usecases.resolve import tell_resolved
from shared.usecases.tell_imported import tell_imported
from shared.usecases.tell_specialists import tell_specialists


async def handle_event(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Raises Unavailable: the event is to come again. An event that nobody knows is logged and done."""
    match event.get("kind"):
        case "appeals.edited":
            await look_at_all(outside, memory, edited_rows(event))
        case "appeal.handed_over":
            appeal_id = str(event.get("appeal", ""))
            async with memory.appeals.of(appeal_id):
                await tell_specialists(outside, memory, appeal_id, str(event.get("since", "")))
        case "partners.imported":
            await tell_imported(outside, memory, event)
        case "sweep":
            await outside.journal.forget_marks()
            await _watch_partners(outside)
        case "daily":
            await memory.updates.run("daily", lambda: report_problems(outside, memory))
        case kind:
            outside.log.warning("unknown_event", length=len(str(kind)))


async def _watch_partners(outside: Outside) -> None:
    """A tab that cannot be read is in the daily report: the sweep has more to do."""
    try:
        await outside.directory.watch()
    except Refused as error:
        outside.log.error("partners_not_watched", error=str(error))


async def look_at_all(outside: Outside, memory: Memory, rows: Sequence[EditedRow]) -> None:
    """One row that fails stops no other: what may pass comes again when all were looked at."""
    outage: Unavailable | None = None
    for row in rows:
        try:
            async with memory.appeals.of(row.appeal or f"row {row.number}"):
                await look_at(outside, memory, row)
        except Unavailable as error:
            outage = error
        except Refused as error:
            outside.log.error("row_refused", appeal=row.appeal, row=row.number, error=str(error))
    if outage:
        raise outage


async def look_at(outside: Outside, memory: Memory, row: EditedRow) -> None:
    """A person edited the row: first the reply, then what the status says.

    A reply that is not in its appeal's row any more stands in somebody else's, in a copy, or in a row made by hand:
    nobody gets it, and the cell beside it says so.
    """
    appeal = await outside.journal.find(row.appeal) if row.appeal else None
    doubtful = appeal is None or appeal.is_confused or row.has_reply
    if doubtful and await outside.journal.flag_confused(row.number, texts.CONFUSED, read=appeal):
        outside.log.warning("row_confused", appeal=row.appeal, row=row.number)
    if appeal is None or appeal.is_confused:
        return
    appeal = await deliver_reply(outside, memory, appeal, editor=row.editor, typed=row.has_reply)
    await tell_resolved(outside, memory, appeal)


HEADER_ROW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRow:
    """`appeal` is the id that stood in the row when it was edited, "" when there was none."""

    appeal: str
    number: int
    has_reply: bool
    editor: str


def edited_rows(event: Mapping[str, object]) -> list[EditedRow]:
    """The rows of an event, each once, in the order of the sheet. What is no row is left out."""
    listed, editor = event.get("appeals"), str(event.get("editor") or "").split("@")[0][:40]
    rows = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else []
    return list(dict.fromkeys(edited for row in rows if (edited := _edited_row(row, editor))))


def _edited_row(row: object, editor: str) -> EditedRow | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("row"), int) or row["row"] <= HEADER_ROW:
        return None
    appeal, edited = str(row.get("id", "")).strip(), row.get("edited")
    return EditedRow(
        appeal=appeal if ids.chat_of(appeal) is not None else "",
        number=row["row"],
        has_reply=isinstance(edited, Sequence) and "reply" in edited,
        editor=editor,
    )
