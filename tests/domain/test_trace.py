"""The technical cell."""

from __future__ import annotations

from datetime import datetime

from shared.domain import history
from shared.domain.history import Line
from shared.domain.trace import KEPT_UPDATES, Sent, Trace, Under, parse_trace


def test_it_is_read_back() -> None:
    """Everything, on one line, starting with what keeps it text."""
    sent = Sent(update="8", text="две\nстроки «и» \\ кавычки", under=Under.OFFER)
    trace = Trace(token="x7f3k2", head="№ 7K3Q · 22.11.2026 14:03 · x7f3k2").saw("8", sent).noted("notice", "14:03")
    cell = trace.written()
    assert cell.startswith("v1 x7f3k2 ")
    assert "\n" not in cell
    assert parse_trace(cell) == trace


def test_only_the_newest_updates_are_kept() -> None:
    """Twenty: a cell must not grow."""
    trace = Trace(token="x7f3k2")
    for number in range(50):
        trace = trace.saw(str(number))
    assert trace.updates == tuple(str(number) for number in range(50 - KEPT_UPDATES, 50))


def test_what_is_not_ours_is_none() -> None:
    """Wiped, cut or typed over."""
    assert parse_trace("") is None
    assert parse_trace("v1 x7f3k2 {") is None
    assert parse_trace('v1 x7f3k2 {"u":1}') is None


def test_an_update_without_its_line_counts_as_not_seen() -> None:
    """Unless the head has the token of the cell: then both were written together."""
    line = Line(at=datetime(2026, 11, 22, 14, 3), author="Анна", text="первая\nвторая")
    sent = Sent(update="8", text="ответ", under=Under.CALL)
    trace = Trace(token="x7f3k2", line=history.print_of(line)).saw("7").saw("8", sent)
    head = history.head(number="7K3Q", at=line.at, token="x7f3k2")
    for cell in (head, line.written(), f"{head.replace('x7f3k2', 'aaaaaa')}\n{line.written()}"):
        assert trace.borne_out_by(cell) == trace
    for cell in ("", head.replace("x7f3k2", "aaaaaa"), "22.11.2026 14:03 · Анна: первая и другая"):
        doubted = trace.borne_out_by(cell)
        assert not doubted.has_seen("8")
        assert doubted.has_seen("7")
        assert doubted.sent is None
    assert parse_trace(trace.written()) == trace
