"""Google's answers as what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.adapters.sheets.calls.transport import Area, Grid


def in_asked_order(areas: Sequence[Area], found: Sequence[Mapping[str, Any]]) -> list[Grid]:
    """Google answers overlapping filters as it likes: each answer says which filters it belongs to."""
    by_range: dict[tuple[tuple[str, int], ...], Grid] = {}
    for answer in found:
        grid = answer.get("valueRange", {}).get("values", [])
        for data_filter in answer.get("dataFilters", []):
            by_range[_key(data_filter["gridRange"])] = grid
    return [by_range.get(_key(area.grid_range()), []) for area in areas]


def titled(found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Which tab has which title: an answer says its area as «'База знаний'!A1:E40»."""
    for answer in found:
        title, named, _ = answer.get("valueRange", {}).get("range", "").rpartition("!")
        if title.startswith("'"):
            title = title[1:-1].replace("''", "'")
        if named:
            yield from ((asked["gridRange"].get("sheetId", 0), title) for asked in answer.get("dataFilters", []))


def echoed(answer: Mapping[str, Any], echoes: Sequence[Area]) -> list[Grid]:
    """Cells by their address: Google answers the areas of a tab in its own order."""
    cells: dict[tuple[int, int, int], str] = {}
    for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", []):
        for block in sheet.get("data", []):
            for row, values in enumerate(block.get("rowData", []), start=block.get("startRow", 0) + 1):
                for column, cell in enumerate(values.get("values", []), start=block.get("startColumn", 0) + 1):
                    cells[sheet["properties"].get("sheetId", 0), row, column] = cell.get("formattedValue", "")
    return [
        [[cells.get((area.sheet, area.first_row, n), "") for n in range(area.first_column, area.end_column + 1)]]
        for area in echoes
    ]


def _key(grid_range: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, number) for name, number in grid_range.items() if number))
