"""Of a row and its copies the one that was written last lives on."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.journal.found import Found, Place, freshest
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.tables import Columns
from shared.domain.appeals import Appeal
from shared.domain.trace import Trace

LAYOUT = Layout(sheet=0, header=(), columns=Columns({}))


def row(number: int, *, updated: str, at: float | None, chat: int = 501) -> Found:
    trace = Trace() if at is None else Trace().saw("u1", at=at)
    appeal = Appeal(
        id="a501-1", chat=chat, code="", phone="", name="", history="", status="", updated=updated, trace=trace
    )
    place = Place(row=number, layout=LAYOUT, trace_cell="", head=None, with_history=False)
    return Found(appeal=appeal, place=place)


BEFORE, AFTER = 1_792_888_200.0, 1_792_889_400.0
"""2026-10-25, 02:50 before the clocks in Berlin are put back, and 02:10 after that."""


@pytest.mark.parametrize("first", [2, 7])
def test_in_the_repeated_hour_the_instant_counts(first: int) -> None:
    """02:10 comes after 02:50, whichever of the rows stands above."""
    copies = [
        row(first, updated="2026-10-25 02:50:00", at=BEFORE),
        row(5, updated="2026-10-25 02:10:00", at=AFTER),
    ]
    assert freshest(copies).place.row == 5


def test_where_one_copy_has_no_instant_the_local_times_count() -> None:
    """Somebody emptied its technical cell: the text is all that both have."""
    copies = [row(2, updated="2026-10-25 02:50:00", at=None), row(5, updated="2026-10-25 02:10:00", at=AFTER)]
    assert freshest(copies).place.row == 2


def test_a_write_that_brings_no_update_counts_by_its_time() -> None:
    """A receipt: the newest update is the same in both."""
    copies = [row(2, updated="2026-10-25 12:00:00", at=BEFORE), row(5, updated="2026-10-25 12:05:00", at=BEFORE)]
    assert freshest(copies).place.row == 5


def test_cells_of_different_appeals_never_live_on() -> None:
    """However late they were written, and whatever instants they lack."""
    copies = [
        row(2, updated="2026-10-25 02:50:00", at=BEFORE),
        row(5, updated="2026-10-25 02:10:00", at=AFTER),
        row(9, updated="2026-10-26 12:00:00", at=None, chat=502),
    ]
    assert freshest(copies).place.row == 5
