"""The tab «Архив»: where the oldest lines of long histories stand, a row for each move.

A row is appended before its lines leave the history, exactly once: it is known by the appeal's id and by which lines it
holds, and the same batch creates developer metadata that cannot be created twice (marks.py).
"""

from __future__ import annotations

from dataclasses import replace

from shared.adapters.sheets.breaker import Breaker
from shared.adapters.sheets.calls.refusals import Denied, MarkStands, NoSheet
from shared.adapters.sheets.calls.transport import Area, Request, Tab
from shared.adapters.sheets.journal.guard import placed
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.journal.marks import row_mark
from shared.adapters.sheets.journal.new_rows import append_request, cells_of_new, unappended
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn, TabTitle, columns_of, header_area, titles_of
from shared.domain import ids
from shared.domain.appeals import NOTHING, Appeal
from shared.domain.archive import Cut
from shared.ports import NeedsRepair, Unavailable

TRIES = 5


class Archive:
    def __init__(self, tools: Tools) -> None:
        self._book = tools.book
        self._clock = tools.clock
        self._token = tools.token
        self._log = tools.log
        self._sheet: int | None = None
        self._breaker = Breaker(tools.clock.now)

    async def keep(self, appeal: Appeal, cut: Cut) -> None:
        """The moved lines stand in the tab, once, when this returns.

        Raises Unavailable; NeedsRepair when a tab of that name is no archive, or nothing can be added to it.
        """
        with self._breaker.attempt(TabTitle.ARCHIVE):
            await self._keep(appeal, cut)

    async def _keep(self, appeal: Appeal, cut: Cut) -> None:
        mark, mark_exists = 0, False
        for _ in range(TRIES):
            try:
                layout = await self._layout()
                if await self._stands(appeal.id, cut.label, layout):
                    return
            except NoSheet:
                await self._look_for_the_tab()
                continue
            # A batch whose answer was lost may be applied later: under another mark it would make a second row.
            mark, mark_exists = mark + mark_exists, False
            requests = [
                append_request(_row(appeal, cut), layout),
                row_mark(f"{appeal.id} {cut.label}", mark, self._clock.now()),
            ]
            try:
                await self._book.write(requests, moves_nothing=False)
            except NeedsRepair:
                raise
            except Unavailable as error:
                self._log.warning("archive_unsure", appeal=appeal.id, error=str(error))
            except MarkStands:
                mark_exists = True
            except NoSheet:
                await self._look_for_the_tab()
            except Denied as refusal:
                raise unappended(refusal, TabTitle.ARCHIVE) from None
            else:
                self._log.info("archived", appeal=appeal.id, first=cut.first, last=cut.last)
                return
        raise Unavailable(f"archive: the lines of {appeal.id} could not be kept")

    async def _stands(self, appeal_id: str, label: str, layout: Layout) -> bool:
        columns = (layout.columns.at[AppealColumn.ID], layout.columns.at[AppealColumn.TRACE])
        areas = [
            Area(sheet=layout.sheet, first_row=2, last_row=None, first_column=column, last_column=column)
            for column in columns
        ]
        known, labels = await self._book.read(areas)
        pairs = zip(known, labels, strict=False)
        return any(one[:1] == [appeal_id] and other[:1] == [label] for one, other in pairs)

    async def _layout(self) -> Layout:
        """Where the columns stand now; the tab is made where there is none."""
        sheet = await self._found()
        [header] = await self._book.read([header_area(sheet)])
        titles = titles_of(header)
        return Layout(sheet=sheet, header=titles, columns=columns_of(titles, AppealColumn, TabTitle.ARCHIVE))

    async def _found(self) -> int:
        """By its name alone: by its columns it cannot be told from the appeals."""
        if self._sheet is None:
            self._sheet = _named(await self._book.tabs())
        if self._sheet is None:
            refusal = await self._make()
            self._sheet = _named(await self._book.tabs(anew=True))
            if self._sheet is None and refusal:
                raise unappended(refusal, TabTitle.ARCHIVE)
        if self._sheet is None:
            raise Unavailable("archive: the tab could not be made")
        return self._sheet

    async def _look_for_the_tab(self) -> None:
        """It was deleted: another one may have its name."""
        self._sheet = None
        await self._book.tabs(anew=True)

    async def _make(self) -> Denied | None:
        """Return why Google refused the new tab: another instance made it, or nobody can."""
        sheet = ids.mark_of(f"{TabTitle.ARCHIVE} {self._token()}")
        try:
            await self._book.write(_new_tab(sheet), moves_nothing=False)
        except Denied as refusal:
            self._log.info("archive_not_made", error=str(refusal))
            return refusal
        return None


def _named(tabs: list[Tab]) -> int | None:
    return next((tab.sheet for tab in tabs if tab.title == TabTitle.ARCHIVE), None)


def _row(appeal: Appeal, cut: Cut) -> dict[AppealColumn, str]:
    """As the appeal's own row, with the lines that moved; in the technical cell which ones they are."""
    own = cells_of_new(replace(appeal, history=cut.moved, receipt=NOTHING, question=NOTHING, waiting_since=NOTHING))
    return {**own, AppealColumn.TRACE: cut.label}


def _new_tab(sheet: int) -> list[Request]:
    properties = {
        "sheetId": sheet,
        "title": TabTitle.ARCHIVE.value,
        "gridProperties": {"rowCount": 1000, "columnCount": len(AppealColumn), "frozenRowCount": 1},
    }
    columns = columns_of([column.value for column in AppealColumn], AppealColumn, TabTitle.ARCHIVE)
    header = placed({column: column.value for column in AppealColumn}, sheet=sheet, row=1, columns=columns)
    return [{"addSheet": {"properties": properties}}, *header]
