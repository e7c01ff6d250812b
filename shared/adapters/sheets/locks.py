"""A lock for each appeal, forgotten when nobody holds it."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Locks:
    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, appeal_id: str) -> asyncio.Lock:
        lock = self._locks.get(appeal_id)
        if lock is None:
            lock = self._locks[appeal_id] = asyncio.Lock()
        return lock
