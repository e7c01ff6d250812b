"""Appending an appeal's row exactly once.

`appendCells` moves no row that exists. The same batch creates developer metadata whose id derives from the appeal's:
Google refuses a second entry of that id, and with it the whole repeated batch.
"""

from __future__ import annotations

from shared.adapters.sheets.layout import Layout
from shared.adapters.sheets.tables import AppealColumn
from shared.adapters.sheets.transport import Request
from shared.domain import ids
from shared.domain.appeals import NOTHING, Appeal

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


def append_request(appeal: Appeal, layout: Layout) -> Request:
    values = {
        **own_cells(appeal),
        AppealColumn.CODE: appeal.code,
        AppealColumn.PHONE: appeal.phone,
        AppealColumn.NAME: appeal.name,
        AppealColumn.CHAT: str(appeal.chat),
        AppealColumn.NUMBER: appeal.number,
        AppealColumn.RATING: NOTHING,
        AppealColumn.ID: appeal.id,
    }
    by_position = {layout.columns.at[column]: value for column, value in values.items()}
    by_position.setdefault(layout.columns.at[AppealColumn.REPLY], "")
    cells = [_cell(by_position.get(position)) for position in range(1, layout.columns.last() + 1)]
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    return {"appendCells": {"sheetId": layout.sheet, "rows": [{"values": cells}], "fields": fields}}


def mark_request(appeal_id: str, attempt: int, now: float) -> Request:
    """The metadata that cannot be created twice. Its key tells the day, so that old ones can be deleted together."""
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": ids.mark_of(appeal_id, attempt),
                "metadataKey": day_key(now),
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }


def forget_request(day: str) -> Request:
    """Delete all marks of a day."""
    lookup = {"metadataKey": day, "locationType": "SPREADSHEET"}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def old_days(now: float) -> list[str]:
    """The keys of the week before yesterday: their marks are older than 25 hours."""
    return [day_key(now - days * 86400) for days in range(2, 9)]


def day_key(now: float) -> str:
    """One letter for a day; 26 days later it comes again."""
    return chr(ord("A") + int(now // 86400) % 26)


def _cell(value: str | None) -> dict[str, object]:
    """Text format for the bot's cells and for the reply; a column of people's own keeps its format."""
    if value is None:
        return {}
    if value == "":
        return {"userEnteredFormat": _TEXT}
    return {"userEnteredFormat": _TEXT, "userEnteredValue": {"stringValue": value}}
