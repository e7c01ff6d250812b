"""What counts as a Telegram ID in a cell that people type into."""

from __future__ import annotations

import pytest

from shared.domain.ids import telegram_id


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
