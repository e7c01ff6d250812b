"""How long the guard is trusted: where it finds nothing in rows that read unchanged, hidden by a filter perhaps.

What was learnt is kept for a minute, so that not every message under a filter costs three misses.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.adapters.sheets.journal.found import Place
from shared.ports import Clock

REMEMBERED_S = 60.0
PATIENCE = 3
"""So many misses at a row that reads the same each time: not chance, nor somebody who was faster."""


class SkippedGuard:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = 0.0

    def note(self) -> None:
        """It was seen to skip a row."""
        self._until = self._clock.now() + REMEMBERED_S

    @property
    def patience(self) -> int:
        """After so many misses a row is written by position. Never without one: most rows are not hidden."""
        return 1 if self._clock.now() < self._until else PATIENCE


@dataclass(slots=True)
class InVain:
    """Counts tries at a row that reads the same each time; one that reads otherwise is counted from the start."""

    _count: int = 0
    _seen: tuple[int, str | None, str] | None = None

    def at(self, place: Place) -> int:
        return self._count if _as_read(place) == self._seen else 0

    def add(self, place: Place) -> None:
        self._count, self._seen = self.at(place) + 1, _as_read(place)


def _as_read(place: Place) -> tuple[int, str | None, str]:
    return place.row, place.head, place.trace_cell
