"""What cells look like: colours, formats by rules, widths of columns."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from playground.sheets.text_width import column_width
from tests.playground.handbook import handbook

BOOK = "book-of-appeals"
GREEN, RED, WHITE = {"green": 1}, {"red": 1}, {"red": 1, "green": 1, "blue": 1}
COLUMN = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 6, "startColumnIndex": 4, "endColumnIndex": 5}


def rule(condition: dict[str, Any], look: dict[str, Any], box: dict[str, Any] = COLUMN) -> dict[str, Any]:
    content = {"ranges": [box], "booleanRule": {"condition": condition, "format": look}}
    return {"addConditionalFormatRule": {"rule": content, "index": 0}}


def above(number: int) -> dict[str, Any]:
    return {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": str(number)}]}


def looks(world: Any, range_: str, kind: str = "effectiveFormat") -> list[dict[str, Any]]:
    """The formats of a column's cells, {} where a cell shows none."""
    path = f"/{BOOK}?ranges={range_}&fields=sheets.data.rowData.values.{kind}"
    rows = world.tool("GET", path).json()["sheets"][0]["data"][0].get("rowData", [])
    return [row["values"][0].get(kind, {}) if row.get("values") else {} for row in rows]


def backgrounds(world: Any, range_: str) -> list[Any]:
    return [look.get("backgroundColor") for look in looks(world, range_)]


def test_the_effective_format_includes_the_rules(world: Any) -> None:
    """Of rules that hold the first decides what both set; what was entered stays apart, and empty cells count too."""
    bold = {"backgroundColor": RED, "textFormat": {"bold": True}}
    world.done(rule(above(5), bold), rule(above(15), {"backgroundColorStyle": {"rgbColor": GREEN}}))
    world.done(rule({"type": "BLANK"}, {"backgroundColor": {"blue": 1}}))
    assert backgrounds(world, "Обращения!E2:E7") == [RED, GREEN, GREEN, {"blue": 1}, {"blue": 1}]
    shown = looks(world, "Обращения!E2:E4")
    assert [look["textFormat"]["bold"] for look in shown] == [True, True, True]
    assert shown[1]["backgroundColorStyle"] == {"rgbColor": GREEN}
    assert (backgrounds(world, "Обращения!F2:F3"), backgrounds(world, "Обращения!C2")) == ([], [WHITE])
    assert not any(looks(world, "Обращения!E2:E4", "userEnteredFormat"))


def test_a_rule_by_formula_follows_its_row(world: Any) -> None:
    """A relative reference means the cell's own row; a changed cell changes the look."""
    formula = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$C2="Решено"'}]}
    world.done(rule(formula, {"backgroundColor": GREEN}))
    assert backgrounds(world, "Обращения!E2:E4") == [WHITE, WHITE, GREEN]
    world.write("Обращения!C2", [["Решено"]])
    assert backgrounds(world, "Обращения!E2:E4") == [GREEN, WHITE, GREEN]


@pytest.mark.parametrize(
    "middle",
    [
        {},
        {"midpoint": {"color": {"red": 0.4, "green": 0.6}, "type": "PERCENT", "value": "60"}},
        {"midpoint": {"color": {"red": 0.4, "green": 0.6}, "type": "NUMBER", "value": "22"}},
    ],
)
def test_a_scale_colours_numbers(world: Any, middle: dict[str, Any]) -> None:
    """10, 30 and 20 between red and green: the least is red, the most green, the middle half of each."""
    scale = {"minpoint": {"color": RED, "type": "MIN"}, "maxpoint": {"color": GREEN, "type": "MAX"}, **middle}
    world.done({"addConditionalFormatRule": {"rule": {"ranges": [COLUMN], "gradientRule": scale}}})
    least, most, between = backgrounds(world, "Обращения!E2:E4")
    assert (least, most) == (RED, GREEN)
    assert between == {"red": pytest.approx(0.5, abs=0.003), "green": pytest.approx(0.5, abs=0.003)}
    assert backgrounds(world, "Обращения!E1:E1") == [WHITE]


def test_the_middle_of_a_scale_is_the_median(world: Any) -> None:
    """PERCENTILE 50, as the browser sets it."""
    point = {"color": WHITE, "type": "PERCENTILE", "value": "50"}
    scale = {"minpoint": {"color": RED, "type": "MIN"}, "midpoint": point}
    scale["maxpoint"] = {"color": GREEN, "type": "MAX"}
    world.done({"addConditionalFormatRule": {"rule": {"ranges": [COLUMN], "gradientRule": scale}}})
    assert backgrounds(world, "Обращения!E2:E4") == [RED, GREEN, WHITE]


def test_a_colour_keeps_its_level(world: Any) -> None:
    """Each of 256, sent whole, in four decimals, or as it was read: it is read back as the same level."""
    for digits in (17, 4):
        levels = [round(level / 255, digits) for level in range(256)]
        cells = [{"userEnteredFormat": {"backgroundColor": {"red": level}}} for level in levels]
        for _ in range(2):
            start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 9}
            rows = [{"values": [cell]} for cell in cells]
            fields = "userEnteredFormat.backgroundColor"
            world.done({"updateCells": {"start": start, "rows": rows, "fields": fields}})
            read = [look["backgroundColor"] for look in looks(world, "Обращения!J1:J256", "userEnteredFormat")]
            assert [round(colour.get("red", 0) * 255) for colour in read] == list(range(256))
            cells = [{"userEnteredFormat": {"backgroundColor": colour}} for colour in read]


def test_half_a_level_is_cut_off(world: Any) -> None:
    """#FF007F and 0.5 are the same colour."""
    cell = {"userEnteredFormat": {"backgroundColor": {"red": 0.5, "blue": 0.3}}}
    box = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 9, "endColumnIndex": 10}
    world.done({"repeatCell": {"range": box, "cell": cell, "fields": "userEnteredFormat.backgroundColor"}})
    [look] = looks(world, "Обращения!J1", "userEnteredFormat")
    assert look["backgroundColor"] == {"red": 0.49803922, "blue": 0.29803923}


@pytest.mark.parametrize("fields", ["tabColor", "tabColorStyle", "*"])
def test_a_tab_colour_is_cleared_by_null(world: Any, fields: str) -> None:
    """The colour, its style, or the style's colour is null: the tab has none."""
    unset: dict[str, Any]
    for unset in ({"tabColor": None}, {"tabColorStyle": None}, {"tabColorStyle": {"rgbColor": None}}):
        properties = {"sheetId": 0, "title": "Обращения", "gridProperties": {"rowCount": 1000, "columnCount": 26}}
        coloured = {"sheetId": 0, "tabColorStyle": {"rgbColor": RED}}
        world.done({"updateSheetProperties": {"properties": coloured, "fields": "tabColorStyle"}})
        assert world.tool("GET", f"/{BOOK}?fields=sheets.properties").text.count('"tabColor') == 2
        world.done({"updateSheetProperties": {"properties": {**properties, **unset}, "fields": fields}})
        assert '"tabColor' not in world.tool("GET", f"/{BOOK}?fields=sheets.properties").text


def test_a_colour_of_a_cell_is_cleared_by_null(world: Any) -> None:
    """A style whose colour is null is no colour; an empty colour is black."""
    box = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    colour: dict[str, Any]
    for colour, shown in (({"rgbColor": {}}, {}), ({"rgbColor": None}, None)):
        cell: dict[str, Any] = {"userEnteredFormat": {"backgroundColorStyle": colour}}
        world.done({"repeatCell": {"range": box, "cell": cell, "fields": "userEnteredFormat.backgroundColorStyle"}})
        [look] = looks(world, "Обращения!A1", "userEnteredFormat")
        assert look.get("backgroundColor") == shown


def test_a_column_is_as_wide_as_its_text() -> None:
    """Within 2 % of the width that Google gave the recorded column."""
    path = handbook("data/gspread-recordings/WorksheetTest.test_auto_resize_columns.json")
    recorded = json.loads(path.read_text())["interactions"]
    bodies = [one["response"]["body"].get("string") or "" for one in recorded]
    widest = max(int(size) for body in bodies for size in re.findall(r'"pixelSize": (\d+)', body))
    sent = next(body for one in recorded if "AAAA" in (body := str(one["request"]["body"])))
    [[text]] = json.loads(sent)["values"]
    assert column_width(text, {}) == pytest.approx(widest, rel=0.02)


def test_columns_are_sized_by_their_longest_text(world: Any) -> None:
    """Narrow and wide letters, the longest of several lines, larger and bold type; an empty column keeps its width."""
    long = "гораздо длиннее"
    world.write("Обращения!H1:L1", [["WWWWW", "iiiii", f"коротко\n{long}", long, long]])
    big = {"userEnteredFormat": {"textFormat": {"fontSize": 20}}}
    last = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 11, "endColumnIndex": 12}
    columns = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 7, "endIndex": 13}
    world.done(
        {"repeatCell": {"range": last, "cell": big, "fields": "userEnteredFormat.textFormat.fontSize"}},
        {"autoResizeDimensions": {"dimensions": columns}},
    )
    path = f"/{BOOK}?ranges=Обращения!H1:M1&fields=sheets.data.columnMetadata.pixelSize"
    read = world.tool("GET", path).json()["sheets"][0]["data"][0]["columnMetadata"]
    wide, narrow, lines, line, large, empty = (one["pixelSize"] for one in read)
    assert narrow < wide / 3
    assert lines == line
    assert large - 6 == pytest.approx(2 * (line - 6), abs=2)
    assert empty == 100
