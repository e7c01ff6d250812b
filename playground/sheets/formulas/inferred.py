"""The number format that a formula's result brings along."""

from __future__ import annotations

from playground.sheets.formulas.evaluate import Evaluation
from playground.sheets.formulas.grammar import FormulaParseError, Node, parsed
from playground.sheets.formulas.scalars import FormulaError
from playground.sheets.locales import locale
from playground.sheets.model import Formula, Json, Sheet, Spreadsheet


def result_format(book: Spreadsheet, sheet: Sheet, formula: Formula) -> Json | None:
    """The number format that a formula's result brings along: of a date function, or of the cell it points to."""
    try:
        return _inferred(book, sheet, parsed(formula.text))
    except (FormulaParseError, FormulaError, RecursionError):
        return None


def _inferred(book: Spreadsheet, sheet: Sheet, node: Node) -> Json | None:
    words = locale(book.locale)
    if node.kind == "call":
        dated = {"TODAY": "DATE", "DATE": "DATE", "EDATE": "DATE", "EOMONTH": "DATE", "NOW": "DATE_TIME"}
        if node.value in dated:
            kind = dated[node.value]
            return {"type": kind, "pattern": words.date if kind == "DATE" else words.date_time}
        if node.value not in {"SUM", "MIN", "MAX", "AVERAGE", "IF", "IFERROR", "INDEX"} or not node.parts:
            return None
        return _inferred(book, sheet, node.parts[1 if node.value == "IF" and len(node.parts) > 1 else 0])
    if node.kind == "reference":
        target, box = Evaluation(book, sheet, 0, 0).area(node.value)
        cell = target.at(box.top, box.left)
        own = (cell.format or {}).get("numberFormat")
        if own is None and isinstance(cell.value, Formula) and cell.value.text != node.value:
            return result_format(book, target, cell.value)
        return own if own is None or own.get("type") != "TEXT" else None
    if node.kind == "binary" and node.value in "+-*/":
        return _inferred(book, sheet, node.parts[0]) or _inferred(book, sheet, node.parts[1])
    return None
