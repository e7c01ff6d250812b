"""Writes that follow messages, held back for a moment so that they share a call."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

MOST = 20
"""Receipts written together. Whoever is killed before the write sends these replies again, and no more."""
LONGEST_S = 2.0
"""A receipt waits no longer for a message that Telegram does not take."""


class Together:
    """Lets those who have sent go on to their writes together, while others are still sending.

    Messages leave 24 a second, one after the other. A write after each of them would be a call after each of them.
    """

    def __init__(self) -> None:
        self._sending = 0
        self._waiting: list[asyncio.Future[None]] = []

    @contextlib.contextmanager
    def sending(self) -> Iterator[None]:
        """Others wait for whoever is in here."""
        self._sending += 1
        try:
            yield
        finally:
            self._sending -= 1
            if not self._sending:
                self._go_on()

    async def turn(self) -> None:
        """Return when `MOST` have sent, when nobody is sending any more, or after `LONGEST_S`."""
        if not self._sending:
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        if len(self._waiting) >= MOST:
            self._go_on()
        await asyncio.wait([waiting], timeout=LONGEST_S)
        if not waiting.done():
            self._go_on()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)
