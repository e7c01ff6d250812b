"""Rectangles of cells: zero-based, half open, unbounded where a side is None."""

from __future__ import annotations

from typing import Any, NamedTuple


class GridRange(NamedTuple):
    """The API's GridRange. `None` means unbounded on that side."""

    sheet_id: int
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    @classmethod
    def of(cls, raw: dict[str, Any]) -> GridRange:
        return cls(
            raw.get("sheetId", 0),
            raw.get("startRowIndex"),
            raw.get("endRowIndex"),
            raw.get("startColumnIndex"),
            raw.get("endColumnIndex"),
        )

    def json(self) -> dict[str, Any]:
        named = {
            "sheetId": self.sheet_id or None,
            "startRowIndex": self.top,
            "endRowIndex": self.bottom,
            "startColumnIndex": self.left,
            "endColumnIndex": self.right,
        }
        return {name: value for name, value in named.items() if value is not None}

    def box(self, rows: int, columns: int) -> Box:
        """Bounded by a grid of that size."""
        return Box(
            self.top or 0,
            rows if self.bottom is None else min(self.bottom, rows),
            self.left or 0,
            columns if self.right is None else min(self.right, columns),
        )


class Box(NamedTuple):
    """A bounded rectangle of a known sheet."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def empty(self) -> bool:
        return self.height <= 0 or self.width <= 0

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Box) -> bool:
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )

    def covers(self, other: Box) -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    def moved(self, rows: int, columns: int) -> Box:
        return Box(self.top + rows, self.bottom + rows, self.left + columns, self.right + columns)

    def on(self, sheet_id: int) -> GridRange:
        return GridRange(sheet_id, *self)


class Span(NamedTuple):
    """A stretch of rows or columns, half open."""

    start: int
    end: int

    def after_insert(self, at: int, count: int) -> Span:
        if at <= self.start:
            return Span(self.start + count, self.end + count)
        return Span(self.start, self.end + count) if at < self.end else self

    def after_delete(self, start: int, end: int) -> Span | None:
        """None when nothing is left."""
        count = end - start
        first = min(self.start, start) if self.start < end else self.start - count
        if self.start >= end:
            return Span(self.start - count, self.end - count)
        last = self.end - min(max(self.end - start, 0), count) if self.end > start else self.end
        return Span(first, last) if last > first else None

    def after_move(self, start: int, end: int, to: int) -> Span:
        """Where the stretch is after rows start…end went before row `to` of the old numbering."""
        if start <= self.start and self.end <= end:
            shift = to - start if to <= start else to - end
            return Span(self.start + shift, self.end + shift)
        kept = self.after_delete(start, end)
        if kept is None:
            return self
        return kept.after_insert(to if to <= start else to - (end - start), end - start)


def resized(raw: dict[str, Any], dimension: str, change: Any) -> dict[str, Any] | None:
    """A GridRange in JSON with one of its stretches changed by `change(Span) -> Span | None`."""
    first, last = ("startRowIndex", "endRowIndex") if dimension == "ROWS" else ("startColumnIndex", "endColumnIndex")
    if first not in raw and last not in raw:
        return raw
    unbounded = 1 << 30
    span = change(Span(raw.get(first, 0), raw.get(last, unbounded)))
    if span is None:
        return None
    result = dict(raw)
    if first in raw:
        result[first] = span.start
    if last in raw:
        result[last] = span.end
    return result
