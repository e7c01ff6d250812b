"""What the engine needs of a spreadsheet. Everything here is called in the event loop, never in a script's thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class WorkbookLike(Protocol):
    """Tabs by title; rows and columns count from 1.

    KeyError: no such tab. IndexError: a range beyond the grid, ValueError: a refused value; both in Google's words.
    """

    def titles(self) -> list[str]: ...

    def sheet_id(self, title: str) -> int: ...

    def last_row(self, title: str) -> int:
        """The last row that holds anything; 0 on an empty tab."""

    def last_column(self, title: str) -> int: ...

    def display_values(self, title: str, row: int, col: int, nrows: int, ncols: int) -> list[list[str]]:
        """As a person sees them; "" where a cell is empty. Exactly `nrows` × `ncols`."""

    def values(self, title: str, row: int, col: int, nrows: int, ncols: int) -> list[list[object]]:
        """str, int, float, bool, or datetime without a zone; "" where a cell is empty."""

    def set_values(self, title: str, row: int, col: int, values: Sequence[Sequence[object]]) -> None:
        """As if typed, without firing triggers; "" clears."""


class EditedRange(Protocol):
    """A person's edit. `value` and `old_value` are set for a single cell only, and None where it was or is empty."""

    @property
    def spreadsheet_id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def row(self) -> int: ...

    @property
    def column(self) -> int: ...

    @property
    def rows(self) -> int: ...

    @property
    def columns(self) -> int: ...

    @property
    def user(self) -> str | None:
        """The e-mail address."""

    @property
    def value(self) -> object: ...

    @property
    def old_value(self) -> object: ...
