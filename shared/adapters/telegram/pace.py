"""How soon the next message may leave. Telegram takes about 30 a second from a bot, whichever instance sends them.

Telling Telegram's refusals of one chat from those of all is not possible, so each slows this instance down for a while:
what several instances send together finds its way under the limit.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

A_SECOND = 24.0
AT_ONCE = 5
SLOWEST = 4.0
SLOW_S = 5.0


class SendPace:
    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._rate = A_SECOND
        self._refused_at = float("-inf")
        self._next = float("-inf")

    async def turn(self) -> None:
        """Returns when a message may leave; in the order of asking."""
        now = self._now()
        if now - self._refused_at > SLOW_S:
            self._rate = A_SECOND
        interval = 1 / self._rate
        self._next = max(self._next, now - AT_ONCE * interval) + interval
        if self._next > now:
            await self._sleep(self._next - now)

    def refused(self) -> None:
        """Telegram took a message back: half as many for some seconds."""
        now = self._now()
        if now - self._refused_at > 1:
            self._rate = max(SLOWEST, self._rate / 2)
            self._refused_at = now
