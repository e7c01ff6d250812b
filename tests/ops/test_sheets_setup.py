"""`make sheets-setup`: what is missing is made, what stands there stays."""

from __future__ import annotations

import pytest

from ops.sheets_setup.tabs import APPEALS_BOOK, AUTHORISATION_BOOK, PROMOTIONS_BOOK
from ops.sheets_setup.workbook import APPEALS
from shared.domain.status import Status
from tests.ops.connections import PARTNERS, PEOPLES, PROMOTIONS, Setup, batch, draft_of, metadata


async def header(setup: Setup, spreadsheet: str, title: str) -> list[str]:
    return list((await setup.sheets.person("view", spreadsheet=spreadsheet, sheet=title))["header"])


async def test_blank_workbooks_get_everything(setup: Setup) -> None:
    """Three new workbooks: every tab with its columns in order; «Настройки» says what may be set."""
    setup.workbooks()
    setup.run()
    for spreadsheet, book in (
        ("authorisation-test", AUTHORISATION_BOOK),
        ("appeals-test", APPEALS_BOOK),
        ("promotions-test", PROMOTIONS_BOOK),
    ):
        for tab in book:
            assert await header(setup, spreadsheet, tab.title) == [column.title for column in tab.columns]
    settings = await setup.sheets.rows("Настройки")
    assert [row["Ключ"] for row in settings][:2] == ["Помощник", "Акции"]
    assert {row["Значение"] for row in settings} >= {"включён", "Пн–Пт 9:00–18:00"}


async def test_the_bot_works_in_workbooks_that_were_blank(setup: Setup) -> None:
    """An appeal is opened there, and a partner logs in."""
    setup.workbooks()
    setup.run()
    await setup.sheets.person(
        "edit", spreadsheet="authorisation-test", range="Авторизация!A2", values=[["00123", "Анна", "89123456789"]]
    )
    await setup.sheets.journal().open(draft_of(501))
    assert [row["Код партнера"] for row in await setup.sheets.rows()] == ["00123"]
    directory = setup.sheets.directory()
    partner = await directory.matching("00123", "+7 912 345-67-89")
    assert partner is not None
    assert await directory.authorise(partner, 501)


@pytest.mark.parametrize("blank", [False, True])
async def test_twice_changes_nothing(setup: Setup, blank: bool) -> None:
    """The second run writes nothing at all."""
    if blank:
        setup.workbooks()
    assert setup.writes_of_a_run() == 3
    assert setup.writes_of_a_run() == 0


async def test_rows_are_coloured_and_views_are_in_order(setup: Setup) -> None:
    """Who waits longest stands first in «Ждут ответа», the newest in «Все»; each status has its own colour."""
    setup.run(APPEALS)
    for row, (status, since, updated) in enumerate(
        [
            ("Передано специалисту", "2026-11-22 10:00:00", "2026-11-22 10:00:00"),
            ("Решено", "—", "2026-11-22 11:00:00"),
            ("Передано специалисту", "2026-11-22 09:00:00", "2026-11-22 12:00:00"),
            ("В работе", "—", "2026-11-22 08:00:00"),
            ("Ответ ИИ", "—", "2026-11-22 07:00:00"),
            ("Новое", "—", "2026-11-22 06:00:00"),
        ],
        start=2,
    ):
        await setup.sheets.type(f"Обращения!F{row}", status)
        await setup.sheets.type(f"Обращения!H{row}", updated)
        await setup.sheets.type(f"Обращения!L{row}", since)
    view = await setup.sheets.person("view", spreadsheet="appeals-test", sheet="Обращения")
    assert {one["title"]: one["rows"] for one in view["views"]} == {
        "Ждут ответа": [4, 2],
        "В работе": [5],
        "Все": [4, 3, 2, 5, 6, 7],
    }
    colours = {row["values"][5]: row["colour"] for row in view["rows"]}
    assert set(colours) == {status.value for status in Status}
    assert len(set(colours.values())) == len(Status)
    assert None not in colours.values()


async def test_what_is_typed_stays_text(setup: Setup) -> None:
    """A code keeps its zeros, a phone its plus, a reply that looks like a number or a date stays as typed."""
    setup.workbooks(authorisation=[PARTNERS], appeals=[PEOPLES], promotions=[PROMOTIONS])
    setup.run()
    await setup.sheets.type("Авторизация!A190", "00123", spreadsheet="authorisation-test")
    await setup.sheets.type("Авторизация!C190", "+79123456789", spreadsheet="authorisation-test")
    await setup.sheets.type("Обращения!G3", "1.12")
    [partner] = await setup.sheets.rows("Авторизация", "authorisation-test")
    assert (partner["Код партнера"], partner["Телефон партнера"]) == ("00123", "+79123456789")
    assert [row["Ответ специалиста"] for row in await setup.sheets.rows()] == ["1.12"]


async def test_technical_columns_are_out_of_the_way(setup: Setup) -> None:
    """Hidden, and editing them warns; nobody is locked out, or a sort would be refused."""
    setup.workbooks(appeals=[PEOPLES])
    setup.run(APPEALS)
    [sheet, *_] = metadata(setup, "sheets(protectedRanges(range,warningOnly),data(columnMetadata(hiddenByUser)))")[
        "sheets"
    ]
    hidden = [n for n, column in enumerate(sheet["data"][0]["columnMetadata"]) if column.get("hiddenByUser")]
    assert hidden == [15, 16]
    assert [one["range"]["startColumnIndex"] for one in sheet["protectedRanges"]] == hidden
    assert all(one["warningOnly"] for one in sheet["protectedRanges"])


async def test_missing_columns_go_to_the_right_of_everything(setup: Setup) -> None:
    """Also of a person's notes under no title; what stands there is neither moved nor renamed."""
    own = ["Примечание", *reversed(PEOPLES)]
    setup.workbooks(appeals=[own, ["важно", *[""] * 8, "заметка в стороне"]])
    setup.run(APPEALS)
    now = await header(setup, "appeals-test", "Обращения")
    assert now[:11] == [*own, "", "Доставка"]
    assert len(now) == 10 + 9
    await setup.sheets.journal().open(draft_of(501))
    assert [row["Telegram ID"] for row in await setup.sheets.rows()] == ["", "501"]


async def test_a_grid_that_is_too_small_grows(setup: Setup) -> None:
    """A tab cut to its eight columns and its header row."""
    setup.workbooks(appeals=[PEOPLES])
    cut = {"sheetId": 0, "gridProperties": {"rowCount": 1, "columnCount": 8}}
    batch(
        setup,
        "appeals-test",
        {"updateSheetProperties": {"properties": cut, "fields": "gridProperties(rowCount,columnCount)"}},
    )
    setup.run(APPEALS)
    assert (await header(setup, "appeals-test", "Обращения"))[-1] == "Служебное"
    assert setup.writes_of_a_run(APPEALS) == 0


async def test_a_renamed_tab_is_recognised(setup: Setup) -> None:
    """By its columns, also by people's own alone: no second tab is made."""
    setup.workbooks(appeals=[PEOPLES])
    renamed = {"sheetId": 0, "title": "Заявки"}
    batch(setup, "appeals-test", {"updateSheetProperties": {"properties": renamed, "fields": "title"}})
    setup.run(APPEALS)
    titles = [one["properties"]["title"] for one in metadata(setup, "sheets.properties.title")["sheets"]]
    assert titles == ["Заявки", "Архив", "Настройки", "База знаний", "Метрики"]
    await setup.sheets.journal().open(draft_of(501))
    assert len(await setup.sheets.rows("Заявки")) == 1


async def test_colours_follow_a_column_that_moved(setup: Setup) -> None:
    """A person moves «Статус»: the rows keep their colours, and nothing is made twice."""
    setup.run(APPEALS)
    await setup.sheets.person("move-columns", spreadsheet="appeals-test", sheet="Обращения", column="F", to="A")
    await setup.sheets.type("Обращения!A2", "Решено")
    view = await setup.sheets.person("view", spreadsheet="appeals-test", sheet="Обращения")
    assert view["rows"][0]["colour"] == "#efefef"
    assert setup.writes_of_a_run(APPEALS) == 0


async def test_rows_that_came_later_are_reached(setup: Setup) -> None:
    """More appeals than the grid had: views, drop-downs and formats reach them after the next run."""
    setup.run(APPEALS)
    batch(setup, "appeals-test", {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 50}})
    await setup.sheets.type("Обращения!F1020", "В работе")
    setup.run(APPEALS)
    view = await setup.sheets.person("view", spreadsheet="appeals-test", sheet="Обращения")
    assert {one["title"]: one["rows"] for one in view["views"]}["В работе"] == [1020]
    assert setup.writes_of_a_run(APPEALS) == 0
