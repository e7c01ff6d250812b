"""The technical cell."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from shared.domain import history
from shared.domain.history import Line
from shared.domain.trace import KEPT_UPDATES, Sent, Trace, Under, parse_trace


def test_it_is_read_back() -> None:
    """Everything, on one line, starting with what keeps it text."""
    sent = Sent(update="8", text="две\nстроки «и» \\ кавычки", under=Under.OFFER)
    trace = Trace(
        token="x7f3k2",
        head="№ 7K3Q · 22.11.2026 14:03 · x7f3k2",
        status="В работе",
        length=4_711,
        updates=("7", "8"),
        seen_at={"8": 1_795_356_180.25},
        messages={"7": 12},
        line="5d41402a",
        sent=sent,
        delivered={"notice": "14:03"},
    )
    assert all(getattr(trace, field.name) for field in fields(trace))
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


def test_another_bots_update_of_the_same_id_was_not_seen() -> None:
    """What was recorded before an update was made is another one; a few seconds are the clocks'."""
    trace = Trace().saw("8", at=1000.0)
    assert [trace.has_seen("8", not_before=made) for made in (0, 999, 1004, 1006, 90_000)] == [True] * 3 + [False] * 2
    assert not trace.has_seen("9", not_before=999)


def test_an_update_without_its_time_was_recorded_before_the_next_ones() -> None:
    """The cell keeps the times of the newest three; rows of before hold none, and were written at some time."""
    trace = Trace()
    for number, at in enumerate((100.0, 200.0, 300.0, 400.0, 500.0)):
        trace = trace.saw(str(number), at=at)
    assert [trace.has_seen("0", not_before=made, written=9e9) for made in (300, 310)] == [True, False]
    bare = Trace(updates=("0", "1"))
    assert [bare.has_seen("0", not_before=made, written=500.0) for made in (500, 510)] == [True, False]
    assert bare.has_seen("0", not_before=9e9)


def test_the_reply_to_another_bots_update_is_not_the_reply_to_this_one() -> None:
    """A message that is only passed on has none."""
    sent = Sent(update="8", text="ответ", under=Under.CALL)
    assert Trace().saw("8", sent).saw("9").sent == sent
    assert Trace().saw("8", sent).saw("8").sent is None


def test_a_write_is_not_borne_out_by_another_bots_update() -> None:
    """Its own stands there with the time at which it was taken up."""
    wanted = Trace().saw("8", at=90_000.0)
    assert not Trace().saw("8", at=1000.0).holds(wanted)
    assert wanted.saw("9", at=90_001.0).holds(wanted)


def test_which_messages_came_after_another_one() -> None:
    """By their ids; a press brings none, and ids never fall, as a question chosen under an old message is new."""
    trace = Trace()
    for update, message in (("1", 10), ("2", 14), ("3", 0), ("4", 11)):
        trace = trace.saw(update, at=1000.0 + int(update), message=message)
    assert trace.messages == {"1": 10, "2": 14, "4": 14}
    assert [trace.count_after(message, 0) for message in (0, 9, 11, 14, 15)] == [0, 3, 2, 2, 0]


def test_messages_of_another_bot_came_before() -> None:
    """A new token begins the ids again: what was recorded before the message was sent is older, whatever its id."""
    trace = Trace().saw("1", at=1000.0, message=900).saw("2", at=90_000.0, message=3)
    assert [trace.came_after(update, 2, 80_000) for update in ("1", "2")] == [False, True]
