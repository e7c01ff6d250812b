"""The pace alone, in virtual time: whatever is asked of it, a minute never holds more calls than the quota."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.calls.pace import MINUTE_S, Pace

QUOTA = 60
SHARE = 54
A_TIMER_IS_LATE_S = 0.001


@pytest.mark.parametrize("pause_s", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("callers", [1, 40])
def test_no_minute_holds_more_calls_than_the_quota(callers: int, pause_s: float) -> None:
    """Callers that ask again `pause_s` after their last call left, alone or as a crowd, for some minutes."""
    at, left = 0.0, []
    pace = Pace(SHARE, lambda: at)
    for _ in range(4 * QUOTA):
        for _ in range(callers):
            pace.ask()
        at += pace.wait() + A_TIMER_IS_LATE_S
        pace.spend()
        left.append(at)
        at += pause_s
    assert max(sum(start <= other < start + MINUTE_S for other in left) for start in left) < QUOTA


def test_a_spent_minute_is_waited_for() -> None:
    """All calls of a minute at once: the next one leaves when the first is a minute old."""
    at = 0.0
    pace = Pace(SHARE, lambda: at)
    for _ in range(QUOTA - 1):
        pace.spend()
    assert pace.wait() == MINUTE_S
    at = MINUTE_S
    assert pace.wait() < 2
