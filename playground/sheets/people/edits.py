"""Typing: into cells, and over them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EditEvent:
    """A person's edit as an installable trigger learns of it. Row and column count from 1, `rows` and `columns` are
    sizes. `value` and `old_value` are given for a single typed cell only, and not when it is or was empty."""

    spreadsheet_id: str
    title: str
    row: int
    column: int
    rows: int
    columns: int
    user: str
    value: str | None = None
    old_value: str | None = None
