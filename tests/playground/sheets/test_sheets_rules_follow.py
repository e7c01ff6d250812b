"""A rule with a formula of its own goes where its columns go."""

from __future__ import annotations

from typing import Any

import pytest

GRID = {"sheetId": 0}
RULE = {
    "ranges": [{**GRID, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 5}],
    "booleanRule": {
        "condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$C2="Решено"'}]},
        "format": {"backgroundColorStyle": {"rgbColor": {"red": 1}}},
    },
}


def moved(dimension: str, start: int, to: int) -> dict[str, Any]:
    source = {**GRID, "dimension": dimension, "startIndex": start, "endIndex": start + 1}
    return {"moveDimension": {"source": source, "destinationIndex": to}}


def inserted(dimension: str, at: int) -> dict[str, Any]:
    span = {**GRID, "dimension": dimension, "startIndex": at, "endIndex": at + 1}
    return {"insertDimension": {"range": span, "inheritFromBefore": False}}


@pytest.mark.parametrize(
    ("request_", "formula"),
    [
        (moved("COLUMNS", 2, 0), '=$A2="Решено"'),
        (inserted("COLUMNS", 0), '=$D2="Решено"'),
        (inserted("COLUMNS", 4), '=$C2="Решено"'),
        (inserted("ROWS", 0), '=$C3="Решено"'),
        (inserted("ROWS", 5), '=$C2="Решено"'),
    ],
)
def test_a_formula_follows(world: Any, request_: dict[str, Any], formula: str) -> None:
    """Its columns by themselves, its rows with the first row of its range."""
    world.done({"addConditionalFormatRule": {"rule": RULE, "index": 0}}, request_)
    answer = world.tool("GET", "/book-of-appeals?fields=sheets.conditionalFormats").json()
    condition = answer["sheets"][0]["conditionalFormats"][0]["booleanRule"]["condition"]
    assert condition["values"] == [{"userEnteredValue": formula}]
