"""Copy, cut and paste."""

from __future__ import annotations

import csv
import io

from playground.sheets import display
from playground.sheets.batch.cells import coordinate
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import RequestError
from playground.sheets.formulas.references import copied
from playground.sheets.model import EMPTY, Cell, Formula, Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box
from playground.sheets.structure import grow
from playground.sheets.writing import as_typed, with_value

Block = list[list[Cell]]


def copy_paste(book: Spreadsheet, content: Json) -> None:
    source_sheet, source = book.box(content.get("source", {}))
    sheet, asked = book.box(content.get("destination", {}))
    block = _taken(source_sheet, source)
    turned = content.get("pasteOrientation") == "TRANSPOSE"
    if turned:
        block = [list(line) for line in zip(*block, strict=True)]
    height, width = len(block), len(block[0]) if block else 0
    if not height or not width:
        return
    down = asked.height // height if asked.height % height == 0 else 1
    across = asked.width // width if asked.width % width == 0 else 1
    target = Box(asked.top, asked.top + height * down, asked.left, asked.left + width * across)
    if not sheet.box.covers(target):
        raise RequestError(
            f"Range ({sheet.written(target)}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        )
    kind = content.get("pasteType", "PASTE_NORMAL")
    for top in range(target.top, target.bottom, height):
        for left in range(target.left, target.right, width):
            offset = (0, 0) if turned else (top - source.top, left - source.left)
            _paste(sheet, top, left, block, kind, offset)
            if kind in {"PASTE_NORMAL", "PASTE_NO_BORDERS"} and not turned:
                _copy_merges(source_sheet, source, sheet, top, left)


def cut_paste(book: Spreadsheet, content: Json) -> None:
    source_sheet, source = book.box(content.get("source", {}))
    sheet, row, column = coordinate(book, content.get("destination", {}))
    block = _taken(source_sheet, source)
    target = Box(row, row + source.height, column, column + source.width)
    if not sheet.box.covers(target):
        raise RequestError(
            f"Range ({sheet.written(target)}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        )
    for at_row, at_column, cell in list(source_sheet.cells(source)):
        if cell != EMPTY:
            source_sheet.put(at_row, at_column, EMPTY)
    moved = tuple(box for box in source_sheet.merges if source.covers(box))
    if moved:
        source_sheet.set("merges", tuple(box for box in source_sheet.merges if box not in moved))
    _paste(sheet, row, column, block, content.get("pasteType", "PASTE_NORMAL"), (0, 0))
    if moved:
        shifted = [box.moved(row - source.top, column - source.left) for box in moved]
        sheet.set("merges", (*(box for box in sheet.merges if not target.meets(box)), *shifted))


def _copy_merges(source_sheet: Sheet, source: Box, sheet: Sheet, top: int, left: int) -> None:
    inside = [box.moved(top - source.top, left - source.left) for box in source_sheet.merges if source.covers(box)]
    if inside:
        kept = [box for box in sheet.merges if not any(box.meets(new) for new in inside)]
        sheet.set("merges", (*kept, *inside))


def _taken(sheet: Sheet, box: Box) -> Block:
    block: Block = []
    for row in range(box.top, box.bottom):
        block.append([_computed(sheet, row, column) for column in range(box.left, box.right)])
    return block


class _Copied(Cell):
    """A cell that remembers what its formula came to."""


def _computed(sheet: Sheet, row: int, column: int) -> Cell:
    cell = sheet.at(row, column)
    if not isinstance(cell.value, Formula):
        return cell
    taken = _Copied(*cell)
    taken.result = display.effective(sheet, cell, row, column)  # type: ignore[attr-defined]
    return taken


def _paste(sheet: Sheet, top: int, left: int, block: Block, kind: str, offset: tuple[int, int]) -> None:
    for row, line in enumerate(block):
        for column, source in enumerate(line):
            old = sheet.at(top + row, left + column)
            sheet.put(top + row, left + column, pasted(old, source, kind, offset))


def pasted(old: Cell, source: Cell, kind: str, offset: tuple[int, int]) -> Cell:
    """What a cell becomes when another is pasted over it."""
    value = source.value
    if isinstance(value, Formula):
        value = Formula(copied(value.text, *offset))
    match kind:
        case "PASTE_NORMAL":
            return Cell(value, source.format, source.note, source.validation, source.runs)
        case "PASTE_NO_BORDERS":
            kept = {name: part for name, part in (source.format or {}).items() if name != "borders"}
            borders = (old.format or {}).get("borders")
            look = {**kept, "borders": borders} if borders else kept
            return Cell(value, look or None, source.note, source.validation, source.runs)
        case "PASTE_VALUES":
            return with_value(old, getattr(source, "result", source.value))
        case "PASTE_FORMULA":
            return with_value(old, value)
        case "PASTE_FORMAT":
            return old._replace(format=source.format)
        case "PASTE_DATA_VALIDATION":
            return old._replace(validation=source.validation)
        case _:
            raise not_emulated(f"pasteType {kind}")


def paste_data(book: Spreadsheet, content: Json) -> None:
    """Text pasted as a person does it; rows hidden by a filter are stepped over."""
    if content.get("html"):
        raise not_emulated("PasteDataRequest.html")
    kind = content.get("type", "PASTE_NORMAL")
    if kind not in {"PASTE_NORMAL", "PASTE_VALUES", "PASTE_NO_BORDERS", "PASTE_FORMULA"}:
        raise not_emulated(f"type {kind}")
    sheet, row, column = coordinate(book, content.get("coordinate", {}))
    paste_text(sheet, row, column, _lines(content))


def _lines(content: Json) -> list[list[str]]:
    delimiter = content.get("delimiter", "\t")
    if len(delimiter) != 1:
        return [line.split(delimiter) for line in content.get("data", "").splitlines()]
    return list(csv.reader(io.StringIO(content.get("data", "")), delimiter=delimiter))


def paste_text(sheet: Sheet, row: int, column: int, lines: list[list[str]]) -> None:
    width = max((len(line) for line in lines), default=0)
    grow(sheet, columns=column + width - sheet.column_count)
    for line in lines:
        while row < len(sheet.rows) and sheet.rows[row].filtered:
            row += 1
        grow(sheet, rows=row + 1 - sheet.row_count)
        for offset, text in enumerate(line):
            sheet.put(row, column + offset, as_typed(sheet, sheet.at(row, column + offset), text))
        row += 1


HANDLERS = {"copyPaste": copy_paste, "cutPaste": cut_paste, "pasteData": paste_data}
