"""What changed, so that it can be taken back: a batch that fails, a person's undo, an earlier version."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

KEPT_ENTRIES = 300_000


class Entry(NamedTuple):
    """`key` is an attribute's name, or an index into the `cells` of a row; `old` stood there before."""

    owner: Any
    key: str | int
    old: Any


@dataclass(slots=True, eq=False)
class Change:
    """One committed change: a call of the API or one action of a person."""

    at: float
    author: str
    entries: list[Entry]
    after: dict[tuple[int, str], Any] = field(default_factory=dict)
    """Values of the attributes right after the change, by owner and name; kept for a person's changes only."""


class Journal:
    """All writes to the model go through `set` and `set_cell`."""

    def __init__(self) -> None:
        self.open: list[Entry] = []
        self.changes: deque[Change] = deque()
        self.forgotten = False
        self._kept = 0

    def set(self, owner: Any, name: str, value: Any) -> None:
        self.open.append(Entry(owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def set_cell(self, row: Any, column: int, cell: Any) -> None:
        cells = row.cells
        if column >= len(cells):
            cells.extend([None] * (column + 1 - len(cells)))
        self.open.append(Entry(row, column, cells[column]))
        cells[column] = cell

    def commit(self, at: float, author: str, *, personal: bool = False) -> Change | None:
        """Close what is open into one change; None when nothing changed."""
        if not self.open:
            return None
        change = Change(at, author, self.open)
        if personal:
            change.after = {
                (id(entry.owner), entry.key): _still(getattr(entry.owner, entry.key))
                for entry in self.open
                if isinstance(entry.key, str)
            }
        self.open = []
        self.changes.append(change)
        self._kept += len(change.entries)
        while self._kept > KEPT_ENTRIES and len(self.changes) > 1:
            self._kept -= len(self.changes.popleft().entries)
            self.forgotten = True
        return change

    def rollback(self) -> None:
        entries, self.open = self.open, []
        for entry in reversed(entries):
            put_back(entry)

    def replay(self, entries: Iterable[Entry]) -> None:
        """Put old values back as a new change."""
        for entry in entries:
            if isinstance(entry.key, int):
                self.set_cell(entry.owner, entry.key, entry.old)
            else:
                self.set(entry.owner, entry.key, _still(entry.old))


def _still(value: Any) -> Any:
    """Lists of rows and cells grow in place when they are first touched at their end."""
    return list(value) if isinstance(value, list) else value


def put_back(entry: Entry) -> None:
    if isinstance(entry.key, int):
        entry.owner.cells[entry.key] = entry.old
    else:
        setattr(entry.owner, entry.key, entry.old)
