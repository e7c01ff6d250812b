"""Requests that move cells about, and what has to follow."""

from __future__ import annotations

from typing import Any

import pytest

GRID = {"sheetId": 0}


def box(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def spreadsheet(world: Any, fields: str) -> Any:
    return world.tool("GET", f"/book-of-appeals?fields={fields}").json()


def ids(world: Any) -> list[str]:
    return [row[0] if row else "" for row in world.values("Обращения!A2:A9")]


@pytest.mark.parametrize(
    ("request_", "column"),
    [
        ({"insertRange": {"range": box(1, 2, 0, 1), "shiftDimension": "ROWS"}}, ["", "a1", "b2", "c3"]),
        ({"deleteRange": {"range": box(1, 2, 0, 1), "shiftDimension": "ROWS"}}, ["b2", "c3"]),
        ({"insertRange": {"range": box(1, 2, 0, 1), "shiftDimension": "COLUMNS"}}, ["", "b2", "c3"]),
        ({"deleteRange": {"range": box(1, 2, 0, 1), "shiftDimension": "COLUMNS"}}, ["Анна", "b2", "c3"]),
        ({"moveDimension": {"source": {**GRID, "dimension": "ROWS", "startIndex": 1, "endIndex": 2},
                            "destinationIndex": 3}},
         ["b2", "a1", "c3"]),
        ({"sortRange": {"range": box(1, 9, 0, 5), "sortSpecs": [{"dimensionIndex": 4, "sortOrder": "DESCENDING"}]}},
         ["b2", "c3", "a1"]),
        ({"pasteData": {"coordinate": {**GRID, "rowIndex": 2, "columnIndex": 0}, "data": "x\ny", "delimiter": "\t"}},
         ["a1", "x", "y"]),
        ({"cutPaste": {"source": box(1, 2, 0, 5), "destination": {**GRID, "rowIndex": 5, "columnIndex": 0}}},
         ["", "b2", "c3", "", "a1"]),
        ({"trimWhitespace": {"range": {**GRID}}}, ["a1", "b2", "c3"]),
        ({"deleteDimension": {"range": {**GRID, "dimension": "ROWS", "startIndex": 2, "endIndex": 4}}}, ["a1"]),
    ],
)  # fmt: skip
def test_cells_are_moved(world: Any, request_: dict[str, Any], column: list[str]) -> None:
    """By what the first column holds afterwards."""
    world.done(request_)
    assert ids(world) == column


def test_pasting_steps_over_hidden_rows(world: Any) -> None:
    """`pasteData` skips what a filter hides."""
    world.people("filter", sheet="Обращения", column="Статус", hide=["В работе"])
    world.done(
        {"pasteData": {"coordinate": {**GRID, "rowIndex": 1, "columnIndex": 0}, "data": "x\ny", "delimiter": "\t"}}
    )
    assert ids(world) == ["x", "b2", "y"]


def test_empty_cells_sort_last_and_numbers_before_texts(world: Any) -> None:
    """In both directions."""
    world.write("Обращения!A2:A6", [["b"], [2], [""], ["A"], [10]])
    for order, wanted in (("ASCENDING", ["2", "10", "A", "b"]), ("DESCENDING", ["b", "A", "10", "2"])):
        world.done(
            {"sortRange": {"range": box(1, 1000, 0, 26), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": order}]}}
        )
        assert ids(world)[:4] == wanted


def test_everything_follows_an_inserted_row(world: Any) -> None:
    """Merges, names, filters, rules, protection, banding, groups and the frozen header."""
    area = box(2, 4, 0, 2)
    condition = {"type": "NOT_BLANK"}
    world.done(
        {"mergeCells": {"range": area}},
        {"addNamedRange": {"namedRange": {"name": "Имя", "range": area}}},
        {"addProtectedRange": {"protectedRange": {"range": area, "warningOnly": True}}},
        {"addBanding": {"bandedRange": {"range": area, "rowProperties": {"firstBandColor": {"red": 1}}}}},
        {"addFilterView": {"filter": {"range": area, "title": "в"}}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {
            "addConditionalFormatRule": {
                "rule": {"ranges": [area], "booleanRule": {"condition": condition, "format": {}}}
            }
        },
        {"addDimensionGroup": {"range": {**GRID, "dimension": "ROWS", "startIndex": 2, "endIndex": 4}}},
        {"insertDimension": {"range": {**GRID, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        {"insertDimension": {"range": {**GRID, "dimension": "ROWS", "startIndex": 4, "endIndex": 6}}},
    )
    wanted = "properties,merges,protectedRanges,bandedRanges,filterViews,basicFilter,conditionalFormats,rowGroups"
    answer = spreadsheet(world, f"namedRanges,sheets({wanted})")
    sheet = answer["sheets"][0]
    held = [
        sheet["merges"][0],
        answer["namedRanges"][0]["range"],
        sheet["protectedRanges"][0]["range"],
        sheet["bandedRanges"][0]["range"],
        sheet["filterViews"][0]["range"],
        sheet["basicFilter"]["range"],
        sheet["conditionalFormats"][0]["ranges"][0],
    ]
    assert [(one["startRowIndex"], one["endRowIndex"]) for one in held] == [(3, 7)] * 7
    assert sheet["rowGroups"][0]["range"]["endIndex"] == 7
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 2


def test_a_text_column_stays_text_for_rows_to_come(world: Any) -> None:
    """Format set down to the end of the grid holds for appended rows; the header keeps its own."""
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    column = {**GRID, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    world.done(
        {"repeatCell": {"range": column, "cell": text, "fields": "userEnteredFormat.numberFormat"}},
        {"appendDimension": {**GRID, "dimension": "ROWS", "length": 5}},
    )
    world.write("Обращения!A1004", [["00123"]], how="USER_ENTERED")
    world.write("Обращения!A1", [["00123"]], how="USER_ENTERED")
    assert (world.values("Обращения!A1004"), world.values("Обращения!A1")) == ([["00123"]], [["123"]])


def test_validation_and_rules_are_kept(world: Any) -> None:
    """Set, read back, moved, changed, deleted."""
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "да"}]},
        "strict": True,
        "showCustomUi": True,
    }
    world.done({"setDataValidation": {"range": box(1, 3, 2, 3), "rule": rule}})
    got = spreadsheet(world, "sheets.data.rowData.values.dataValidation")["sheets"][0]["data"][0]["rowData"]
    assert got[1]["values"][2] == {"dataValidation": rule}
    one = {
        "ranges": [box(1, 9, 0, 1)],
        "booleanRule": {"condition": {"type": "BLANK"}, "format": {"textFormat": {"bold": True}}},
    }
    two = {"ranges": [box(1, 9, 0, 1)], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    answer = world.done(
        {"addConditionalFormatRule": {"rule": one}},
        {"addConditionalFormatRule": {"rule": two, "index": 1}},
        {"updateConditionalFormatRule": {"sheetId": 0, "index": 0, "newIndex": 1}},
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}},
    )
    assert answer["replies"][2]["updateConditionalFormatRule"]["newIndex"] == 1
    assert (
        answer["replies"][3]["deleteConditionalFormatRule"]["rule"]["booleanRule"]["condition"]["type"] == "NOT_BLANK"
    )
    assert "No conditional format on sheet: 0 at index: 1" in world.refused(
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 1}}
    )


def test_duplicates_go_and_text_is_split(world: Any) -> None:
    """`deleteDuplicates`, `textToColumns`."""
    world.write("Обращения!H1:H3", [["x;1"], ["x;1"], ["y;2"]])
    answer = world.done({"deleteDuplicates": {"range": box(0, 3, 7, 8)}})
    assert answer["replies"][0]["deleteDuplicates"] == {"duplicatesRemovedCount": 1}
    world.done({"textToColumns": {"source": box(0, 3, 7, 8), "delimiterType": "SEMICOLON"}})
    assert world.values("Обращения!H1:I3") == [["x", "1"], ["y", "2"]]


def test_a_field_mask_changes_only_what_it_names(world: Any) -> None:
    """`fields=userEnteredValue` keeps the look, `*` resets it."""
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    cell = {"userEnteredValue": {"stringValue": "x"}, "note": "n"}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    fields = "sheets.data.rowData.values(userEnteredValue,userEnteredFormat,note)"
    path = f"/book-of-appeals?ranges=Обращения!B2&fields={fields}"

    def now() -> Any:
        return world.tool("GET", path).json()["sheets"][0]["data"][0]["rowData"][0]["values"][0]

    world.done(
        {"updateCells": {"start": start, "rows": [{"values": [bold]}], "fields": "userEnteredFormat.textFormat"}}
    )
    world.done({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}})
    assert now() == {"userEnteredValue": {"stringValue": "x"}, **bold}
    world.done({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "*"}})
    assert now() == {"userEnteredValue": {"stringValue": "x"}, "note": "n"}


def test_a_spreadsheet_is_created_as_asked(world: Any) -> None:
    """Title, locale, tabs and cells of `spreadsheets.create`."""
    cell = {"userEnteredValue": {"stringValue": "привет"}}
    body = {
        "properties": {"title": "Проба", "locale": "ru_RU", "timeZone": "Europe/Moscow"},
        "sheets": [{"properties": {"title": "Т", "gridProperties": {"rowCount": 3, "columnCount": 2}},
                    "data": [{"startRow": 1, "rowData": [{"values": [cell]}]}]}],
    }  # fmt: skip
    made = world.tool("POST", "", body).json()
    assert (made["properties"]["locale"], [one["properties"]["title"] for one in made["sheets"]]) == ("ru_RU", ["Т"])
    assert world.values("Т!A1:B3", book=made["spreadsheetId"]) == [[], ["привет"]]


def test_a_tab_is_copied_to_another_spreadsheet(world: Any) -> None:
    """With its cells; the title says it is a copy."""
    other = world.tool("POST", "", {"properties": {"title": "Другая"}}).json()["spreadsheetId"]
    copy = world.tool("POST", "/book-of-appeals/sheets/0:copyTo", {"destinationSpreadsheetId": other}).json()
    assert (copy["title"], copy["index"]) == ("Copy of Обращения", 1)
    assert world.values("Copy of Обращения!A2:B2", book=other) == [["a1", "Анна"]]
