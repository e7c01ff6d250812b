"""Empty rows between filled ones: they harm nothing, and often mean that something was lost."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.rules.row import Row
from shared.domain.problem_texts import blank_rows
from shared.domain.problems import Problem, address

HEADER_ROW = 1


class BlankRows:
    def __init__(self) -> None:
        self._last = HEADER_ROW

    def problems_of(self, row: Row) -> Iterator[Problem]:
        first, self._last = self._last + 1, row.number
        if first < row.number:
            text = blank_rows(first, row.number - 1)
            yield Problem(tab=row.tab, cell=address(first, 1), text=text, mild=True)
