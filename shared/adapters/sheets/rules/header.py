"""The first row of a tab: each column once, under its own title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from shared.domain import problem_texts as texts
from shared.domain.problems import Problem, address

_ALIKE = 0.8


def header_problems(
    tab: str, header: Sequence[str], needed: Sequence[str], extra: Sequence[str] = ()
) -> Iterator[Problem]:
    """`extra`: columns that may be missing. Mild where the tab can be read all the same."""
    if not set(needed) & set(header):
        yield Problem(tab=tab, cell="", text=texts.NO_HEADER)
        return
    for title in needed:
        if title not in header:
            yield _missing(tab, header, title, known={*needed, *extra})
        elif header.count(title) > 1:
            yield _doubled(tab, header, title, texts.column_doubled(title, _place(header, title)), mild=False)
    for title in extra:
        if header.count(title) > 1:
            yield _doubled(tab, header, title, texts.extra_doubled(title, _place(header, title)), mild=True)


def _missing(tab: str, header: Sequence[str], title: str, *, known: set[str]) -> Problem:
    """A strange title that reads like the missing one is named by its address."""
    strange = {other.casefold(): other for other in header if other and other not in known}
    alike = get_close_matches(title.casefold(), strange, n=1, cutoff=_ALIKE)
    if alike:
        return Problem(tab=tab, cell=_place(header, strange[alike[0]]), text=texts.column_misspelt(title))
    return Problem(tab=tab, cell="", text=texts.column_missing(title))


def _doubled(tab: str, header: Sequence[str], title: str, text: str, *, mild: bool) -> Problem:
    second = header.index(title, header.index(title) + 1)
    return Problem(tab=tab, cell=address(1, second + 1), text=text, mild=mild)


def _place(header: Sequence[str], title: str) -> str:
    return address(1, header.index(title) + 1)
