"""How soon the next call may go, so that a minute's quota lasts a minute.

While few ask, a call goes at once as long as a third of the minute's calls is left; then those are spread over the rest
of the minute. Where many ask, calls are spaced evenly from the start: each carries more, and nobody meets an empty
minute.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

MINUTE_S = 60.0
RUSH = 20
"""So many callers within a few seconds are load."""
RUSH_WINDOW_S = 4.0
BURST = 3
"""So many calls may follow each other at once even under load."""
QUOTA_WAIT_S = 2.0
FAILURE_WAIT_S = 0.25
LONGEST_WAIT_S = 16.0
MOST_DOUBLINGS = 10


class Pace:
    def __init__(self, share: int, now: Callable[[], float], *, ahead: float = 1.0) -> None:
        """`share`: calls a minute under load; a burst may take a ninth more, less one.

        Of 54 calls a minute 36 go at once, the others are spread; 59 at the most, which is under Google's 60.
        `ahead`: so much quicker than the share these calls may be for a while.
        """
        self._beat_s = MINUTE_S / share / ahead
        self._at_once = share * 2 // 3
        self._at_most = share + max(0, share // 9 - 1)
        self._next_beat = float("-inf")
        self._now = now
        self._calls: deque[float] = deque()
        self._asked: deque[float] = deque(maxlen=RUSH)
        self._blocked_until = float("-inf")
        self._trouble = 0

    @property
    def last(self) -> float:
        """When a call last went out, as long as that is in this minute."""
        return self._calls[-1] if self._calls else float("-inf")

    def ask(self) -> None:
        """Somebody wants a call."""
        self._asked.append(self._now())

    def spend(self) -> None:
        """A call goes out. `_next_beat`: when the next would go, had all calls been evenly spaced."""
        now = self._now()
        self._calls.append(now)
        self._next_beat = min(max(self._next_beat, now), now + (BURST - 1) * self._beat_s) + self._beat_s

    def went_well(self) -> None:
        self._trouble = 0

    def refused(self) -> None:
        """The service said that the quota is spent: nothing for a while, which makes the next call carry more."""
        self._pause(QUOTA_WAIT_S)

    def failed(self) -> None:
        """The service failed: not again at once."""
        self._pause(FAILURE_WAIT_S)

    def _pause(self, seconds: float) -> None:
        """Twice as long each time, and never in step with other instances."""
        wait = min(seconds * 2**self._trouble, LONGEST_WAIT_S)
        self._trouble = min(self._trouble + 1, MOST_DOUBLINGS)
        self._blocked_until = self._now() + wait * random.uniform(1.0, 1.5)  # noqa: S311 - no secret

    def wait(self) -> float:
        """Seconds until the next call may go."""
        now = self._now()
        forget_old(self._calls, now)
        return max(0.0, self._blocked_until - now, self._earliest(now) - now)

    def has_room(self) -> bool:
        """May one more call go in this minute, whatever the beat says?"""
        now = self._now()
        forget_old(self._calls, now)
        return now >= self._blocked_until and len(self._calls) < self._at_most

    def _earliest(self, now: float) -> float:
        used = len(self._calls)
        if used == 0:
            return now
        if used >= self._at_most:
            return self._calls[0] + MINUTE_S
        earliest = now
        if self._is_rush(now):
            earliest = self._next_beat - (BURST - 1) * self._beat_s
        if used >= self._at_once:
            left_s = self._calls[0] + MINUTE_S - now
            earliest = max(earliest, self._calls[-1] + left_s / (self._at_most - used))
        return earliest

    def _is_rush(self, now: float) -> bool:
        """Many in a short time, and together: who asks one after the other gains nothing by waiting."""
        if len(self._asked) < RUSH or now - self._asked[0] >= RUSH_WINDOW_S:
            return False
        return sum(at >= self._asked[0] for at in self._calls) <= RUSH // 2


class Portion:
    """The part of the calls that may be of one kind: at most so many in any minute."""

    def __init__(self, most: int, now: Callable[[], float]) -> None:
        self._most = most
        self._now = now
        self._calls: deque[float] = deque()

    def spend(self) -> None:
        self._calls.append(self._now())

    def wait(self) -> float:
        """Seconds until one more may go."""
        now = self._now()
        forget_old(self._calls, now)
        return self._calls[0] + MINUTE_S - now if len(self._calls) >= self._most else 0.0


def forget_old(calls: deque[float], now: float) -> None:
    """Calls count for a minute."""
    while calls and calls[0] + MINUTE_S <= now:
        calls.popleft()
