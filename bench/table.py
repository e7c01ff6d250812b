"""One figure, and the table that shows them."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`measured` and `bound` in `unit`; without a bound it is only reported.

    As text, for the same: `naive` is what one call at a time took in this run, `predecessor` an earlier system.
    """

    what: str
    measured: float
    bound: float = math.inf
    unit: str = ""
    naive: str = ""
    predecessor: str = ""

    @property
    def holds(self) -> bool:
        return self.measured <= self.bound


def show(figures: list[Figure]) -> None:
    what, naive = (max(len(text) for text in column) for column in zip(*map(_texts, figures), strict=True))
    naive = max(naive, len("one by one"))
    print(f"{'':{what}}  {'measured':>12}  {'must be ≤':>12}  {'one by one':{naive}}  predecessor")
    for figure in figures:
        measured = f"{_number(figure.measured)} {figure.unit}".strip()
        bound = "" if math.isinf(figure.bound) else f"{_number(figure.bound)} {figure.unit}".strip()
        verdict = "" if figure.holds else "  ✗"
        print(
            f"{figure.what:{what}}  {measured:>12}  {bound:>12}  {figure.naive:{naive}}  {figure.predecessor}{verdict}"
        )


def _texts(figure: Figure) -> tuple[str, str]:
    return figure.what, figure.naive


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.2f}"


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]
