"""Work that must not be done twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from shared.ports import Unavailable

T = TypeVar("T")


class Once:
    """The same work asked for twice at the same time is done once; the second caller waits for the first."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Future[Any]] = {}

    def is_running(self, key: str) -> bool:
        return key in self._running

    async def run(self, key: str, work: Callable[[], Awaitable[T]]) -> T:
        """Return the work's result; all callers of the same work get the same one.

        A waiting caller gets the first one's error; Unavailable when the first one was cancelled.
        """
        if key in self._running:
            # Shielded: a waiting caller that is cancelled must not cancel what the first one still has to set.
            shared: T = await asyncio.shield(self._running[key])
            return shared
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._running[key] = done
        try:
            result = await work()
        except BaseException as error:
            done.set_exception(error if isinstance(error, Exception) else Unavailable("the first caller was cancelled"))
            done.exception()
            raise
        else:
            done.set_result(result)
            return result
        finally:
            del self._running[key]
