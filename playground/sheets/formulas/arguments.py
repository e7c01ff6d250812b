"""What functions take."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from playground.sheets.formulas.evaluate import Evaluation, Result
from playground.sheets.formulas.grammar import Node
from playground.sheets.formulas.scalars import FormulaError
from playground.sheets.model import ErrorValue, Scalar

Function = Callable[[Evaluation, tuple[Node, ...]], Result]


def values(run: Evaluation, parts: Iterable[Node]) -> list[Scalar]:
    """All values of the arguments; an error among them ends the evaluation."""
    found = [value for part in parts for value in run.flat(part)]
    for value in found:
        if isinstance(value, ErrorValue):
            raise FormulaError(value.kind, value.message)
    return found
