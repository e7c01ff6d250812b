"""A range that begins inside the grid and ends beyond it is cut to the grid; one that begins beyond is refused."""

from __future__ import annotations

from typing import Any

import pytest

BOX = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 5000, "startColumnIndex": 0, "endColumnIndex": 40}
CUT = BOX | {"endRowIndex": 1000, "endColumnIndex": 26}
BEYOND = BOX | {"startRowIndex": 1000}
TO_THE_RIGHT = BOX | {"startColumnIndex": 26}
WITHOUT_END = {"sheetId": 0, "startRowIndex": 1000}
BOLD = {"userEnteredFormat": {"textFormat": {"bold": True}}}


def _requests(box: dict[str, Any]) -> list[dict[str, Any]]:
    rule = {"condition": {"type": "NOT_BLANK"}}
    return [
        {"repeatCell": {"range": box, "cell": BOLD, "fields": "userEnteredFormat.textFormat.bold"}},
        {"updateCells": {"range": box, "rows": [{"values": [BOLD]}], "fields": "userEnteredFormat.textFormat"}},
        {"setDataValidation": {"range": box, "rule": rule | {"condition": {"type": "DATE_IS_VALID"}}}},
        {"updateBorders": {"range": box | {"endRowIndex": box["startRowIndex"] + 1}, "top": {"style": "SOLID"}}},
        {"findReplace": {"range": box, "find": "a1", "replacement": "z9", "matchEntireCell": True}},
        {"sortRange": {"range": box, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}},
        {"setBasicFilter": {"filter": {"range": box}}},
        {"addFilterView": {"filter": {"range": box}}},
        {"addNamedRange": {"namedRange": {"name": "Имена", "range": box}}},
        {"addProtectedRange": {"protectedRange": {"range": box, "warningOnly": True}}},
        {"addBanding": {"bandedRange": {"range": box, "rowProperties": {"firstBandColor": {"red": 1}}}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [box], "booleanRule": rule | {"format": {}}}}},
        {"copyPaste": {"source": box, "destination": box}},
        {"mergeCells": {"range": box | {"startRowIndex": box["startRowIndex"] + 2}}},
    ]


@pytest.mark.parametrize("request_", _requests(BOX), ids=lambda request_: next(iter(request_)))
def test_an_end_beyond_the_grid_is_cut(world: Any, request_: dict[str, Any]) -> None:
    """The grid keeps its size, and what a request keeps of the range ends with the grid."""
    world.done(request_)
    wanted = "properties,protectedRanges,bandedRanges,filterViews,basicFilter,conditionalFormats,merges"
    answer = world.tool("GET", f"/book-of-appeals?fields=namedRanges,sheets({wanted})").json()
    sheet = answer["sheets"][0]
    grid = sheet["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (1000, 26)
    kept = [one["range"] for name in ("protectedRanges", "bandedRanges", "filterViews") for one in sheet.get(name, [])]
    kept += [one["range"] for one in (*answer.get("namedRanges", []), sheet.get("basicFilter")) if one]
    kept += [one for rule in sheet.get("conditionalFormats", []) for one in rule["ranges"]]
    assert [{"sheetId": 0, **one} for one in kept] == [CUT] * len(kept)


@pytest.mark.parametrize("box", [BEYOND, TO_THE_RIGHT])
def test_a_beginning_beyond_the_grid_is_refused(world: Any, box: dict[str, Any]) -> None:
    """Every kind of request, in the words that name the size of the grid."""
    for request_ in _requests(box):
        assert "exceeds grid limits. Max rows: 1000, max columns: 26" in world.refused(request_)


def test_the_cells_inside_are_formatted_replaced_and_emptied(world: Any) -> None:
    """The part of the range that exists is treated as if it had been named exactly."""
    answer = world.done(
        {"repeatCell": {"range": BOX, "cell": BOLD, "fields": "userEnteredFormat.textFormat.bold"}},
        {"findReplace": {"range": BOX, "find": "a1", "replacement": "z9", "matchEntireCell": True}},
        {"updateCells": {"range": BOX | {"startRowIndex": 3}, "rows": [], "fields": "userEnteredValue"}},
    )
    assert answer["replies"][1]["findReplace"]["occurrencesChanged"] == 1
    assert [row[0] for row in world.values("Обращения!A1:A9")] == ["id", "z9", "b2"]
    path = "/book-of-appeals?ranges=Обращения!Z1000&fields=sheets.data.rowData.values.userEnteredFormat"
    assert world.tool("GET", path).json()["sheets"][0]["data"][0]["rowData"][0]["values"] == [BOLD]


def test_rows_that_do_not_fit_any_more_are_refused(world: Any) -> None:
    """What would be lost with the cut is no silent loss."""
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in ("x", "y")]
    box = BOX | {"startRowIndex": 999, "endRowIndex": 1001, "endColumnIndex": 1}
    refusal = world.refused({"updateCells": {"range": box, "rows": rows, "fields": "userEnteredValue"}})
    assert "beyond the last requested row" in refusal


def test_reads_and_clears_by_filter_and_by_name(world: Any) -> None:
    """A read, a search by grid range and a clearing end with the grid; a read that begins beyond is a 400."""
    book = "/book-of-appeals"
    assert world.tool("GET", f"{book}/values/Обращения!A3:AZ5000").json()["range"] == "'Обращения'!A3:Z1000"
    body = {"dataFilters": [{"gridRange": BOX}]}
    [found] = world.tool("POST", f"{book}/values:batchGetByDataFilter", body).json()["valueRanges"]
    assert found["valueRange"]["range"] == "'Обращения'!A2:Z1000"
    cleared = world.tool("POST", f"{book}/values/Обращения!A3:AZ5000:clear").json()
    assert cleared["clearedRange"] == "'Обращения'!A3:Z1000"
    for answer in (
        world.tool("GET", f"{book}/values/Обращения!A1001:B1001"),
        world.tool("GET", f"{book}/values/Обращения!A1001:B"),
        world.tool("POST", f"{book}/values:batchGetByDataFilter", {"dataFilters": [{"gridRange": BEYOND}]}),
        world.tool("POST", f"{book}/values:batchGetByDataFilter", {"dataFilters": [{"gridRange": WITHOUT_END}]}),
    ):
        assert answer.status_code == 400
        assert "exceeds grid limits" in answer.json()["error"]["message"]
