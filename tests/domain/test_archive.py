"""The oldest lines of a long history move on, all of them and in order."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shared.domain import history
from shared.domain.archive import FULL, MOST_MOVED, MOVED_AT_ONCE, Cut, cut
from shared.domain.history import Line

AT = datetime(2026, 11, 22, 14, 3)
HEAD = "№ 7K3Q · 22.11.2026 14:03 · x7f3k2"


def cell_of(count: int, *, length: int = 500) -> str:
    """A history of `count` lines, numbered as they were said."""
    lines = tuple(
        Line(at=AT + timedelta(minutes=n), author="Анна", text=f"{n} ".ljust(length, "я")) for n in range(count)
    )
    return history.on_top(HEAD, lines)


def said(text: str) -> list[int]:
    return [int(line.text.split()[0]) for line in history.parse(text)]


def found(cell: str) -> Cut:
    result = cut(cell)
    assert result is not None
    return result


def test_a_short_history_stays_whole() -> None:
    """Nothing moves below 45,000 characters."""
    assert cut(cell_of(20)) is None


def test_the_oldest_lines_move_and_the_cell_says_so() -> None:
    """Kept and moved together are all lines in order; the note tells which moved."""
    cell = cell_of(100)
    result = found(cell)
    kept = f"{result.kept}\n{result.note}"
    assert said(kept) + said(result.moved) == list(range(99, -1, -1))
    assert len(kept) < FULL
    assert len(result.moved) >= MOVED_AT_ONCE
    assert (result.first, result.last) == (1, len(said(result.moved)))
    assert kept.startswith(HEAD)


def test_the_next_cut_goes_on_where_the_last_one_ended() -> None:
    """Lines are numbered from the appeal's first one, and the old note goes with them."""
    first = found(cell_of(100))
    newer = "\n".join(row for row in cell_of(100).split("\n")[1:])
    second = found(f"{HEAD}\n{newer}\n{first.kept.removeprefix(HEAD)[1:]}\n{first.note}")
    assert second.first == first.last + 1
    assert second.last == first.last + len(said(second.moved))
    assert "Архив" not in second.moved
    assert second.tail.endswith(first.note)


def test_what_moves_does_not_depend_on_what_came_later() -> None:
    """A repetition after more was said moves the same lines under the same label."""
    assert found(cell_of(100)).label == found(cell_of(100).replace(HEAD, cell_of(1))).label


def test_texts_of_many_rows_move_whole() -> None:
    """A line's further rows go where its first one goes."""
    lines = tuple(Line(at=AT, author="Анна", text="\n".join([f"{n} начало", *["я" * 90] * 9])) for n in range(60))
    result = found(history.on_top(HEAD, lines))
    assert said(result.kept) + said(result.moved) == list(range(59, -1, -1))


def test_a_cell_without_lines_is_left_alone() -> None:
    """What a person pasted over everything cannot be told apart."""
    assert cut(HEAD + "\n" + "я" * 48_000) is None


@pytest.mark.parametrize(("units", "moves"), [(MOST_MOVED, True), (MOST_MOVED + 1, False)])
def test_the_archive_takes_as_much_as_its_cell_holds(units: int, moves: bool) -> None:
    """One old line as long as a cell of the archive may be moves; a longer one stays where it is."""
    newest = Line(at=AT, author="Анна", text="да")
    stamp = history.size(history.on_top(HEAD, (Line(at=AT, author="Анна", text=""),)).removeprefix(f"{HEAD}\n"))
    cell = history.on_top(HEAD, (Line(at=AT, author="Анна", text="я" * (units - stamp)), newest))
    assert history.size(cell.split("\n")[-1]) == units
    assert (cut(cell) is not None) == moves
