"""Dirt under the running adapters: the bad row or the bad tab is skipped and logged, everything else works."""

from __future__ import annotations

import pytest

from playground.data import clean_partners
from shared.adapters.sheets.knowledge import SheetKnowledge
from shared.adapters.sheets.promotions import SheetPromotions
from tests.adapters.inspected import PROMOTIONS, inspection
from tests.adapters.logged import logged
from tests.sheets import APPEALS, Sheets

FIVE_MINUTES = 301


def knowledge(sheets: Sheets) -> SheetKnowledge:
    return SheetKnowledge(sheets.book(APPEALS), clock=sheets.clock, log=sheets.log)


def promotions(sheets: Sheets) -> SheetPromotions:
    return SheetPromotions(sheets.book(PROMOTIONS), clock=sheets.clock, log=sheets.log)


async def titles(running: SheetPromotions) -> set[str]:
    return {promotion.title for promotion in await running.all()}


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        ("A3", "скоро"),
        ("B3", ""),
        ("B3", "#ERROR!"),
        ("C3", "#REF!"),
        ("D3", "Активно"),
        ("E3", "31.02.2026"),
        ("F3", "01.01.2020"),
        ("J3", "не надо"),
    ],
)
async def test_a_dirty_promotion_hides_no_other(sheets: Sheets, cell: str, typed: str) -> None:
    """What is unclear is shown to nobody; logged once a load, not once a question."""
    before = await titles(promotions(sheets))
    await sheets.type(f"Акции!{cell}", typed, PROMOTIONS)
    running = promotions(sheets)
    assert await titles(running) < before
    assert len(await titles(running)) == len(before) - 1
    assert logged(sheets, "row_skipped") == [{"tab": "Акции", "row": 3}]


@pytest.mark.parametrize(
    ("cell", "typed"), [("A3", "kb-1"), ("B3", ""), ("C3", ""), ("C3", "#ERROR!"), ("E3", "готово")]
)
async def test_a_dirty_entry_hides_no_other(sheets: Sheets, cell: str, typed: str) -> None:
    """The assistant answers from the rest; of two entries with one id the upper one counts."""
    before = await knowledge(sheets).entries()
    await sheets.type(f"База знаний!{cell}", typed)
    running = knowledge(sheets)
    assert await running.entries() == (before[0], *before[2:])
    assert await running.entries()
    assert logged(sheets, "row_skipped") == [{"tab": "База знаний", "row": 3}]


async def test_a_link_that_opens_nothing_is_left_out(sheets: Sheets) -> None:
    """The entry and the promotion stay."""
    await sheets.type("База знаний!D2", "www.example.com")
    await sheets.type("Акции!G2", "по телефону", PROMOTIONS)
    entry = next(iter(await knowledge(sheets).entries()))
    assert (entry.id, entry.link) == ("kb-1", "")
    assert not any(promotion.link == "по телефону" for promotion in await promotions(sheets).all())
    assert not logged(sheets, "row_skipped")


async def test_empty_rows_in_the_middle_end_nothing(sheets: Sheets) -> None:
    """What stands below them is read."""
    before = await titles(promotions(sheets))
    await sheets.person("insert-rows", spreadsheet=PROMOTIONS, sheet="Акции", row=4, count=3)
    assert await titles(promotions(sheets)) == before
    assert not logged(sheets, "row_skipped")


async def test_dirty_partners_lock_out_nobody_else(sheets: Sheets) -> None:
    """#ERROR!, «@name» and «700 000 131» stand above and below: who is right logs in and is known."""
    directory = sheets.directory()
    assert await directory.partner_of(700000129)
    for clean in clean_partners()[-2:]:
        partner = await directory.matching(clean.code, clean.phone)
        assert partner is not None
        assert await directory.authorise(partner, 501)
    assert await directory.partner_of(501)
    assert await directory.matching("00123", "#ERROR!") is None


@pytest.mark.parametrize("header", ["", "Статус"])
async def test_a_header_missing_or_doubled_stops_no_other_tab(sheets: Sheets, header: str) -> None:
    """The tab keeps what it said last, at a fresh instance nothing; the report names the column."""
    running = promotions(sheets)
    before = await titles(running)
    await sheets.type("Акции!C1", header, PROMOTIONS)
    sheets.clock.advance(FIVE_MINUTES)
    assert await titles(running) == before
    assert await titles(promotions(sheets)) == set()
    assert await knowledge(sheets).entries()
    assert await sheets.directory().partner_of(700000129)
    assert [(line["tab"], line["kept"]) for line in logged(sheets, "tab_unreadable")] == [("Акции", 6), ("Акции", 0)]
    assert "Акции" in {problem.tab for problem in await inspection(sheets).problems()}
    await sheets.type("Акции!C1", "Описание", PROMOTIONS)
    sheets.clock.advance(FIVE_MINUTES)
    assert await titles(running) == before


async def test_columns_in_another_order_are_read(sheets: Sheets) -> None:
    """Also while the bot runs."""
    running = promotions(sheets)
    before = await running.all()
    await sheets.person("move-columns", spreadsheet=PROMOTIONS, sheet="Акции", column="D", to="A")
    sheets.clock.advance(FIVE_MINUTES)
    assert await running.all() == before


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_renamed_tab_is_read(sheets: Sheets, restarted: bool) -> None:
    """By the running instance and by a fresh one."""
    running = promotions(sheets)
    before = await titles(running)
    await sheets.person("rename-tab", spreadsheet=PROMOTIONS, sheet="Акции", title="Акции 2026")
    sheets.clock.advance(FIVE_MINUTES)
    assert await titles(promotions(sheets) if restarted else running) == before


async def test_a_tab_replaced_by_its_copy_is_read(sheets: Sheets) -> None:
    """Copied, the original deleted, the copy named like it: another tab for Google, the same one for people."""
    running, gateway = promotions(sheets), sheets.gateway()
    before = await titles(running)
    [sheet] = [tab.sheet for tab in await gateway.tabs(PROMOTIONS) if tab.title == "Акции"]
    copy = {"duplicateSheet": {"sourceSheetId": sheet, "newSheetId": 77, "newSheetName": "Копия"}}
    rename = {"updateSheetProperties": {"properties": {"sheetId": 77, "title": "Акции"}, "fields": "title"}}
    await gateway.write(PROMOTIONS, [copy, {"deleteSheet": {"sheetId": sheet}}, rename], moves_nothing=False)
    await sheets.type("Акции!B2", "Новая акция", PROMOTIONS)
    sheets.clock.advance(FIVE_MINUTES)
    assert await titles(running) - before == {"Новая акция"}


async def test_the_archive_is_not_taken_for_the_appeals(sheets: Sheets) -> None:
    """It has the same columns; the appeals are found under their new name all the same."""
    gateway = sheets.gateway()
    [sheet] = [tab.sheet for tab in await gateway.tabs(APPEALS) if tab.title == "Обращения"]
    copy = {"duplicateSheet": {"sourceSheetId": sheet, "newSheetId": 88, "newSheetName": "Архив"}}
    await gateway.write(APPEALS, [copy], moves_nothing=False)
    await sheets.person("rename-tab", spreadsheet=APPEALS, sheet="Обращения", title="Вопросы")
    assert await sheets.journal().newest(501) is None
    assert "Обращения" in {problem.tab for problem in await inspection(sheets).problems() if problem.mild}
