"""Playground time: real time plus an offset that a person may move."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Clock:
    """Epoch seconds, shared by emulators, functions and due jobs."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self._moved = asyncio.Event()
        self._listeners: list[Callable[[float], None]] = []

    def now(self) -> float:
        return self._source() + self._offset

    @property
    def offset(self) -> float:
        return self._offset

    def on_move(self, listener: Callable[[float], None]) -> None:
        """`listener` gets the new offset in seconds whenever a person moves the clock."""
        self._listeners.append(listener)

    def set(self, now: float) -> None:
        self._move_to(now - self._source())

    def advance(self, seconds: float) -> None:
        self._move_to(self._offset + seconds)

    def reset(self) -> None:
        self._move_to(0.0)

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` of playground time have passed; a moved clock ends it early."""
        until = self.now() + seconds
        while (left := until - self.now()) > 0:
            moved = self._moved
            try:
                await asyncio.wait_for(moved.wait(), left)
            except TimeoutError:
                continue

    def _move_to(self, offset: float) -> None:
        self._offset = offset
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        for listener in self._listeners:
            listener(offset)
