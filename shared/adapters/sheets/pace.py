"""How soon the next call may go, so that a minute's quota lasts a minute.

While few ask, a call goes at once as long as a third of the minute's calls is left; then those are spread over the rest
of the minute. Where many ask, calls are spaced evenly from the start: each carries more, and nobody meets an empty
minute.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

MINUTE_S = 60.0
RUSH = 60
"""So many callers within ten seconds are load."""
RUSH_WINDOW_S = 10.0
BURST = 6
"""So many calls may follow each other at once even under load."""


class Pace:
    def __init__(self, share: int, now: Callable[[], float]) -> None:
        """`share`: calls a minute under load. A burst above it is allowed, never more than a ninth."""
        self._even = MINUTE_S / share
        self._free = share * 2 // 3
        self._most = share + max(1, share // 9) - 1
        self._now = now
        self._calls: deque[float] = deque()
        self._asked: deque[float] = deque(maxlen=RUSH)
        self._blocked_until = float("-inf")

    def ask(self) -> None:
        """Somebody wants a call."""
        self._asked.append(self._now())

    def spend(self) -> None:
        """A call goes out."""
        self._calls.append(self._now())

    def block(self, seconds: float) -> None:
        """The service said that the quota is spent: nothing for so long."""
        self._blocked_until = self._now() + seconds

    def wait(self) -> float:
        """Seconds until the next call may go."""
        now = self._now()
        while self._calls and self._calls[0] <= now - MINUTE_S:
            self._calls.popleft()
        return max(0.0, self._blocked_until - now, self._earliest(now) - now)

    def _earliest(self, now: float) -> float:
        used = len(self._calls)
        if used == 0:
            return now
        if used >= self._most:
            return self._calls[0] + MINUTE_S
        spacing = self._even if self._is_rush(now) and used >= BURST else 0.0
        if used >= self._free:
            left_s = self._calls[0] + MINUTE_S - now
            spacing = max(spacing, left_s / (self._most - used))
        return self._calls[-1] + spacing

    def _is_rush(self, now: float) -> bool:
        return len(self._asked) == RUSH and now - self._asked[0] < RUSH_WINDOW_S
