"""Appending an appeal's row exactly once.

`appendCells` moves no row that exists. The same batch makes a mark (marks.py) whose id derives from the appeal's:
Google refuses it the second time, and with it the whole repeated batch.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.adapters.sheets.calls.refusals import Denied, Full, MarksFull, Protected, TooLong
from shared.adapters.sheets.calls.transport import Request
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.tables import AppealColumn, TabTitle, TabUnusable
from shared.domain import problem_texts
from shared.domain.appeals import NOTHING, Appeal
from shared.ports import Refused

_TEXT = {"numberFormat": {"type": "TEXT", "pattern": "@"}}


def own_cells(appeal: Appeal) -> dict[AppealColumn, str]:
    """What the bot keeps in a row and changes."""
    return {
        AppealColumn.HISTORY: appeal.history,
        AppealColumn.TRACE: appeal.known_trace.written(),
        AppealColumn.STATUS: appeal.status,
        AppealColumn.UPDATED: appeal.updated,
        AppealColumn.RECEIPT: appeal.receipt or NOTHING,
        AppealColumn.QUESTION: appeal.question or NOTHING,
        AppealColumn.WAITING: appeal.waiting_since or NOTHING,
    }


def cells_of_new(appeal: Appeal) -> dict[AppealColumn, str]:
    """What a new row holds."""
    return {
        **own_cells(appeal),
        AppealColumn.CODE: appeal.code,
        AppealColumn.PHONE: appeal.phone,
        AppealColumn.NAME: appeal.name,
        AppealColumn.CHAT: str(appeal.chat),
        AppealColumn.NUMBER: appeal.number,
        AppealColumn.RATING: NOTHING,
        AppealColumn.ID: appeal.id,
    }


def append_request(values: Mapping[AppealColumn, str], layout: Layout) -> Request:
    """A row below the last one; a cell that is not among the values is left to people."""
    columns = layout.columns.at
    by_position = {columns[column]: value for column, value in values.items() if column in columns}
    by_position.setdefault(layout.columns.at[AppealColumn.REPLY], "")
    cells = [_cell(by_position.get(position)) for position in range(1, layout.columns.last() + 1)]
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    return {"appendCells": {"sheetId": layout.sheet, "rows": [{"values": cells}], "fields": fields}}


def unappended(refusal: Denied, tab: TabTitle = TabTitle.APPEALS) -> Refused | TabUnusable:
    """What a refused append means: the fault of this row alone, or that the tab takes no new rows."""
    match refusal:
        case TooLong():
            return refusal
        case Protected():
            problem = problem_texts.ROW_NOT_ADDED_PROTECTED
        case Full():
            problem = problem_texts.ROW_NOT_ADDED_FULL
        case MarksFull():
            problem = problem_texts.MARKS_FULL
        case _:
            problem = problem_texts.ROW_NOT_ADDED
    return TabUnusable(str(refusal), tab=tab, problem=problem)


def _cell(value: str | None) -> dict[str, object]:
    """Text format for the bot's cells and for the reply; a column of people's own keeps its format."""
    if value is None:
        return {}
    if value == "":
        return {"userEnteredFormat": _TEXT}
    return {"userEnteredFormat": _TEXT, "userEnteredValue": {"stringValue": value}}
