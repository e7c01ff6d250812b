"""Batches: all or nothing, refused as Google refuses, answered request by request."""

from __future__ import annotations

from typing import Any

import pytest

BAD: list[dict[str, Any]] = [
    {"deleteSheet": {"sheetId": 77}},
    {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 5000, "endIndex": 5001}}},
]
CHANGES: list[dict[str, Any]] = [
    {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}}},
    {"insertDimension": {"range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}}},
    {"deleteDimension": {"range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}},
    {"moveDimension": {"source": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}, "destinationIndex": 4}},
    {"appendCells": {"rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}], "fields": "userEnteredValue"}},
    {"sortRange": {"range": {"startRowIndex": 1, "endRowIndex": 4}, "sortSpecs": [{"sortOrder": "DESCENDING"}]}},
    {
        "sortRange": {
            "range": {"startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2},
            "sortSpecs": [{"sortOrder": "DESCENDING"}],
        }
    },
    {"findReplace": {"find": "а", "replacement": "о", "allSheets": True}},
    {"mergeCells": {"range": {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}}},
    {
        "repeatCell": {
            "range": {"startRowIndex": 0, "endRowIndex": 4},
            "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
            "fields": "userEnteredFormat",
        }
    },
    {"addSheet": {"properties": {"title": "Архив"}}},
    {"updateSheetProperties": {"properties": {"title": "Другое"}, "fields": "title"}},
    {"addNamedRange": {"namedRange": {"name": "Имя", "range": {"startRowIndex": 1, "endRowIndex": 3}}}},
    {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": 5,
                "metadataKey": "k",
                "visibility": "DOCUMENT",
                "location": {"dimensionRange": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}},
            }
        }
    },
    {"addFilterView": {"filter": {"title": "Ждут", "range": {"startRowIndex": 0, "endRowIndex": 4}}}},
    {"setBasicFilter": {"filter": {"range": {}, "criteria": {"2": {"hiddenValues": ["Новое"]}}}}},
    {
        "copyPaste": {
            "source": {"startRowIndex": 1, "endRowIndex": 2},
            "destination": {"startRowIndex": 6, "endRowIndex": 7},
        }
    },
    {
        "cutPaste": {
            "source": {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 3},
            "destination": {"rowIndex": 8, "columnIndex": 1},
        }
    },
    {"addProtectedRange": {"protectedRange": {"range": {"startRowIndex": 0, "endRowIndex": 1}, "warningOnly": True}}},
    {"deleteSheet": {"sheetId": 1_000_001}},
]


def whole(world: Any) -> Any:
    """Read past the discovery document: to hold a thousand rows against it takes a second, and others do."""
    answer = world.tool("GET", "/book-of-appeals?includeGridData=true")
    world.traffic.calls.pop()
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("change", CHANGES, ids=[next(iter(change)) for change in CHANGES])
@pytest.mark.parametrize("bad", BAD, ids=["no-grid", "off-the-grid"])
def test_a_batch_is_undone_when_a_later_request_fails(world: Any, change: dict[str, Any], bad: dict[str, Any]) -> None:
    """Whatever came before the bad request is taken back; the error names the request."""
    before = whole(world)
    kind = next(iter(bad))
    assert world.refused(change, bad).startswith(f"Invalid requests[1].{kind}: ")
    assert whole(world) == before
    world.done(change)
    assert whole(world) != before


def test_replies_stand_where_their_requests_stood(world: Any) -> None:
    """A request without an answer is answered with an empty object."""
    answer = world.done(
        {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": False}, "fields": "hidden"}},
        {"findReplace": {"find": "Анна", "replacement": "А", "sheetId": 0}},
        {"addSheet": {"properties": {"title": "Ещё"}}},
    )
    assert [list(reply) for reply in answer["replies"]] == [[], ["findReplace"], ["addSheet"]]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"nonsense": {}},
            "Invalid JSON payload received. Unknown name \"nonsense\" at 'requests[0]': Cannot find field.",
        ),
        (
            {"addSheet": {"properties": {"tittle": "x"}}},
            "Invalid JSON payload received. Unknown name \"tittle\" at 'requests[0].add_sheet.properties': "
            "Cannot find field.",
        ),
        (
            {"mergeCells": {"mergeType": "ALL", "range": {}}},
            "Invalid value at 'requests[0].merge_cells.merge_type' "
            '(type.googleapis.com/google.apps.sheets.v4.MergeCellsRequest.MergeType), "ALL"',
        ),
        ({"deleteSheet": {"sheetId": "x"}}, "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"x\""),
        (
            {"deleteSheet": {"sheetId": 1}, "addSheet": {}},
            "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'addSheet'",
        ),
        ({}, "Invalid requests[0]: No request set."),
        (
            {"updateSheetProperties": {"properties": {}}},
            "Invalid requests[0].updateSheetProperties: "
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        (
            {"addChart": {}},
            "Invalid requests[0].addChart: this request is not emulated by the playground's Google Sheets.",
        ),
        ({"deleteSheet": {"sheetId": 5}}, "Invalid requests[0].deleteSheet: No grid with id: 5"),
    ],
)
def test_a_bad_request_is_refused_in_googles_words(world: Any, request_: dict[str, Any], message: str) -> None:
    """Unknown names, enum values, types, unions; what the emulator lacks is named."""
    assert world.refused(request_) == message


def test_nulls_and_snake_case_are_taken(world: Any) -> None:
    """Google's JSON parser drops nulls and knows both spellings."""
    world.done(
        {
            "update_sheet_properties": {
                "properties": {"sheet_id": 0, "title": "Новая", "hidden": None},
                "fields": "title",
            }
        }
    )
    assert world.emulator.workbook("appeals").titles()[0] == "Новая"
    world.traffic.calls.clear()  # the discovery document has the other spelling only


def test_a_cell_holds_fifty_thousand_characters(world: Any) -> None:
    """One more is a 400 with Google's text, and fails the whole batch; counted in UTF-16 units."""
    text = "Your input contains more than the maximum of 50000 characters in a single cell."
    world.write("Обращения!A9", [["я" * 50_000]])
    answer = world.tool(
        "PUT", "/book-of-appeals/values/Обращения!A9?valueInputOption=RAW", {"values": [["я" * 50_001]]}
    )
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, text)
    cell = {"userEnteredValue": {"stringValue": "😀" * 25_001}}
    request = {"appendCells": {"sheetId": 0, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    assert world.refused(request) == f"Invalid requests[0].appendCells: {text}"
    body = {
        "valueInputOption": "RAW",
        "data": [{"range": "A1", "values": [["ок"]]}, {"range": "A2", "values": [["я" * 50_001]]}],
    }
    answer = world.tool("POST", "/book-of-appeals/values:batchUpdate", body)
    assert answer.json()["error"]["message"] == f"Invalid data[1]: {text}"
    assert world.values("Обращения!A1") == [["id"]]


def test_a_workbook_holds_ten_million_cells(world: Any) -> None:
    """More are refused."""
    request = {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 400_000}}
    assert "above the limit of 10000000 cells" in world.refused(request)


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/values/Нет!A1", None, "Unable to parse range: Нет!A1"),
        ("/values/Обращения!A1001", None, "Range ('Обращения'!A1001) exceeds grid limits. "
         "Max rows: 1000, max columns: 26"),
        ("/values/A1?foo=1", None, 'Invalid JSON payload received. Unknown name "foo": Cannot bind query parameter. '
         "Field 'foo' could not be found in request message."),
        ("?fields=nope", None, "Request contains an invalid argument."),
        (":batchUpdate", {"requests": []}, "Must specify at least one request."),
        ("/values:batchUpdate", {"data": []}, "'valueInputOption' is required but not specified"),
    ],
)  # fmt: skip
def test_bad_calls(world: Any, path: str, body: object, message: str) -> None:
    """400 with Google's text."""
    answer = world.tool("GET" if body is None else "POST", f"/book-of-appeals{path}", body)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, message)


def test_a_write_beyond_its_range_is_refused(world: Any) -> None:
    """Rows and columns may not leave the range that the caller named."""
    for range_, wrong in (("A1:B1", "row [2]"), ("A1:A2", "column [B]")):
        answer = world.tool(
            "PUT", f"/book-of-appeals/values/Обращения!{range_}?valueInputOption=RAW", {"values": [[1, 2], [3, 4]]}
        )
        message = f"Requested writing within range ['Обращения'!{range_}], but tried writing to {wrong}"
        assert answer.json()["error"]["message"] == message


def test_several_ranges_in_one_write(world: Any) -> None:
    """Totals count rows and columns once."""
    data = [
        {"range": "Обращения!A10:A13", "values": [[1], [2], [3], [4]]},
        {"range": "Обращения!B10:D11", "values": [[1, 2, 3]] * 2},
    ]
    answer = world.tool("POST", "/book-of-appeals/values:batchUpdate", {"valueInputOption": "RAW", "data": data}).json()
    totals = {name: value for name, value in answer.items() if name.startswith("total")}
    assert totals == {"totalUpdatedRows": 4, "totalUpdatedColumns": 4, "totalUpdatedCells": 10, "totalUpdatedSheets": 1}


def test_append_cells_follow_the_last_row(world: Any) -> None:
    """The grid grows downwards, never to the right; rows that exist stay."""
    row = {"values": [{"userEnteredValue": {"stringValue": "=1"}}, {"userEnteredValue": {"numberValue": 5}}]}
    world.done({"appendCells": {"sheetId": 0, "rows": [row, row], "fields": "userEnteredValue"}})
    assert world.values("Обращения!A5:B6", option="FORMULA") == [["=1", 5], ["=1", 5]]
    wide = {"values": [{"note": "x"}] * 27}
    message = world.refused({"appendCells": {"sheetId": 0, "rows": [wide], "fields": "note"}})
    assert message.endswith("Attempting to write column: 26, beyond the last requested column of: 25")
    world.write("Обращения!A1000", [["last"]])
    world.done({"appendCells": {"sheetId": 0, "rows": [row], "fields": "userEnteredValue"}})
    assert world.values("Обращения!A1001:B1001") == [["=1", "5"]]
