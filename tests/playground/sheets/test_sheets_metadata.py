"""Developer metadata: an address that moves with its row, and a mark that can be set only once."""

from __future__ import annotations

from typing import Any

import pytest


def create(key: str, *, row: int | None = None, **rest: Any) -> dict[str, Any]:
    place: dict[str, Any] = {"spreadsheet": True}
    if row is not None:
        place = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}}
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {"metadataKey": key, "visibility": "DOCUMENT", "location": place, **rest}
        }
    }


def by_key(key: str, value: str | None = None) -> dict[str, Any]:
    lookup = {"metadataKey": key} if value is None else {"metadataKey": key, "metadataValue": value}
    return {"developerMetadataLookup": lookup}


def row_of(world: Any, key: str) -> list[int]:
    """The row numbers (from 1) that a search finds for a key."""
    answer = world.tool("POST", "/book-of-appeals/developerMetadata:search", {"dataFilters": [by_key(key)]})
    found = answer.json().get("matchedDeveloperMetadata", [])
    return [one["developerMetadata"]["location"]["dimensionRange"]["startIndex"] + 1 for one in found]


SPAN = {"sheetId": 0, "dimension": "ROWS"}


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"insertDimension": {"range": {**SPAN, "startIndex": 1, "endIndex": 4}}}, 6),
        ({"deleteDimension": {"range": {**SPAN, "startIndex": 1, "endIndex": 2}}}, 2),
        ({"moveDimension": {"source": {**SPAN, "startIndex": 2, "endIndex": 3}, "destinationIndex": 7}}, 7),
        (
            {
                "sortRange": {
                    "range": {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4},
                    "sortSpecs": [{"dimensionIndex": 4, "sortOrder": "DESCENDING"}],
                }
            },
            2,
        ),
        ({"deleteDimension": {"range": {**SPAN, "startIndex": 2, "endIndex": 3}}}, None),
    ],
    ids=["insert", "delete-above", "move", "sort", "delete-itself"],
)
def test_metadata_follows_its_row(world: Any, change: dict[str, Any], row: int | None) -> None:
    """Through inserting, moving and sorting; it goes when its row is deleted."""
    world.done(create("a", row=2, metadataValue="b2"))
    world.done(change)
    assert row_of(world, "a") == ([] if row is None else [row])


def test_rows_are_read_and_written_by_key(world: Any) -> None:
    """From the row's first cell; null steps over a cell; the answer echoes what was written."""
    world.done(create("appeal", row=2, metadataValue="b2"))
    got = world.tool(
        "POST", "/book-of-appeals/values:batchGetByDataFilter", {"dataFilters": [by_key("appeal", "b2")]}
    ).json()
    assert got["valueRanges"][0]["valueRange"]["range"] == "'Обращения'!A3:Z3"
    assert got["valueRanges"][0]["valueRange"]["values"] == [["b2", "Борис", "В работе", "ок", "30"]]
    body = {
        "valueInputOption": "RAW",
        "data": [{"dataFilter": by_key("appeal"), "values": [[None, "Боря", None, "=1"]]}],
        "includeValuesInResponse": True,
    }
    done = world.tool("POST", "/book-of-appeals/values:batchUpdateByDataFilter", body).json()
    assert done["responses"][0]["updatedData"]["values"] == [["b2", "Боря", "В работе", "=1"]]
    assert (done["totalUpdatedCells"], done["responses"][0]["updatedRange"]) == (2, "'Обращения'!A3:D3")


def test_a_chosen_id_is_taken_only_once(world: Any) -> None:
    """The second batch with the same id is refused whole: an append is not repeated."""
    row = {"values": [{"userEnteredValue": {"stringValue": "d4"}}]}
    append = {"appendCells": {"sheetId": 0, "rows": [row], "fields": "userEnteredValue"}}
    world.done(append, create("d", metadataId=4711))
    message = world.refused(append, create("d", metadataId=4711))
    assert message.startswith("Invalid requests[1].createDeveloperMetadata:")
    assert "4711" in message
    assert world.values("Обращения!A5:A9") == [["d4"]]
    got = world.tool("GET", "/book-of-appeals/developerMetadata/4711").json()
    assert got == {
        "metadataId": 4711,
        "metadataKey": "d",
        "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    gone = world.done({"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": 4711}}}})
    assert len(gone["replies"][0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]) == 1
    assert world.tool("GET", "/book-of-appeals/developerMetadata/4711").status_code == 404
    world.done(create("d", metadataId=4711))


def test_storage_of_a_sheet_is_limited(world: Any) -> None:
    """30,000 characters of keys and values; the spreadsheet's own are counted apart."""
    world.done(create("k" * 100, row=1, metadataValue="v" * 29_900))
    assert "would exceed the allowed storage limit" in world.refused(create("k", row=2))
    world.done(create("k"))


def test_metadata_is_searched_and_updated(world: Any) -> None:
    """By key, value, kind of place and place; the same key may stand twice on a row."""
    world.done(create("x", row=1, metadataValue="1"), create("x", row=1, metadataValue="2"), create("x"))
    search = "/book-of-appeals/developerMetadata:search"
    lookups: list[tuple[dict[str, Any], int]] = [
        ({"metadataKey": "x"}, 3),
        ({"metadataKey": "x", "metadataValue": "2"}, 1),
        ({"metadataKey": "x", "locationType": "ROW"}, 2),
        ({"metadataKey": "x", "visibility": "PROJECT"}, 0),
        ({"metadataLocation": {"dimensionRange": {**SPAN, "startIndex": 1, "endIndex": 2}}}, 2),
        ({"metadataLocation": {"dimensionRange": {**SPAN, "startIndex": 2, "endIndex": 3}}}, 0),
        ({"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "INTERSECTING_LOCATION"}, 2),
        ({"metadataLocation": {"sheetId": 0}, "locationMatchingStrategy": "EXACT_LOCATION"}, 0),
    ]
    for lookup, count in lookups:
        answer = world.tool("POST", search, {"dataFilters": [{"developerMetadataLookup": lookup}]}).json()
        assert len(answer.get("matchedDeveloperMetadata", [])) == count, lookup
    world.done(
        {
            "updateDeveloperMetadata": {
                "dataFilters": [by_key("x", "2")],
                "developerMetadata": {"metadataValue": "3"},
                "fields": "metadataValue",
            }
        }
    )
    answer = world.tool("POST", search, {"dataFilters": [by_key("x", "3")]}).json()
    assert len(answer["matchedDeveloperMetadata"]) == 1


def test_a_sort_of_some_columns_leaves_metadata_where_it_is(world: Any) -> None:
    """Not known of Google; here only whole rows take what is bound to them along."""
    world.done(create("a", row=1))
    world.people("sort", range="Обращения!A2:C", column="Имя", descending=True)
    assert (world.shown()[0][:2], row_of(world, "a")) == (["c3", "Вера"], [2])


def test_cells_refuse_a_data_filter(world: Any) -> None:
    """`updateCells` knows ranges only."""
    message = world.refused({"updateCells": {"dataFilter": by_key("a"), "fields": "*"}})
    assert "Unknown name \"dataFilter\" at 'requests[0].update_cells': Cannot find field." in message
