"""One figure, and the table that shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`measured` and `bound` in `unit`; `predecessor`: what an earlier system took for the same, as text."""

    what: str
    measured: float
    bound: float
    unit: str
    predecessor: str = ""

    @property
    def holds(self) -> bool:
        return self.measured <= self.bound


def show(figures: list[Figure]) -> None:
    width = max(len(figure.what) for figure in figures)
    print(f"{'':{width}}  {'measured':>12}  {'must be ≤':>12}  predecessor")
    for figure in figures:
        measured, bound = (f"{value:.2f} {figure.unit}" for value in (figure.measured, figure.bound))
        verdict = "" if figure.holds else "  ✗"
        print(f"{figure.what:{width}}  {measured:>12}  {bound:>12}  {figure.predecessor}{verdict}")


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]
