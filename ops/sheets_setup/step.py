"""One thing that was missing: what a person is told, and the requests that add it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Request = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    said: str
    requests: tuple[Request, ...]


def rows_of(sheet: int, column: int, start: int, end: int | None) -> dict[str, int]:
    """A piece of a column (from 1) as a GridRange; without an end it reaches down to whatever rows there will be."""
    piece = {"sheetId": sheet, "startRowIndex": start, "startColumnIndex": column - 1, "endColumnIndex": column}
    return piece if end is None else {**piece, "endRowIndex": end}


def runs(lacking: Iterable[bool], total: int) -> Iterator[tuple[int, int | None]]:
    """The runs of rows that lack something, as row indexes. The first flag is that of row index 1.

    Rows below the last flag lack it as well; a run that reaches the last row of the grid has no end.
    """
    flags = [*lacking][: total - 1]
    flags += [True] * (total - 1 - len(flags))
    start: int | None = None
    for index, lacks in enumerate(flags, start=1):
        if lacks and start is None:
            start = index
        elif not lacks and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, None
