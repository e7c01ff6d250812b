"""A row as the rules see it: cells by the title of their column, problems with their address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shared.domain import problem_texts
from shared.domain.dates import date_in
from shared.domain.invisible import plain_word, says_nothing, typed, without_invisible
from shared.domain.problems import Problem, address, is_formula_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`at`: title → position from 1; of a title that stands twice, the first."""

    tab: str
    number: int
    at: Mapping[str, int]
    cells: Sequence[str]

    def text(self, column: str) -> str:
        """The cell as shown, "" where it says nothing and where the tab has no such column."""
        return typed(self._cell(column)).strip()

    def plain(self, column: str) -> str:
        """The cell without the characters that nobody sees, for what is an id or a link."""
        return without_invisible(self._cell(column)).strip()

    def word(self, column: str) -> str:
        """The cell as a word that is compared (`plain_word`)."""
        return plain_word(self._cell(column))

    def date(self, column: str) -> date | None:
        """Return the date that the cell holds; None for an empty cell and for what is no date.

        Read without dates (`Area.dates`), a date with slashes is none.
        """
        return date_in(self._cell(column))

    def _cell(self, column: str) -> str:
        position = self.at.get(column, 0) - 1
        return self.cells[position] if 0 <= position < len(self.cells) else ""

    def place(self, column: str) -> str:
        return address(self.number, self.at.get(column, 1))

    def problem(self, column: str, text: str, *, mild: bool = False) -> Problem:
        return Problem(tab=self.tab, cell=self.place(column), text=text, mild=mild)

    def formula_errors(self, columns: Iterable[str]) -> dict[str, Problem]:
        """Columns whose cell shows a failed formula: nothing else need be said about them."""
        failed = (column for column in columns if is_formula_error(self.text(column)))
        return {column: self.problem(column, problem_texts.FORMULA_ERROR) for column in failed}


class Rules(Protocol):
    """Shown the rows of one tab from top to bottom, it remembers what may stand there only once."""

    def problems_of(self, row: Row) -> Iterator[Problem]: ...


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each title stands first, from 1."""
    found: dict[str, int] = {}
    for position, title in enumerate(header, start=1):
        found.setdefault(title, position)
    return found


def rows_of(tab: str, header: Sequence[str], rows: Mapping[int, Sequence[str]]) -> Iterator[Row]:
    """The rows in their order; wholly empty ones are left out."""
    at = positions(header)
    for number, cells in sorted(rows.items()):
        if not all(says_nothing(cell) for cell in cells):
            yield Row(tab=tab, number=number, at=at, cells=cells)
