"""What is read seldom and needed always: kept for a while, refreshed by one reader, served stale when Sheets fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from shared.ports import Clock, Log, Unavailable

T = TypeVar("T")
FRESH_S = 300.0


class Cached(Generic[T]):
    def __init__(self, load: Callable[[], Awaitable[T]], *, name: str, clock: Clock, log: Log) -> None:
        self._load = load
        self._name = name
        self._clock = clock
        self._log = log
        self._value: T | None = None
        self._loaded_at = float("-inf")
        self._loading: asyncio.Task[T] | None = None

    async def get(self, *, max_age_s: float = FRESH_S) -> T:
        """The value, at most `max_age_s` old unless Sheets fails. Unavailable only when there is none at all."""
        age = self._clock.now() - self._loaded_at
        if self._value is not None and 0 <= age < max_age_s:
            return self._value
        if self._loading is None:
            self._loading = asyncio.create_task(self._refresh())
        try:
            return await asyncio.shield(self._loading)
        except Unavailable as error:
            if self._value is None:
                raise
            self._log.warning("served_stale", what=self._name, error=str(error))
            return self._value

    def age(self) -> float:
        return self._clock.now() - self._loaded_at

    def put(self, value: T) -> None:
        """What this instance has just changed itself; the age stays."""
        self._value = value

    async def _refresh(self) -> T:
        try:
            value = await self._load()
            self._value, self._loaded_at = value, self._clock.now()
            return value
        finally:
            self._loading = None
