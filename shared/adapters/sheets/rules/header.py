"""The first row of a tab: each column once, under its own title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from shared.domain import problem_texts as texts
from shared.domain.problems import Problem, address

_ALIKE = 0.8
Said = Callable[[str], str]


def header_problems(
    tab: str, header: Sequence[str], needed: Sequence[str], *, own: Sequence[str] = (), extra: Sequence[str] = ()
) -> Iterator[Problem]:
    """`own`: people's columns, read as empty where they are missing or doubled. `extra`: those that may be missing.

    Mild where the tab can be read all the same.
    """
    if not set(needed) & set(header):
        yield Problem(tab=tab, cell="", text=texts.NO_HEADER)
        return
    known = {*needed, *own, *extra}
    for title in needed:
        if title not in header:
            yield _missing(tab, header, title, known, texts.column_missing, texts.column_misspelt, mild=False)
        elif header.count(title) > 1:
            yield doubled(tab, header, title, texts.column_doubled, mild=False)
    for title in own:
        if title not in header:
            yield _missing(tab, header, title, known, texts.own_missing, texts.own_misspelt, mild=True)
        elif header.count(title) > 1:
            yield doubled(tab, header, title, texts.own_doubled, mild=True)
    for title in extra:
        if header.count(title) > 1:
            yield doubled(tab, header, title, texts.extra_doubled, mild=True)


def _missing(
    tab: str, header: Sequence[str], title: str, known: set[str], missing: Said, misspelt: Said, *, mild: bool
) -> Problem:
    """A strange title that reads like the missing one is named by its address."""
    strange = {other.casefold(): other for other in header if other and other not in known}
    alike = get_close_matches(title.casefold(), strange, n=1, cutoff=_ALIKE)
    if alike:
        return Problem(tab=tab, cell=_place(header, strange[alike[0]]), text=misspelt(title), mild=mild)
    return Problem(tab=tab, cell="", text=missing(title), mild=mild)


def doubled(tab: str, header: Sequence[str], title: str, said: Callable[[str, str], str], *, mild: bool) -> Problem:
    """At the second of them; the text names the first."""
    second = header.index(title, header.index(title) + 1)
    return Problem(tab=tab, cell=address(1, second + 1), text=said(title, _place(header, title)), mild=mild)


def _place(header: Sequence[str], title: str) -> str:
    return address(1, header.index(title) + 1)
