"""The rows of a tab that can be worked with. Each of the others is logged once a load, by tab and row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.rules.row import Row, Rules, rows_of
from shared.adapters.sheets.tables import TabUnusable
from shared.adapters.sheets.tabs import WholeTab
from shared.ports import Log, Refused


class SoundRows:
    def __init__(
        self,
        book: Workbook,
        title: str,
        columns: type[StrEnum],
        rules: Callable[[], Rules],
        *,
        log: Log,
        dates: bool = False,
    ) -> None:
        self._tab = WholeTab(book, title, columns, dates=dates)
        self._title = title
        self._rules = rules
        self._notices = book.notices
        self._log = log
        self._last: Sequence[Row] = ()

    async def read(self, purpose: Purpose) -> Sequence[Row]:
        """A tab that cannot be read as a whole stops nothing else: its rows are what they were last, at first none."""
        try:
            content = await self._tab.read(purpose)
        except (Refused, TabUnusable) as refusal:
            self._log.error("tab_unreadable", tab=self._title, error=str(refusal), kept=len(self._last))
            if isinstance(refusal, TabUnusable):
                self._notices.note(refusal)
            return self._last
        rules = self._rules()
        rows = rows_of(self._title, content.header, content.rows)
        self._last = [row for row in rows if self._is_sound(row, rules)]
        return self._last

    def _is_sound(self, row: Row, rules: Rules) -> bool:
        try:
            sound = all(problem.mild for problem in list(rules.problems_of(row)))
        except Exception as error:
            # whatever is wrong with one row, the others are to be worked with
            self._log.error("row_failed", tab=self._title, row=row.number, error=type(error).__name__)
            return False
        if not sound:
            self._log.warning("row_skipped", tab=self._title, row=row.number)
        return sound
