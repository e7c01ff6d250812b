"""How soon the next call may go, so that a minute's quota lasts a minute.

Who is alone gets an answer at once, from what the minute has left. Where many wait, calls are spaced evenly from the
start: each carries more, and nobody meets an empty minute.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

MINUTE_S = 60.0
BUSY = 3
"""So many waiting callers share a call: that is load."""
BURST = 6
"""So many calls may follow each other at once even then."""


class Pace:
    def __init__(self, share: int, now: Callable[[], float]) -> None:
        """`share`: calls a minute under load. A burst above it is allowed, never more than a ninth."""
        self._even = MINUTE_S / share
        self._share = share
        self._most = share + max(1, share // 9) - 1
        self._now = now
        self._calls: deque[float] = deque()
        self._blocked_until = float("-inf")

    def wait(self, waiting: int) -> float:
        """Seconds until a call that answers so many callers may go."""
        now = self._now()
        while self._calls and self._calls[0] <= now - MINUTE_S:
            self._calls.popleft()
        earliest = max(self._blocked_until, self._after_the_last(waiting))
        if len(self._calls) >= self._most:
            earliest = max(earliest, self._calls[0] + MINUTE_S)
        return max(0.0, earliest - now)

    def spend(self) -> None:
        self._calls.append(self._now())

    def block(self, seconds: float) -> None:
        """The service said that the quota is spent: nothing for so long."""
        self._blocked_until = self._now() + seconds

    def _after_the_last(self, waiting: int) -> float:
        used = len(self._calls)
        if not self._calls:
            return float("-inf")
        if waiting >= BUSY:
            spacing = self._even if used >= BURST else 0.0
        elif used < 0.4 * self._share:
            spacing = 0.0
        else:
            spacing = self._even if used < 0.75 * self._share else 2 * self._even
        return self._calls[-1] + spacing
