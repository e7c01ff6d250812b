"""What has left and does not stand in the sheet yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from shared.ports import Clock
from shared.usecases.memory.recent import Recent

T = TypeVar("T")


class Unrecorded:
    """A message is not sent again because the write that notes it failed, and its event came once more."""

    def __init__(self, clock: Clock) -> None:
        self._left: Recent[tuple[Any]] = Recent(clock)

    async def once(self, key: str, send: Callable[[], Awaitable[T]]) -> T:
        """What `send` gives; where it was called for this key and nothing was recorded since, what it gave then."""
        given: tuple[T] = self._left.get(key) or (await send(),)
        self._left.put(key, given)
        return given[0]

    def recorded(self, key: str) -> None:
        self._left.forget(key)
