"""`make sheets-setup` on sheets that people have worked in: nothing older is sent, and what is theirs stays theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ops.sheets_setup import workbook
from ops.sheets_setup.__main__ import main
from shared.usecases.handle_event import handle_event
from tests.fakes import World
from tests.ops.connections import PARTNERS, PEOPLES, PROMOTIONS, Setup, batch, draft_of, metadata

ASKED = ["00123", "+79123456789", "Анна", "501", "Где макеты?", "Передано специалисту"]
ANSWERED = [*ASKED, "Отправили на почту", "01.11.2026"]


async def test_answers_of_before_are_marked(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    """A row that the bot did not write and that holds a reply; who still waits is not marked. Counts are printed."""
    setup.workbooks(appeals=[PEOPLES, ANSWERED, ASKED, ANSWERED, ANSWERED])
    assert main(setup.connection) == 0
    receipts = [row["Доставка"] for row in await setup.sheets.rows()]
    assert receipts == ["до подключения", "", "до подключения", "до подключения"]
    assert "отмечено «до подключения»: 3" in capsys.readouterr().out


async def test_a_sweep_sends_nothing_of_before(setup: Setup) -> None:
    """Connected a second time or not: forty old replies reach nobody, and no admin hears of them."""
    rows = [["00123", "+79123456789", "Анна", "501", "", "Решено", f"Старый ответ {n}", ""] for n in range(40)]
    setup.workbooks(appeals=[PEOPLES, *rows])
    for _ in range(2):
        setup.run(workbook.APPEALS)
        world = World(clock=setup.sheets.clock)
        outside, memory = replace(world.outside(), journal=setup.sheets.journal()), world.memory()
        for _ in range(2):
            await handle_event(outside, memory, {"kind": "sweep"})
            setup.sheets.clock.advance(300)
        assert world.messenger.said == []
    assert {row["Доставка"] for row in await setup.sheets.rows()} == {"до подключения"}


async def test_the_bots_own_rows_are_never_marked(setup: Setup) -> None:
    """A reply that is typed at this moment is delivered by the bot."""
    setup.run(workbook.APPEALS)
    await setup.sheets.journal().open(draft_of(501))
    await setup.sheets.type("Обращения!G2", "Ответ, который ещё не ушёл")
    await setup.sheets.type("Обращения!I2", "")
    setup.run(workbook.APPEALS)
    assert [row["Доставка"] for row in await setup.sheets.rows()] == [""]


async def test_promotions_of_before_are_not_sent(setup: Setup) -> None:
    """Those that stand there at the connection, unless a person chose already; later ones are for the partners."""
    old = ["01.11.2026", "Старая", "", "Активна", "", ""]
    chosen = ["02.11.2026", "Выбранная", "", "Активна", "", "", "авто"]
    setup.workbooks(promotions=[[*PROMOTIONS, "Разослать"], old, chosen])
    setup.run(workbook.PROMOTIONS)
    await setup.sheets.person(
        "edit", spreadsheet="promotions-test", range="Акции!A4", values=[["03.11.2026", "Новая", "", "Активна"]]
    )
    setup.run(workbook.PROMOTIONS)
    rows = await setup.sheets.rows("Акции", "promotions-test")
    assert [row["Разослать"] for row in rows] == ["не рассылать", "авто", ""]


async def test_who_is_logged_in_stays_logged_in(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of a partner's row is touched; they are counted."""
    partner = ["00123", "Анна", "+79123456789", "авторизован", "501", "01.11.2026"]
    setup.workbooks(authorisation=[PARTNERS, partner, ["00124", "Борис", "+79123456780", "", "", ""]])
    main(setup.connection)
    found = await setup.sheets.directory().partner_of(501)
    assert found is not None
    assert found.name == "Анна"
    assert "вошедших партнёров: 1" in capsys.readouterr().out


async def test_a_number_format_of_a_person_stays(setup: Setup) -> None:
    """Codes kept as numbers and shown with zeros: as text they would lose them, and nobody could log in."""
    setup.workbooks(authorisation=[PARTNERS, [123, "Анна", "+79123456789"], ["00124", "Борис", "+79123456780"]])  # type: ignore[list-item]
    zeros = {"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "00000"}}}
    cell = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    batch(
        setup,
        "authorisation-test",
        {"repeatCell": {"range": cell, "cell": zeros, "fields": "userEnteredFormat.numberFormat"}},
    )
    assert setup.writes_of_a_run(workbook.AUTHORISATION) == 1
    await setup.sheets.type("Авторизация!A4", "00125", spreadsheet="authorisation-test")
    rows = await setup.sheets.rows("Авторизация", "authorisation-test")
    assert [row["Код партнера"] for row in rows] == ["00123", "00124", "00125"]
    assert setup.writes_of_a_run(workbook.AUTHORISATION) == 0


async def test_a_list_a_rule_and_a_view_of_a_person_stay(setup: Setup) -> None:
    """Their drop-down, their colour for a status, their view of the same title, before ours and as they made them."""
    choice = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "своё"}]}
    status = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 5, "endColumnIndex": 6}
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Решено"}]}
    rule = {
        "ranges": [status],
        "booleanRule": {"condition": condition, "format": {"backgroundColorStyle": {"rgbColor": {"red": 1}}}},
    }
    view = {"title": "Все", "range": status}
    batch(
        setup,
        "appeals-test",
        {"setDataValidation": {"range": status, "rule": {"condition": choice}}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"addFilterView": {"filter": view}},
    )
    fields = "sheets(conditionalFormats,filterViews(title,range),data.rowData.values.dataValidation)"
    before = metadata(setup, fields)["sheets"][0]
    setup.run(workbook.APPEALS)
    after = metadata(setup, fields)["sheets"][0]
    assert after["data"] == before["data"]
    assert after["conditionalFormats"][0] == before["conditionalFormats"][0]
    assert sum("Решено" in str(one) for one in after["conditionalFormats"]) == 1
    assert after["filterViews"][0] == before["filterViews"][0]
    assert [one["title"] for one in after["filterViews"]] == ["Все", "Ждут ответа", "В работе"]


async def test_a_column_that_a_person_shows_stays_shown(setup: Setup) -> None:
    """Hidden once, when the workbook is connected."""
    setup.run(workbook.APPEALS)
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 15, "endIndex": 16}
    shown = {"range": span, "properties": {"hiddenByUser": False}, "fields": "hiddenByUser"}
    batch(setup, "appeals-test", {"updateDimensionProperties": shown})
    assert setup.writes_of_a_run(workbook.APPEALS) == 0


async def test_settings_of_a_person_stay(setup: Setup) -> None:
    """One row of their own is enough: the defaults are for an empty tab."""
    setup.workbooks(appeals=[PEOPLES])
    batch(setup, "appeals-test", {"addSheet": {"properties": {"sheetId": 7, "title": "Настройки"}}})
    await setup.sheets.person(
        "edit", spreadsheet="appeals-test", range="Настройки!A1", values=[["Ключ", "Значение"], ["Помощник", "нет"]]
    )
    setup.run(workbook.APPEALS)
    assert [row["Значение"] for row in await setup.sheets.rows("Настройки")] == ["нет"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Код партнёра", *PEOPLES[1:]]], "столбец «Код партнёра» должен называться «Код партнера»"),
        ([["Отчёт за ноябрь"], PEOPLES], "в первой строке нет знакомых заголовков"),
        ([[*PEOPLES[:7], "Статус"]], "по два столбца с одним названием: «Статус». Бот её не прочтёт"),
    ],
)
async def test_what_is_unclear_is_left_alone(
    setup: Setup, capsys: pytest.CaptureFixture[str], rows: list[list[str]], said: str
) -> None:
    """The tab stays as it is, the person is told what to mend, and the next run still counts as the first."""
    setup.workbooks(appeals=rows)
    assert main(setup.connection) == 1
    assert said in capsys.readouterr().out
    view = await setup.sheets.person("view", spreadsheet="appeals-test", sheet="Обращения")
    assert [title for title in view["header"] if title] == rows[0]
    first = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 8}
    mended = [{"values": [{"userEnteredValue": {"stringValue": cell}} for cell in row]} for row in (PEOPLES, ANSWERED)]
    batch(setup, "appeals-test", {"updateCells": {"range": first, "rows": mended, "fields": "userEnteredValue"}})
    assert main(setup.connection) == 0
    assert [row["Доставка"] for row in await setup.sheets.rows()] == ["до подключения"]


async def test_two_tabs_alike_are_left_alone(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of a renamed tab: a person says which of the two it is."""
    setup.workbooks(appeals=[PEOPLES])
    renamed = {"sheetId": 0, "title": "Заявки"}
    batch(
        setup,
        "appeals-test",
        {"updateSheetProperties": {"properties": renamed, "fields": "title"}},
        {"duplicateSheet": {"sourceSheetId": 0, "newSheetName": "Заявки 2"}},
    )
    assert main(setup.connection) == 1
    assert "на неё похожи «Заявки 2», «Заявки»" in capsys.readouterr().out


async def test_one_workbook_may_serve_as_all_three(setup: Setup) -> None:
    """Its promotions count as old too, although the set-up was there a moment ago for the appeals."""
    setup.workbooks(appeals=[PEOPLES])
    batch(setup, "appeals-test", {"addSheet": {"properties": {"sheetId": 9, "title": "Акции"}}})
    old = ["01.11.2026", "Старая", "", "Активна"]
    await setup.sheets.person("edit", spreadsheet="appeals-test", range="Акции!A1", values=[PROMOTIONS, old])
    setup.all_in_one().run()
    assert [row["Разослать"] for row in await setup.sheets.rows("Акции")] == ["не рассылать"]
