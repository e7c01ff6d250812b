"""Work that must not be done twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class Once:
    """The same work asked for twice at the same time is done once; the second waits for the first."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Future[None]] = {}

    async def run(self, key: str, work: Callable[[], Awaitable[T]]) -> T | None:
        """The work's result; None for who came second, after the first has ended well."""
        if key in self._running:
            await self._running[key]
            return None
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._running[key] = done
        try:
            result = await work()
        except BaseException as error:
            done.set_exception(error)
            done.exception()
            raise
        else:
            done.set_result(None)
            return result
        finally:
            del self._running[key]
