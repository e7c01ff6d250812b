"""The guarded write: Sheets has no preconditions, but a findReplace on one cell is one.

It replaces what was just read and counts how often it did. The history's head line, with its random token, decides:
0 means that the row moved or that somebody was faster, and nothing of this write counts. Where a person took the head
away, the rest of the row decides: the whole text of the history, or the technical cell where there is no text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from shared.adapters.sheets.calls.transport import Reply, Request
from shared.adapters.sheets.tables import AppealColumn, Columns
from shared.domain import history
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.archive import Cut

C = TypeVar("C", bound=StrEnum)
_SPECIAL = frozenset("\\^$.|?*+()[]{}-&#~ \t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a write: `find` is replaced by `replacement` where it stands there still."""

    column: AppealColumn
    find: str
    replacement: str
    whole: bool = True

    @property
    def undone(self) -> Cell:
        """Puts back what this replaced."""
        return replace(self, find=self.replacement, replacement=self.find)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Which cells were replaced. `guarded`: the first of them was, so the write counts."""

    cells: tuple[Cell, ...]
    hit: tuple[Cell, ...]

    @property
    def guarded(self) -> bool:
        return self.cells[0] in self.hit

    @property
    def missed(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell not in self.hit)

    @property
    def strays(self) -> tuple[Cell, ...]:
        """Cells replaced although the guard missed: they belong to whoever stood in that row, and are put back."""
        return () if self.guarded else self.hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Strayed:
    """A guarded write missed its row and hit cells of another: of whom, where, and which."""

    victim: str
    row: int
    cells: tuple[Cell, ...]

    @property
    def columns(self) -> list[str]:
        return [cell.column.value for cell in self.cells]


def shown(appeal: Appeal, trace_cell: str) -> dict[AppealColumn, str]:
    """The bot's own cells of a row as they were read."""
    return {
        AppealColumn.HISTORY: appeal.history,
        AppealColumn.TRACE: trace_cell,
        AppealColumn.STATUS: appeal.status,
        AppealColumn.UPDATED: appeal.updated,
        AppealColumn.RECEIPT: appeal.receipt,
        AppealColumn.QUESTION: appeal.question,
        AppealColumn.WAITING: appeal.waiting_since,
    }


def cells_of(before: Appeal, after: Appeal, edit: Edit, *, head: str | None, trace_cell: str) -> list[Cell]:
    """The write that turns `before` into `after`, the guard first.

    `head` is the head line that stands in the history, None where the history is empty: the technical cell guards then.
    `trace_cell` is that cell as read. Cells that hold nothing cannot be compared: they are among `empty_cells`.
    """
    changed = _changed(before, after, trace_cell)
    others = [Cell(column=c, find=old, replacement=new) for c, (old, new) in changed.items() if old]
    if head is None:
        return sorted(others, key=lambda cell: cell.column is not AppealColumn.TRACE)
    top = history.on_top(after.known_trace.head, edit.lines)
    return [Cell(column=AppealColumn.HISTORY, find=head, replacement=top, whole=False), *others]


def empty_cells(before: Appeal, after: Appeal, *, trace_cell: str) -> dict[AppealColumn, str]:
    """What goes into cells that a person wiped: written by position, after the guarded write has found its row."""
    return {c: new for c, (old, new) in _changed(before, after, trace_cell).items() if not old}


def _changed(before: Appeal, after: Appeal, trace_cell: str) -> dict[AppealColumn, tuple[str, str]]:
    old, new = shown(before, trace_cell), shown(after, after.known_trace.written())
    return {c: (old[c], new[c]) for c in old if c is not AppealColumn.HISTORY and old[c] != new[c]}


def put_back(victim: Appeal, strays: Sequence[Cell], *, head: str, trace_cell: str, token: str) -> list[Cell]:
    """The guarded write that gives a row what a stray write took: the replaced values are known."""
    trace = victim.known_trace
    new_head = head.replace(history.token_of(head) or head, token)
    damaged = {cell.column for cell in strays}
    cells = [Cell(column=AppealColumn.HISTORY, find=head, replacement=new_head, whole=False)]
    if trace_cell and AppealColumn.TRACE not in damaged:
        written = replace(trace, token=token, head=new_head).written()
        cells.append(Cell(column=AppealColumn.TRACE, find=trace_cell, replacement=written))
    return cells + [cell.undone for cell in strays]


def suspects(cells: Sequence[Cell], other: Appeal, trace_cell: str, at: datetime) -> tuple[Cell, ...]:
    """Which cells of a write whose answer was lost hit this row, going by what stands there.

    A time of ours tells, unless the row itself was written in the same minute.
    """
    if at.strftime(history.STAMP) in other.known_trace.head:
        return ()
    now = shown(other, trace_cell)
    hit = tuple(cell for cell in cells if cell.whole and now[cell.column] == cell.replacement)
    telling = {AppealColumn.UPDATED, AppealColumn.WAITING, AppealColumn.RECEIPT}
    return hit if any(cell.column in telling and cell.replacement != NOTHING for cell in hit) else ()


def requests_of(cells: Sequence[Cell], *, sheet: int, row: int, columns: Columns[AppealColumn]) -> list[Request]:
    return [
        {
            "findReplace": {
                "find": cell.find,
                "replacement": cell.replacement,
                "matchCase": True,
                "matchEntireCell": cell.whole,
                "searchByRegex": False,
                "includeFormulas": False,
                "range": cell_range(sheet, row, columns.at[cell.column]),
            }
        }
        for cell in cells
    ]


def head_request(cell: str, *, head: str, sheet: int, row: int, columns: Columns[AppealColumn]) -> Request:
    """Puts a head above a history that has none, if its text is the one that was read: beginning and length."""
    beginning = cell.split("\n", 1)[0][:100]
    pattern = f"({_literal(beginning)}.{{{len(cell) - len(beginning)}}})"
    return _history_request(pattern, f"{head}\n$1", sheet=sheet, row=row, columns=columns)


def cut_request(piece: Cut, *, head: str, sheet: int, row: int, columns: Columns[AppealColumn]) -> Request:
    """Takes the archived lines off the end of a history, if it is still the one under the head that was read.

    Their length fixes where the cut is made, and their beginning must stand there: in a cell that a person has changed
    meanwhile nothing is cut.
    """
    beginning = piece.tail.split("\n", 1)[0][:100]
    rest = len(piece.tail) - len(beginning)
    pattern = f"({_literal(head)}\\n.*){_literal(beginning)}.{{{rest}}}"
    return _history_request(pattern, f"$1{piece.note}", sheet=sheet, row=row, columns=columns)


def whole_request(head: str, *, replacement: str, sheet: int, row: int, columns: Columns[AppealColumn]) -> Request:
    """Replaces a history, whatever stands in it under that head."""
    return _history_request(f"{_literal(head)}.*", replacement, sheet=sheet, row=row, columns=columns)


def _history_request(
    pattern: str, replacement: str, *, sheet: int, row: int, columns: Columns[AppealColumn]
) -> Request:
    """The whole cell has to match, over all its lines."""
    return {
        "findReplace": {
            "find": f"(?s)^{pattern}\\z",
            "replacement": replacement,
            "matchCase": True,
            "searchByRegex": True,
            "includeFormulas": False,
            "range": cell_range(sheet, row, columns.at[AppealColumn.HISTORY]),
        }
    }


def _literal(text: str) -> str:
    """A text as a Java regular expression that matches it: a backslash before what is no letter is always literal."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in text)


def outcome_of(cells: Sequence[Cell], replies: Sequence[Reply]) -> Outcome:
    counts = [reply.get("findReplace", {}).get("occurrencesChanged", 0) for reply in replies]
    hit = tuple(cell for cell, count in zip(cells, counts, strict=True) if count)
    return Outcome(cells=tuple(cells), hit=hit)


def placed(values: Mapping[C, str], *, sheet: int, row: int, columns: Columns[C]) -> list[Request]:
    """Cells written where the row was just read, for what cannot be compared; "" empties a cell."""
    return [
        {
            "updateCells": {
                "rows": [{"values": [{"userEnteredValue": {"stringValue": value}} if value else {}]}],
                "fields": "userEnteredValue",
                "range": cell_range(sheet, row, columns.at[column]),
            }
        }
        for column, value in values.items()
    ]


def cell_range(sheet: int, row: int, column: int) -> dict[str, int]:
    return {
        "sheetId": sheet,
        "startRowIndex": row - 1,
        "endRowIndex": row,
        "startColumnIndex": column - 1,
        "endColumnIndex": column,
    }
