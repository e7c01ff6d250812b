"""The inspection on the Sheets emulator: it names each dirt by its address, and calls nothing clean dirty."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import pytest

from playground.data import promotions_tab
from shared.adapters.sheets.rules.archive import NEEDED
from shared.domain import problem_texts as texts
from shared.domain.problems import Problem
from tests.adapters.inspected import (
    PROMOTIONS,
    SYNTHETIC,
    appeal_row,
    found,
    inspection,
    noted,
    places,
)
from tests.fakes import START
from tests.sheets import APPEALS, AUTHORISATION, Sheets

HISTORY = 5


async def test_exactly_the_synthetic_dirt_is_found(sheets: Sheets) -> None:
    """#ERROR!, ids that are no numbers, phones missing and unreadable, a status of nobody, an empty row."""
    problems = await inspection(sheets).problems()
    assert [problem.place for problem in problems] == SYNTHETIC
    assert [problem.cell for problem in problems if problem.mild] == ["A22", "F29"]


async def test_no_text_tells_what_stands_in_a_cell(sheets: Sheets) -> None:
    """A report goes through chats and terminals."""
    said = " ".join(problem.text for problem in await inspection(sheets).problems())
    for private in ("Хвойный", "galina", "700", "удалён", "00128", "Маргарита"):
        assert private not in said


@pytest.mark.parametrize(
    ("spreadsheet", "cell", "typed", "said"),
    [
        (AUTHORISATION, "Авторизация!A5", "", [("A5", texts.CODE_EMPTY)]),
        (AUTHORISATION, "Авторизация!A5", "#REF!", [("A5", texts.FORMULA_ERROR)]),
        (AUTHORISATION, "Авторизация!B5", "#NAME?", [("B5", texts.FORMULA_ERROR)]),
        (AUTHORISATION, "Авторизация!C5", "", [("C5", texts.PHONE_EMPTY)]),
        (AUTHORISATION, "Авторизация!C5", "уточнить", [("C5", texts.PHONE_UNREADABLE)]),
        (AUTHORISATION, "Авторизация!D5", "авторизован", [("D5", texts.STATUS_WITHOUT_CHAT)]),
        (AUTHORISATION, "Авторизация!E5", "501", [("D5", texts.CHAT_WITHOUT_STATUS)]),
        (AUTHORISATION, "Авторизация!D15", "", [("D15", texts.CHAT_WITHOUT_STATUS)]),
        (AUTHORISATION, "Авторизация!E21", "700000129", [("E21", texts.same_chat("E15"))]),
        (AUTHORISATION, "Авторизация!A9:C9", "00101|Кто-то|8 900 000-10-01", [("A9", texts.same_login("A2"))]),
        (APPEALS, "База знаний!C3", "", [("C3", texts.ENTRY_ANSWER)]),
        (APPEALS, "База знаний!B3", "", [("B3", texts.ENTRY_QUESTION)]),
        (APPEALS, "База знаний!A3", "", [("A3", texts.ENTRY_ID)]),
        (APPEALS, "База знаний!A3", "kb-1", [("A3", texts.same_entry("A2"))]),
        (APPEALS, "База знаний!E3", "готово", [("E3", texts.ENTRY_STATUS)]),
        (APPEALS, "База знаний!E3", "Черновик", []),
        (APPEALS, "База знаний!D3", "www.example.com", [("D3", texts.LINK)]),
        (APPEALS, "Настройки!A2", "Помошник", [("A2", None)]),
        (APPEALS, "Настройки!A3", "помощник", [("A3", texts.same_setting("A2"))]),
        (APPEALS, "Настройки!B2", "иногда", [("B2", texts.setting_value(texts.SWITCH))]),
        (APPEALS, "Настройки!B6", "всегда", [("B6", texts.setting_value(texts.HOURS))]),
        (PROMOTIONS, "Акции!A2", "скоро", [("A2", texts.PROMOTION_RELEASED)]),
        (PROMOTIONS, "Акции!B2", "", [("B2", texts.PROMOTION_TITLE)]),
        (PROMOTIONS, "Акции!D2", "Активно", [("D2", texts.PROMOTION_STATUS)]),
        (PROMOTIONS, "Акции!E2", "31.02.2026", [("E2", texts.PROMOTION_DATE)]),
        (PROMOTIONS, "Акции!F2", "01.01.2020", [("F2", texts.PROMOTION_PERIOD)]),
        (PROMOTIONS, "Акции!F2", "", []),
        (PROMOTIONS, "Акции!I2", "распродажа", [("I2", texts.PROMOTION_KIND)]),
        (PROMOTIONS, "Акции!J2", "нет", [("J2", texts.PROMOTION_SENDING)]),
        (PROMOTIONS, "Акции!J2", "Не рассылать", []),
    ],
)
async def test_one_dirty_cell_is_named(
    sheets: Sheets, spreadsheet: str, cell: str, typed: str, said: list[tuple[str, str | None]]
) -> None:
    """By its address, with what to type instead; nothing else is said."""
    await sheets.person("edit", spreadsheet=spreadsheet, range=cell, values=[typed.split("|")])
    problems = await found(sheets)
    assert [problem.place for problem in problems] == [f"{cell.split('!')[0]} {place}" for place, _ in said]
    assert all(text in (None, problem.text) for problem, (_, text) in zip(problems, said, strict=True))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (appeal_row(), []),
        (appeal_row(status="решено ", reply="Готово", receipt="доставлено 14:03"), []),
        (appeal_row(status="Закрыто"), [("F2", texts.APPEAL_STATUS)]),
        (appeal_row(status=""), [("F2", texts.APPEAL_STATUS)]),
        (appeal_row(shown_chat="@anna"), [("D2", texts.APPEAL_CHAT)]),
        (appeal_row(shown_chat=""), [("D2", texts.APPEAL_NO_CHAT)]),
        (appeal_row(shown_chat="502"), [("D2", texts.CONFUSED)]),
        (appeal_row(shown_chat="#N/A"), [("D2", texts.FORMULA_ERROR)]),
        (appeal_row(row_id="a501"), [("P2", texts.APPEAL_ID)]),
        (appeal_row(trace="v1 abc123 {"), [("Q2", texts.TRACE)]),
        (appeal_row(trace=""), [("Q2", texts.TRACE)]),
        (appeal_row(row_id="", trace="", receipt="", reply="Ответ"), [("G2", texts.NO_ADDRESSEE)]),
        (appeal_row(row_id="", trace="", receipt="до подключения", reply="Ответ"), []),
        (appeal_row(row_id="", trace="", receipt="", status=""), []),
    ],
)
async def test_one_dirty_appeal_is_named(sheets: Sheets, row: list[str], said: list[tuple[str, str]]) -> None:
    """A row made by hand is no dirt while no reply waits in it."""
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=[row])
    assert [(problem.cell, problem.text) for problem in await found(sheets)] == said


async def test_a_copied_appeal_names_its_original(sheets: Sheets) -> None:
    """And an empty row in the middle is mentioned."""
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=[appeal_row()])
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A5", values=[appeal_row()])
    assert await found(sheets) == [
        Problem(tab="Обращения", cell="A3", text=texts.blank_rows(3, 4), mild=True),
        Problem(tab="Обращения", cell="P5", text=texts.same_appeal("P2")),
    ]


async def test_histories_are_never_read(sheets: Sheets) -> None:
    """Of 2,500 appeals neither: the tab is read in parts around that column, and rows keep their numbers."""
    rows = [appeal_row(message=number) for number in range(2, 2_502)]
    rows[1_500] = appeal_row(message=1_502, status="Закрыто")
    rows[2_499] = appeal_row(message=2)
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=rows)
    calls = noted(sheets)
    problems = [problem.place for problem in await inspection(sheets, calls).problems()]
    assert [place for place in problems if place not in SYNTHETIC] == ["Обращения F1502", "Обращения P2501"]
    [appeals] = [tab.sheet for tab in calls.tabs(APPEALS) if tab.title == "Обращения"]
    below_header = [
        area for book, area in calls.areas if (book, area.sheet) == (APPEALS, appeals) and area.first_row > 1
    ]
    assert len(below_header) > 4
    assert not [a for a in below_header if a.first_column <= HISTORY <= (a.last_column or HISTORY)]


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("Акции!C1", "", [("", texts.column_missing("Описание"))]),
        ("Акции!C1", "Описанее", [("C1", texts.column_misspelt("Описание"))]),
        ("Акции!C1", "Статус", [("", texts.column_missing("Описание")), ("D1", texts.column_doubled("Статус", "C1"))]),
        ("Акции!N1", "Статус", [("N1", texts.column_doubled("Статус", "D1"))]),
        ("Акции!N1", "Тип", [("N1", texts.extra_doubled("Тип", "I1"))]),
        ("Акции!N1", "Моё", []),
        ("Акции!C1", "  Описание ", []),
    ],
)
async def test_a_header_is_missing_or_doubled(
    sheets: Sheets, cell: str, typed: str, said: list[tuple[str, str]]
) -> None:
    """Named by tab and cell; the other tabs are looked at all the same."""
    await sheets.type(cell, typed, PROMOTIONS)
    assert [(problem.cell, problem.text) for problem in await found(sheets)] == said


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("N1", "", ("", texts.own_missing("Оценка"))),
        ("N1", "Оценки", ("N1", texts.own_misspelt("Оценка"))),
        ("R1", "В базу", ("R1", texts.own_doubled("В базу", "O1"))),
    ],
)
async def test_a_column_of_peoples_own_is_only_a_remark(
    sheets: Sheets, cell: str, typed: str, said: tuple[str, str]
) -> None:
    """The bot reads the tab without it, so its rows are looked at."""
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=[appeal_row(status="Закрыто")])
    await sheets.type(f"Обращения!{cell}", typed)
    header, status = await found(sheets)
    assert (header.cell, header.text, header.mild) == (*said, True)
    assert (status.place, status.mild) == ("Обращения F2", False)


async def test_an_archive_may_be_missing(sheets: Sheets) -> None:
    """The bot makes it when it needs one."""
    assert "Архив" not in await places(sheets)
    assert "Архив" in inspection(sheets).tabs()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (NEEDED, []),
        ([*NEEDED[1:], "Заметки", NEEDED[0]], []),
        (["Старые заявки", "2024"], [("", texts.ARCHIVE_TAKEN)]),
        ([""], [("", texts.ARCHIVE_TAKEN)]),
        (NEEDED[2:], [("", texts.archive_lacks(NEEDED[:2]))]),
        ([*NEEDED, "id"], [("O1", texts.archive_doubled("id", "M1"))]),
    ],
)
async def test_an_archive_that_cannot_be_written_is_named(
    sheets: Sheets, header: Sequence[str], said: list[tuple[str, str]]
) -> None:
    """Before a history is full: a tab of somebody's own, a header that went missing or was doubled."""
    await asyncio.to_thread(noted(sheets).write, APPEALS, [{"addSheet": {"properties": {"title": "Архив"}}}], [])
    await sheets.person("edit", spreadsheet=APPEALS, range="Архив!A1", values=[header])
    problems = [problem for problem in await found(sheets) if problem.tab == "Архив"]
    assert [(problem.cell, problem.text) for problem in problems] == said
    assert not any(problem.mild for problem in problems)


async def test_a_row_above_the_header(sheets: Sheets) -> None:
    """Said once, not column by column."""
    await sheets.person("insert-rows", spreadsheet=PROMOTIONS, sheet="Акции", row=1, count=1)
    assert [(problem.cell, problem.text) for problem in await found(sheets)] == [("", texts.NO_HEADER)]


async def test_reordered_columns_are_found(sheets: Sheets) -> None:
    """Addresses follow the columns."""
    await sheets.person("move-columns", spreadsheet=PROMOTIONS, sheet="Акции", column="D", to="A")
    await sheets.type("Акции!A2", "Активно", PROMOTIONS)
    assert await places(sheets) == ["Акции A2"]


async def test_a_renamed_tab_is_found_and_named(sheets: Sheets) -> None:
    """By its columns; what is wrong in it is still reported under the name that people know, with a link."""
    await sheets.person("rename-tab", spreadsheet=PROMOTIONS, sheet="Акции", title="Акции 2026")
    await sheets.type("Акции 2026!D2", "Активно", PROMOTIONS)
    renamed, status = await found(sheets)
    tab = renamed.link
    assert re.fullmatch(rf"https://docs\.google\.com/spreadsheets/d/{PROMOTIONS}/edit#gid=\d+", tab)
    assert status.link == f"{tab}&range=D2"
    assert (renamed.cell, renamed.text, renamed.mild) == ("", texts.tab_renamed("Акции", "Акции 2026"), True)
    assert status.place == "Акции D2"


async def test_a_tab_that_cannot_be_found_is_named(sheets: Sheets) -> None:
    """Renamed and without one of its columns: nobody can know that it is the one."""
    await sheets.person("rename-tab", spreadsheet=PROMOTIONS, sheet="Акции", title="Лист1")
    await sheets.type("Лист1!D1", "", PROMOTIONS)
    [problem] = await found(sheets)
    assert (problem.place, problem.text) == ("Акции", texts.no_tab("Акции"))
    assert problem.link == f"https://docs.google.com/spreadsheets/d/{PROMOTIONS}/edit"


async def test_settings_may_be_missing(sheets: Sheets) -> None:
    """Then everything is on, and that is worth a remark."""
    await sheets.person("rename-tab", spreadsheet=APPEALS, sheet="Настройки", title="Лист9")
    await sheets.type("Лист9!A1", "", APPEALS)
    assert await found(sheets) == [Problem(tab="Настройки", text=texts.NO_SETTINGS, mild=True)]


async def test_a_closed_workbook_stops_no_other(sheets: Sheets) -> None:
    """Its tab is named as a whole."""
    sheets.fault(service="sheets", match=f"GET .*{PROMOTIONS}.*", action=403, rate=1.0)
    assert await found(sheets) == [Problem(tab="Акции", text=texts.BOOK_CLOSED)]


async def test_a_tab_of_nothing_but_the_header(sheets: Sheets) -> None:
    """Nothing is wrong with it."""
    header = list(promotions_tab(START.date()).header)
    await sheets.person("replace-tab", spreadsheet=PROMOTIONS, sheet="Акции", values=[header])
    assert not await found(sheets)
