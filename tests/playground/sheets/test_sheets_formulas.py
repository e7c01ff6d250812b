"""Formulas: what they come to, and how they follow the cells they speak of."""

from __future__ import annotations

from typing import Any

import pytest

SECOND = 1_000_001


def span(dimension: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": SECOND, "dimension": dimension, "startIndex": start, "endIndex": end}


@pytest.fixture
def sheet(world: Any) -> Any:
    """The tab «Авторизация» of an English spreadsheet: numbers in A1:A3, texts in B1:B3."""
    locale = {"updateSpreadsheetProperties": {"properties": {"locale": "en_US"}, "fields": "locale"}}
    world.done(locale)
    world.write("Авторизация!A1:B3", [[1, "a"], [2, "b"], [3, "ab"]])
    return world


def put(world: Any, cell: str, formula: str) -> str:
    world.write(f"Авторизация!{cell}", [[formula]], how="USER_ENTERED")
    rows = world.values(f"Авторизация!{cell}")
    return str(rows[0][0]) if rows else ""


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=1+2*3", "7"),
        ("=-2^2", "4"),
        ("=A1+A2", "3"),
        ("=SUM(A1:A3)", "6"),
        ("=SUM(A:A)", "6"),
        ("=AVERAGE(A1:A3)*2", "4"),
        ('=A1&"-"&B1', "1-a"),
        ('=IF(A1>A2,"больше","меньше")', "меньше"),
        ("=B1=\"A\"", "TRUE"),
        ("=COUNTIF(B1:B3,\"a*\")", "2"),
        ("=COUNTIF(A1:A3,\">=2\")", "2"),
        ("=VLOOKUP(2,A1:B3,2,FALSE)", "b"),
        ("=MATCH(\"ab\",B1:B3,0)", "3"),
        ("=INDEX(B1:B3,2)", "b"),
        ("=LEN(B3)&LEFT(B3)", "2a"),
        ("=1/0", "#DIV/0!"),
        ("=IFERROR(1/0,\"нет\")", "нет"),
        ("=NOPE(1)", "#NAME?"),
        ("=IMPORTXML(\"http://x\",\"//a\")", "#NAME?"),
        ("=1+", "#ERROR!"),
        ("=B1+1", "#VALUE!"),
        ("=Нет!A1", "#REF!"),
        ("=D9", "#REF!"),
        ("=DATE(2026,11,22)", "11/22/2026"),
        ("=TEXT(0.5,\"0%\")", "50%"),
        ("=ROUND(2.345,2)", "2.35"),
        ("=Обращения!E2*2", "20"),
        ("='Обращения'!E2", "10"),
        ("=10%", "0.1"),
    ],
)  # fmt: skip
def test_what_a_formula_comes_to(sheet: Any, formula: str, shown: str) -> None:
    """Operators, references, the usual functions, errors as Google shows them."""
    assert put(sheet, "D9", formula) == shown


def test_formulas_are_recomputed(sheet: Any) -> None:
    """A change of a cell changes what depends on it."""
    put(sheet, "D1", "=A1*10")
    sheet.write("Авторизация!A1", [[7]])
    assert sheet.values("Авторизация!D1") == [["70"]]


def test_the_locale_writes_formulas_its_way(world: Any) -> None:
    """A decimal comma needs the semicolon between arguments; kept and shown so."""
    world.write("Авторизация!D1", [["=SUM(1,5;2)"]], how="USER_ENTERED")
    assert world.values("Авторизация!D1") == [["3,5"]]
    assert world.values("Авторизация!D1", option="FORMULA") == [["=SUM(1,5;2)"]]


@pytest.mark.parametrize(
    ("change", "formula"),
    [
        ({"insertDimension": {"range": span("ROWS", 1, 3)}}, "=SUM(A1:A5)+$B$1"),
        ({"insertDimension": {"range": span("COLUMNS", 0, 1)}}, "=SUM(B1:B3)+$C$1"),
        ({"deleteDimension": {"range": span("ROWS", 1, 2)}}, "=SUM(A1:A2)+$B$1"),
        ({"deleteDimension": {"range": span("COLUMNS", 1, 2)}}, "=SUM(A1:A3)+#REF!"),
        (
            {"updateSheetProperties": {"properties": {"sheetId": SECOND, "title": "Новая"}, "fields": "title"}},
            "=SUM(A1:A3)+$B$1",
        ),
    ],
)
def test_references_follow_rows_and_columns(sheet: Any, change: dict[str, Any], formula: str) -> None:
    """Inserted, deleted, renamed: from the same sheet and from another."""
    put(sheet, "E1", "=SUM(A1:A3)+$B$1")
    sheet.write("Обращения!H1", [["=SUM('Авторизация'!A1:A3)"]], how="USER_ENTERED")
    sheet.done(change)
    title = sheet.emulator.workbook("appeals").titles()[1]
    row = sheet.values(f"{title}!A1:Z1", option="FORMULA")[0]
    assert [value for value in row if str(value).startswith("=")] == [formula]
    other = sheet.values("Обращения!H1", option="FORMULA")[0][0]
    assert other.partition("!")[2].rstrip(")") == formula[5:].partition(")")[0]


def test_a_copied_formula_is_relative(sheet: Any) -> None:
    """`$` holds a reference in place."""
    put(sheet, "C1", "=A1*$A$2")
    source = {"sheetId": SECOND, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}
    sheet.done({"copyPaste": {"source": source, "destination": {**source, "startRowIndex": 1, "endRowIndex": 3}}})
    assert sheet.values("Авторизация!C1:C3", option="FORMULA") == [["=A1*$A$2"], ["=A2*$A$2"], ["=A3*$A$2"]]
    values = {
        "source": source,
        "destination": {**source, "startRowIndex": 5, "endRowIndex": 6},
        "pasteType": "PASTE_VALUES",
    }
    sheet.done({"copyPaste": values})
    assert sheet.values("Авторизация!C6", option="FORMULA") == [[2]]
