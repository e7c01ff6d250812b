"""Where the rows of appeals stand: hints for each id, checked by every read that uses them."""

from __future__ import annotations

from collections import defaultdict

from shared.adapters.sheets.calls.transport import Grid
from shared.domain import ids

FIRST_ROW = 2


class Index:
    """Ids of one tab. Rows count from 1, the header is row 1. An id stands twice when a person copied its row."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[int, ...]] = {}
        self._of_chat: dict[int, list[str]] = defaultdict(list)
        self._last_row = FIRST_ROW - 1
        self._last_id: str | None = None
        self._rebuilt_from: Grid | None = None
        self._rows_moved = False

    def has_at(self, appeal_id: str, row: int) -> bool:
        """Did the newest read, of whatever row, leave the appeal in that row?"""
        return not self._rows_moved and row in self.rows_of(appeal_id)

    @property
    def is_doubted(self) -> bool:
        """Return whether rows moved since the whole column was read last: the next read takes all of it."""
        return self._rows_moved

    def compare(self, row: int, appeal_id: str) -> None:
        """Take in what a read showed in *row*, "" for an empty one: no known row is trusted where another id was."""
        known = {one for one, rows in self._rows.items() if row in rows}
        if known - {appeal_id} or (appeal_id in self._rows and appeal_id not in known):
            self._rows_moved = True

    @property
    def tail_row(self) -> int:
        """The column is read from here: the last known row itself, which shows whether rows moved."""
        return max(self._last_row, FIRST_ROW)

    def rows_of(self, appeal_id: str) -> tuple[int, ...]:
        return self._rows.get(appeal_id, ())

    def ids_of(self, chat: int) -> list[str]:
        """The chat's appeals, newest first."""
        return sorted(self._of_chat.get(chat, ()), key=ids.opening_order, reverse=True)

    def follow(self, first_row: int, tail: Grid) -> bool:
        """Take in the ids from `first_row` down. False when the known rows moved: the whole column is to be read.

        They moved also when one of them stands below now: then a new one may stand above.
        """
        found = [row[0].strip() if row else "" for row in tail]
        if self._last_id is None:
            fits = first_row == FIRST_ROW
        elif first_row == self._last_row:
            fits = bool(found) and found[0] == self._last_id
        else:
            fits = first_row < self._last_row
        new = [(row, one) for row, one in enumerate(found, start=first_row) if row > self._last_row and one]
        if not fits or (self._last_id is not None and any(one in self._rows for _, one in new)):
            self._rows_moved = True  # until the whole column is read, no known row can be trusted
            return False
        for row, appeal_id in new:
            self._last_row, self._last_id = row, appeal_id
            self._add(appeal_id, row)
        return True

    def rebuild(self, column: Grid) -> None:
        """The whole column as it is now, below the header. Those who shared a read bring the same one."""
        if column is self._rebuilt_from:
            return
        self._rebuilt_from = column
        self._rows.clear()
        self._of_chat.clear()
        self._last_row, self._last_id = FIRST_ROW - 1, None
        self._rows_moved = False
        self.follow(FIRST_ROW, column)

    def _add(self, appeal_id: str, row: int) -> None:
        chat = ids.chat_of(appeal_id)
        if chat is None:
            return
        if appeal_id not in self._rows:
            self._of_chat[chat].append(appeal_id)
        self._rows[appeal_id] = (*self._rows.get(appeal_id, ()), row)
