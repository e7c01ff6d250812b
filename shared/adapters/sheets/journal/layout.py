"""Where things stand in the Appeals tab at the moment of a read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.adapters.sheets.calls.transport import Area, Grid
from shared.adapters.sheets.tables import AppealColumn, Columns, titles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows and columns count from 1."""

    sheet: int
    header: tuple[str, ...]
    columns: Columns[AppealColumn]

    def column_from(self, row: int, column: AppealColumn) -> Area:
        """From that row down to the end."""
        at = self.columns.at[column]
        return self._area(row, None, at, at)

    def cell_area(self, row: int, column: AppealColumn) -> Area:
        at = self.columns.at[column]
        return self._area(row, row, at, at)

    def span(self, first_row: int, last_row: int, column: AppealColumn) -> Area:
        """A piece of a column, both rows included."""
        at = self.columns.at[column]
        return self._area(first_row, last_row, at, at)

    def identity_areas(self, row: int) -> list[Area]:
        """The two cells that say whose the row is: id and Telegram ID."""
        return [self.cell_area(row, column) for column in (AppealColumn.ID, AppealColumn.CHAT)]

    def titles(self) -> Area:
        """The titles as far as a row of ours reaches."""
        return self._area(1, 1, 1, self.columns.last())

    def moved(self, titles: Grid) -> frozenset[AppealColumn]:
        """Our columns that do not stand under their titles any more. People's own may be renamed as they like."""
        now = titles_of(titles)
        return frozenset(c for c, at in self.columns.at.items() if now[at - 1 : at] != self.header[at - 1 : at])

    def row_areas(self, row: int, *, with_history: bool) -> list[Area]:
        """The row from column 1; without its history in two parts, because a history may be long."""
        last, history_column = self.columns.last(), self.columns.at[AppealColumn.HISTORY]
        if with_history:
            return [self._area(row, row, 1, last)]
        parts = [(1, history_column - 1), (history_column + 1, last)]
        return [self._area(row, row, first, end) for first, end in parts if first <= end]

    def cells(self, parts: Sequence[Grid], *, with_history: bool) -> list[str]:
        """The row's cells from column 1 out of what `row_areas` brought, "" for a history that was not read."""
        rows = [part[0] if part else [] for part in parts]
        if with_history:
            return rows[0]
        before = self.columns.at[AppealColumn.HISTORY] - 1
        left = rows[0] if before else []
        right = rows[-1] if len(rows) == 2 or not before else []
        return [*left, *[""] * (before - len(left)), "", *right]

    def _area(self, first_row: int, last_row: int | None, first_column: int, last_column: int) -> Area:
        return Area(
            sheet=self.sheet,
            first_row=first_row,
            last_row=last_row,
            first_column=first_column,
            last_column=last_column,
        )
