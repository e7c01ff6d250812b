"""Work that must not be done twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from shared.ports import Unavailable

T = TypeVar("T")


class Once:
    """The same work asked for twice at the same time is done once; the second waits for the first."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Future[None]] = {}

    async def run(self, key: str, work: Callable[[], Awaitable[T]]) -> T | None:
        """Return the work's result, or None when the same work was running already and has ended well.

        A second caller gets the first one's error; Unavailable when the first one was cancelled.
        """
        if key in self._running:
            # Shielded: a second caller that is cancelled must not cancel what the first one still has to set.
            await asyncio.shield(self._running[key])
            return None
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._running[key] = done
        try:
            result = await work()
        except BaseException as error:
            done.set_exception(error if isinstance(error, Exception) else Unavailable("the first caller was cancelled"))
            done.exception()
            raise
        else:
            done.set_result(None)
            return result
        finally:
            del self._running[key]
