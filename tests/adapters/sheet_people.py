"""«Обращения» as tests live in it: partners write through the journal, people act between its calls."""

from __future__ import annotations

from typing import Any

from playground.kernel.faults import Fault
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.appeals import Appeal, Change, Edit, NewAppeal
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from tests.sheets import APPEALS, Sheets

READ = "values:batchGetByDataFilter"
WRITE = r":batchUpdate\S* findReplace"
POSITION = r":batchUpdate\S* updateCells"


def sort(columns: str = "A:Q", *, by: str = "D", descending: bool = True) -> dict[str, Any]:
    """A person sorts these columns of all rows."""
    area = f"Обращения!{columns.replace(':', '2:')}"
    return {"call": "sort", "spreadsheet": APPEALS, "range": area, "column": by, "descending": descending}


SORT = sort()
HALF_SORT = sort("A:H")


def person_after(match: str, edit: dict[str, Any]) -> Fault:
    """A person acts once, right after the matched call was computed."""
    return Fault.parse({"service": "sheets", "match": match, "action": "person", "times": 1, "edit": edit})


def failing(match: str, action: int | str) -> Fault:
    """The matched call fails once."""
    return Fault.parse({"service": "sheets", "match": match, "action": action, "times": 1})


def saying(sheets: Sheets, text: str, update: str, status: Status | None = None) -> Change:
    """A line, and maybe a status, unless the update is recorded already."""

    def change(row: Appeal) -> Edit | None:
        if row.has_seen(update):
            return None
        at = sheets.clock.local()
        line = Line(at=at, author="Партнёр", text=text)
        return Edit(at=at, lines=(line,), status=status, trace=row.known_trace.saw(update))

    return change


def delivered(sheets: Sheets) -> Change:
    """The receipt of a reply."""

    def change(row: Appeal) -> Edit:
        trace = row.known_trace.noted("reply", "7")
        return Edit(at=sheets.clock.local(), status=Status.IN_WORK, receipt="доставлено 14:03", trace=trace)

    return change


def draft(sheets: Sheets, chat: int) -> NewAppeal:
    at = sheets.clock.local()
    line = Line(at=at, author="Партнёр", text=f"вопрос {chat}")
    edit = Edit(at=at, lines=(line,), status=Status.ANSWERED, trace=Trace().saw(f"u{chat}"))
    return NewAppeal(id=f"a{chat}-1", chat=chat, code=f"K{chat}", phone="+79120000000", name=f"Имя {chat}", edit=edit)


async def opened(sheets: Sheets, journal: SheetJournal, *chats: int) -> None:
    for chat in chats:
        assert (await journal.open(draft(sheets, chat))).changed


async def kept(journal: SheetJournal, appeal_id: str) -> Appeal:
    appeal = await journal.find(appeal_id)
    assert appeal is not None
    return appeal


async def lines(sheets: Sheets) -> dict[str, list[str]]:
    """By Telegram ID: the texts of its history, oldest first, as they stand beside it."""
    journal = sheets.journal()
    found = {}
    for row in await sheets.rows():
        appeal = await journal.find(row["id"]) if row["id"] else None
        if appeal:
            found[row["Telegram ID"]] = [line.text for line in reversed(appeal.lines)]
    return found


async def by_chat(sheets: Sheets) -> dict[str, dict[str, str]]:
    """The rows by Telegram ID."""
    return {row["Telegram ID"]: row for row in await sheets.rows()}


async def statuses(sheets: Sheets) -> dict[str, str]:
    """By Telegram ID."""
    return {chat: row["Статус"] for chat, row in (await by_chat(sheets)).items()}


async def receipts(sheets: Sheets) -> dict[str, str]:
    """By row number."""
    return {row["row"]: row["Доставка"] for row in await sheets.rows()}
