"""Dates in the sheets: cells that are dates, text that looks like one, in workbooks of any locale."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.adapters.sheets.calls.transport import Area
from shared.adapters.sheets.promotions import SheetPromotions
from shared.domain import problem_texts as texts
from shared.domain.dates import DateCell
from tests.adapters.inspected import PROMOTIONS, found
from tests.adapters.logged import logged
from tests.sheets import APPEALS, AUTHORISATION, Sheets

DECEMBER, JANUARY = date(2026, 12, 1), date(2026, 1, 12)
TITLE = "Съёмка объекта со скидкой 20 %"
WHOLE = (1, None)


async def change(sheets: Sheets, spreadsheet: str, **request: Any) -> None:
    await sheets.book(spreadsheet).write([request])


async def use_locale(sheets: Sheets, locale: str, spreadsheet: str = PROMOTIONS) -> None:
    update = {"properties": {"locale": locale}, "fields": "locale"}
    await change(sheets, spreadsheet, updateSpreadsheetProperties=update)


async def release_is(sheets: Sheets, typed: str) -> None:
    """A person types the first promotion's release, and takes away its beginning and its end."""
    await sheets.type("Акции!A2", typed, PROMOTIONS)
    await sheets.person("edit", spreadsheet=PROMOTIONS, range="Акции!E2", values=[["", ""]])


async def use_format(
    sheets: Sheets, kind: str, pattern: str, title: str = "Акции", *, row: int = 2, column: int = 1
) -> None:
    """The number format of a cell, by default that of the first promotion's release."""
    spreadsheet = PROMOTIONS if title == "Акции" else AUTHORISATION
    [tab] = [tab for tab in await sheets.book(spreadsheet).tabs() if tab.title == title]
    cell = {"userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}}}
    box = area(tab.sheet, (row, row), (column, column)).grid_range()
    repeat = {"range": box, "cell": cell, "fields": "userEnteredFormat.numberFormat"}
    await change(sheets, spreadsheet, repeatCell=repeat)


async def released(sheets: Sheets) -> date | None:
    """When the first promotion is released, as a new instance reads it; None when it is shown to nobody."""
    running = SheetPromotions(sheets.book(PROMOTIONS), clock=sheets.clock, log=sheets.log)
    return next((one.released for one in await running.all() if one.title == TITLE), None)


@pytest.mark.parametrize(
    ("locale", "typed"),
    [("en_US", "12/1/2026"), ("en_GB", "01/12/2026"), ("ru_RU", "01.12.2026"), ("ja_JP", "2026/12/1")],
)
async def test_a_date_cell_is_read_by_its_value(sheets: Sheets, locale: str, typed: str) -> None:
    """12/1/2026 in an American workbook is the first of December, however the cell shows it."""
    await use_locale(sheets, locale)
    await release_is(sheets, typed)
    assert await released(sheets) == DECEMBER
    await use_format(sheets, "DATE", 'd" "mmmm')
    assert await released(sheets) == DECEMBER
    assert not await found(sheets)


@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("en_US", "12/1/2026", DECEMBER),
        ("en_GB", "12/1/2026", JANUARY),
        ("ru_RU", "12/1/2026", JANUARY),
        ("en_US", "1.12.2026", DECEMBER),
        ("ja_JP", "2026-12-01", DECEMBER),
    ],
)
async def test_text_is_read_by_the_workbooks_locale(sheets: Sheets, locale: str, typed: str, day: date) -> None:
    """Slashes only: the rest means the same everywhere."""
    await use_locale(sheets, locale)
    await release_is(sheets, f"'{typed}")
    assert await released(sheets) == day
    assert not await found(sheets)


@pytest.mark.parametrize(
    ("locale", "typed"), [("en_US", "13/12/2026"), ("ru_RU", "12/13/2026"), ("ja_JP", "12/1/2026"), ("ru_RU", "скоро")]
)
async def test_what_could_be_meant_otherwise_is_told(sheets: Sheets, locale: str, typed: str) -> None:
    """The promotion is shown to nobody; the cell is named, and what to type."""
    await use_locale(sheets, locale)
    await release_is(sheets, f"'{typed}")
    assert await released(sheets) is None
    assert logged(sheets, "row_skipped") == [{"tab": "Акции", "row": 2}]
    assert [(problem.cell, problem.text) for problem in await found(sheets)] == [("A2", texts.PROMOTION_RELEASED)]


async def test_a_number_is_no_date(sheets: Sheets) -> None:
    """Nor is a time: the format says what a number is."""
    for kind, pattern in (("NUMBER", "0"), ("TIME", "hh:mm")):
        await release_is(sheets, "01.12.2026")
        await use_format(sheets, kind, pattern)
        assert await released(sheets) is None


async def test_dates_cost_no_further_read(sheets: Sheets) -> None:
    """Cells, dates and locale come with one call."""
    running = SheetPromotions(sheets.book(PROMOTIONS), clock=sheets.clock, log=sheets.log)
    await running.all()
    sheets.emulator.reset_stats()
    sheets.clock.advance(301)
    await running.all()
    assert sheets.emulator.stats()["reads"] == 1


@pytest.mark.parametrize(
    ("locale", "typed"), [("en_US", "11/22/2026"), ("ru_RU", "22.11.2026"), ("ja_JP", "2026/11/22")]
)
async def test_a_login_date_of_any_locale_is_right(sheets: Sheets, locale: str, typed: str) -> None:
    """A person typed it, in a column of text or of dates."""
    await use_locale(sheets, locale, AUTHORISATION)
    await sheets.type("Авторизация!F15", typed, AUTHORISATION)
    assert not await found(sheets)
    await use_format(sheets, "DATE", "mmmm yy", "Авторизация", row=16, column=6)
    await sheets.type("Авторизация!F16", typed, AUTHORISATION)
    assert not await found(sheets)


@pytest.mark.parametrize("spreadsheet", [AUTHORISATION, APPEALS, PROMOTIONS])
async def test_a_read_with_dates_shows_the_same(sheets: Sheets, spreadsheet: str) -> None:
    """Whole tabs, parts that overlap, one cell, nothing: text for text as without; only dates are told apart."""
    await sheets.type("Акции!E3:F3", "01.12.2026", PROMOTIONS)
    book, dates = sheets.book(spreadsheet), 0
    for tab in await book.tabs():
        for rows, columns in (
            (WHOLE, WHOLE),
            ((3, 5), (2, 4)),
            ((2, 2), (1, 1)),
            ((4, None), (3, 3)),
            ((90, 95), (1, 2)),
        ):
            plain, dated = (area(tab.sheet, rows, columns, dates=dates) for dates in (False, True))
            header = area(tab.sheet, (1, 1), WHOLE)
            read = await book.read([dated, header])
            assert read == await book.read([plain, header])
            dates += sum(isinstance(cell, DateCell) for row in read[0] for cell in row)
    assert bool(dates) == (spreadsheet != APPEALS)


def area(sheet: int, rows: tuple[int, int | None], columns: tuple[int, int | None], *, dates: bool = False) -> Area:
    return Area(
        sheet=sheet,
        first_row=rows[0],
        last_row=rows[1],
        first_column=columns[0],
        last_column=columns[1],
        dates=dates,
    )
