"""Ids of appeals, and what counts as a Telegram ID in a cell that people type into."""

from __future__ import annotations

import pytest

from shared.domain.ids import appeal_id, chat_of, mark_of, number_of, opening_order, telegram_id
from shared.domain.trace import Under
from shared.usecases import keyboards


@pytest.mark.parametrize(
    ("cell", "account"),
    [
        ("501", 501),
        (" 7000000001 ", 7000000001),
        ("00501", 501),
        ("9" * 20, int("9" * 20)),
        ("9" * 21, None),
        ("9" * 5000, None),
        ("0", None),
        ("", None),
        ("-501", None),
        ("501.0", None),
        ("501²", None),
        ("#ERROR!", None),
        ("@anna", None),
    ],
)
def test_only_digits_are_an_account(cell: str, account: int | None) -> None:
    """At most twenty of them: Python makes no number of more than 4,300."""
    assert telegram_id(cell) == account


def test_an_id_tells_who_opened_what_and_when() -> None:
    """The same message always gives the same id; the second tells two messages of one number apart."""
    assert appeal_id(501, 7, 1_795_345_380) == "a501-7-1795345380"
    assert appeal_id(501, 7, 0) == "a501-7"
    assert [chat_of(text) for text in ("a501-7", "a501-7-1795345380", " a501-7 ")] == [501] * 3
    assert [chat_of(text) for text in ("a501", "a501-7-", "a501-7-1-2", "a501-7-x", "b501-7", "")] == [None] * 6


def test_the_appeal_that_was_opened_last_is_the_newest() -> None:
    """By its second, whatever the message's number; ids of before have none and are older than all others."""
    oldest_first = ["nothing", "a501-8", "a501-9001", "a501-9002-1795345000", "a501-5-1795345380", "a501-7-1795345380"]
    assert sorted(set(oldest_first), key=opening_order) == oldest_first


def test_rows_of_before_keep_their_number_and_their_mark() -> None:
    """Partners know the number, and Google knows the mark."""
    assert number_of("a501-9001") == "J7RQ"
    assert (mark_of("a501-9001"), mark_of("a501-9001", 1)) == (1_565_475_940, 696_271_452)


def test_the_second_is_part_of_what_opened_the_row() -> None:
    """A new bot's message 7 is not refused as the old one's."""
    assert len({mark_of("a501-7"), mark_of("a501-7-1795345380"), mark_of("a501-7-1795345381")}) == 3


def test_the_longest_id_fits_into_a_button() -> None:
    """Telegram takes 64 bytes: chats have at most 52 bits, messages 31, and a date eleven digits."""
    longest = appeal_id(2**52, 2**31, 10**11 - 1)
    kinds = [keyboards.under(kind, longest) for kind in Under] + [keyboards.solved(longest)]
    carried = [button.data or "" for rows in kinds for row in rows for button in row]
    assert max(len(data.encode()) for data in carried) <= 64
