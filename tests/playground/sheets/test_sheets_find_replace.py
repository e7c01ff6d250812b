"""`findReplace`: a conditional write on one cell, a search on many."""

from __future__ import annotations

from typing import Any

import pytest


def on(row: int, column: int, find: str, new: str, **rest: Any) -> dict[str, Any]:
    """The guarded write of one cell, by row and column numbers."""
    box = {"startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    return {"findReplace": {"find": find, "replacement": new, "range": {"sheetId": 0, **box}, **rest}}


def reply(answer: dict[str, Any], index: int = 0) -> dict[str, int]:
    found: dict[str, int] = answer["replies"][index]["findReplace"]
    return found


ONE = {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1}


def test_the_guard_counts_one_when_the_cell_is_as_read(world: Any) -> None:
    """Find = what was read: the cell changes and the counts say so."""
    assert reply(world.done(on(1, 1, "Анна", "Анна Я.", matchCase=True, matchEntireCell=True))) == ONE
    assert world.values("Обращения!B2") == [["Анна Я."]]


def test_the_guard_counts_nothing_when_somebody_was_faster(world: Any) -> None:
    """Another value: nothing is changed and every count is left out."""
    assert reply(world.done(on(1, 1, "Пётр", "x", matchEntireCell=True))) == {}
    assert world.values("Обращения!B2") == [["Анна"]]


@pytest.mark.parametrize(
    ("find", "options", "counts"),
    [
        ("анна", {}, 1),
        ("анна", {"matchCase": True}, 0),
        ("Анн", {}, 1),
        ("Анн", {"matchEntireCell": True}, 0),
        ("АННА", {"matchEntireCell": True}, 1),
        ("н", {}, 2),
        ("^А.*а$", {"searchByRegex": True}, 1),
        ("н", {"searchByRegex": True}, 2),
        ("н", {"searchByRegex": True, "matchEntireCell": True}, 0),
        (r"Анна(", {"searchByRegex": True}, None),
    ],
)
def test_how_a_find_matches(world: Any, find: str, options: dict[str, bool], counts: int | None) -> None:
    """Case, the whole cell, expressions; a bad expression is a 400."""
    request = on(1, 1, find, "*", **options)
    if counts is None:
        assert world.refused(request).startswith("Invalid requests[0].findReplace:")
    else:
        assert reply(world.done(request)).get("occurrencesChanged", 0) == counts


def test_groups_of_java_in_the_replacement(world: Any) -> None:
    """`$1` refers to a group, a backslash escapes; without an expression both are plain text."""
    world.done(on(1, 1, "(А)(.*)", r"$2-$1 \$1 \\", searchByRegex=True))
    assert world.values("Обращения!B2") == [["нна-А $1 \\"]]
    world.done(on(2, 1, "Борис", r"$1 \2"))
    assert world.values("Обращения!B3") == [[r"$1 \2"]]
    assert "No group 3" in world.refused(on(3, 1, "(В)", "$3", searchByRegex=True))


def test_formatted_values_are_compared(world: Any) -> None:
    """A number matches by what it looks like in the sheet's locale."""
    world.write("Обращения!E2", [["12,5%"]], how="USER_ENTERED")
    assert reply(world.done(on(1, 4, "0.125", "x"))) == {}
    assert reply(world.done(on(1, 4, "12,50%", "7"))) == ONE


@pytest.mark.parametrize(
    ("new", "shown", "value"),
    [
        ("00123", "123", 123),
        ("1,5", "1,5", 1.5),
        ("=2+3", "5", 5),
        ("22.11.2026", "22.11.2026", 46348),
        ("'=1", "=1", "=1"),
    ],
)
def test_the_result_is_parsed_as_if_typed(world: Any, new: str, shown: str, value: object) -> None:
    """Undocumented at Google, so the worse case: outside text format the new value is parsed."""
    world.done(on(1, 1, "Анна", new, matchEntireCell=True))
    assert world.values("Обращения!B2") == [[shown]]
    assert world.values("Обращения!B2", option="UNFORMATTED_VALUE") == [[value]]


def test_a_text_cell_keeps_the_result_as_text(world: Any) -> None:
    """In a column of plain-text format nothing is parsed."""
    world.done(on(2, 3, "ок", "=1+1", matchEntireCell=True))
    assert world.values("Обращения!D3", option="FORMULA") == [["=1+1"]]


def test_an_empty_cell_never_matches(world: Any) -> None:
    """Neither by the empty expression nor beyond the data; an empty search string is refused."""
    assert reply(world.done(on(1, 3, "^$", "x", searchByRegex=True))) == {}
    assert reply(world.done(on(500, 3, ".*", "x", searchByRegex=True))) == {}
    assert "must not be empty" in world.refused(on(1, 3, "", "x"))


def test_formulas_are_skipped_unless_asked_for(world: Any) -> None:
    """`includeFormulas` searches the formula's text and counts it apart."""
    world.write("Обращения!B2", [["=10+20"]], how="USER_ENTERED")
    assert reply(world.done(on(1, 1, "30", "x"))) == {}
    changed = reply(world.done(on(1, 1, "20", "5", includeFormulas=True)))
    assert changed["formulasChanged"] == 1
    assert world.values("Обращения!B2") == [["15"]]


def test_styled_stretches_are_lost(world: Any) -> None:
    """The replaced text is plain."""
    runs = [{"startIndex": 0, "format": {"bold": True}}]
    cell = {"userEnteredValue": {"stringValue": "жирно"}, "textFormatRuns": runs}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    fields = "userEnteredValue,textFormatRuns"
    world.done({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}})
    path = "/book-of-appeals?ranges=Обращения!B2&fields=sheets.data.rowData.values(textFormatRuns,formattedValue)"
    before = world.tool("GET", path).json()["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    world.done(on(1, 1, "жирно", "просто"))
    after = world.tool("GET", path).json()["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert ("textFormatRuns" in before, after) == (True, {"formattedValue": "просто"})


def test_many_cells_are_counted(world: Any) -> None:
    """Values, rows, sheets and occurrences each for themselves, over a range, a sheet and all sheets."""
    world.write("Авторизация!A3:B4", [["о", "о о"], ["о", ""]])
    changed = reply(
        world.done({"findReplace": {"find": "о", "replacement": "0", "allSheets": True, "matchCase": True}})
    )
    assert changed == {"valuesChanged": 10, "rowsChanged": 6, "sheetsChanged": 2, "occurrencesChanged": 12}


@pytest.mark.parametrize("skips", [False, True])
def test_rows_hidden_by_a_filter(world: Any, skips: bool) -> None:
    """Undocumented at Google: the switch decides whether the guard finds anything in them."""
    world.kernel.settings.guard_skips_filtered_rows = skips
    world.people("filter", sheet="Обращения", column="Статус", hide=["Новое"])
    assert reply(world.done(on(1, 1, "Анна", "x"))) == ({} if skips else ONE)


def test_off_the_grid_is_an_error(world: Any) -> None:
    """Rows moved away: a 400 that names the limits."""
    message = world.refused(on(1000, 0, "a", "b"))
    assert message == (
        "Invalid requests[0].findReplace: Range ('Обращения'!A1001) exceeds grid limits. "
        "Max rows: 1000, max columns: 26"
    )


def test_the_answer_may_show_what_stands_there(world: Any) -> None:
    """`includeSpreadsheetInResponse` with ranges and a mask reads in the same call, after the writes."""
    answer = world.tool(
        "POST",
        "/book-of-appeals:batchUpdate?fields=replies,updatedSpreadsheet.sheets.data(startRow,rowData.values.formattedValue)",
        {
            "requests": [on(1, 1, "Анна", "Новая"), on(2, 1, "мимо", "x")],
            "includeSpreadsheetInResponse": True,
            "responseRanges": ["Обращения!A2:B2", "Обращения!A3:B3"],
        },
    ).json()
    assert [bool(one["findReplace"]) for one in answer["replies"]] == [True, False]
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"]
    assert data[0] == {"startRow": 1, "rowData": [{"values": [{"formattedValue": "a1"}, {"formattedValue": "Новая"}]}]}
    assert data[1]["startRow"] == 2
