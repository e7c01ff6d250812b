"""The status machine is one table."""

from __future__ import annotations

from shared.domain.status import TRANSITIONS, Status, parse_status


def test_every_status_has_its_transitions() -> None:
    """And only «Решено» is an end."""
    assert set(TRANSITIONS) == set(Status)
    assert [status for status, after in TRANSITIONS.items() if not after] == [Status.RESOLVED]


def test_a_status_as_people_type_it() -> None:
    """Capitals and spaces do not matter; what is none of ours is None."""
    assert parse_status("  решено ") is Status.RESOLVED
    assert parse_status("передано  специалисту") is Status.HANDED_OVER
    assert parse_status("отложено") is None
