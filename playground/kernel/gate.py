"""Where all requests pass, so that nothing of a former world reaches the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    def __init__(self) -> None:
        self.shut = False
        self._inside: set[asyncio.Task[object]] = set()

    async def close(self) -> None:
        """Nobody comes in any more; returns when those inside are cut off."""
        self.shut = True
        inside = self._inside - {asyncio.current_task()}
        for task in inside:
            task.cancel()
        if inside:
            await asyncio.wait(inside)

    def open(self) -> None:
        self.shut = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """The current task is inside."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101
        self._inside.add(task)
        try:
            yield
        finally:
            self._inside.discard(task)
