"""When a history grows towards the limit of a cell, its oldest lines move to the archive.

Which ones is decided from the end of the cell alone: a repetition, also by another instance, moves the same lines.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from shared.domain import history

FULL = 45_000
"""Characters that a history cell may hold; Google refuses more than 50,000."""
MOST_MOVED = 49_000
MOVED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """`kept`, a line break and `tail` are the cell; `note` takes the place of the tail.

    `moved` are the lines `first` to `last`, the newest first as in the cell.
    """

    kept: str
    tail: str
    moved: str
    first: int
    last: int

    @property
    def note(self) -> str:
        return history.moved_note(self.last)

    @property
    def label(self) -> str:
        """What the archive's row is known by: which lines, and exactly these."""
        return f"v1 строки {self.first}–{self.last} {hashlib.sha256(self.moved.encode()).hexdigest()[:12]}"


def cut(cell: str) -> Cut | None:
    """The cut of a cell that is too full; None when it is not, or when nothing in it can be told apart."""
    if history.size(cell) <= FULL:
        return None
    rows = cell.split("\n")
    moved_before = history.moved_lines(rows[-1])
    end = len(rows) if moved_before is None else len(rows) - 1
    start, count = _oldest(rows[:end])
    moved = "\n".join(rows[start:end])
    if start == 0 or history.size(moved) > MOST_MOVED:
        return None
    first = (moved_before or 0) + 1
    return Cut(
        kept="\n".join(rows[:start]),
        tail="\n".join(rows[start:]),
        moved=moved,
        first=first,
        last=first + count - 1,
    )


def _oldest(rows: list[str]) -> tuple[int, int]:
    """Where the lines begin that move, and how many they are; 0 when there is none."""
    size, count = 0, 0
    for number in range(len(rows) - 1, 0, -1):
        size += history.size(rows[number]) + 1
        if history.starts_line(rows[number]):
            count += 1
            if size >= MOVED_AT_ONCE:
                return number, count
    return 0, 0
