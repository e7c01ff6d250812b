"""The technical cell."""

from __future__ import annotations

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
