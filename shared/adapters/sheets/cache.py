"""What is read seldom and needed always: kept for a while, refreshed by one reader, served stale when Sheets fails.

Who finds the value too old waits for the read; everybody who comes meanwhile shares it. Nothing is refreshed behind an
answer that has gone out: a function has no processor then, and a login that was withdrawn would live on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from shared.adapters.sheets.breaker import Breaker
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.repair_notices import RepairNotices
from shared.ports import BotError, Clock, Log, NeedsRepair, Refused

T = TypeVar("T")
FRESH_S = 300.0
RETRY_S = 30.0
"""For so long after a failure the stale value is served without asking again."""
PATIENCE_S = 2.0
"""Where a stale value is at hand, nobody waits longer for a read. It goes on, and whoever comes after it has it.

A partner's message may need three caches, one after the other.
"""


class Cached(Generic[T]):
    def __init__(
        self,
        load: Callable[[Purpose], Awaitable[T]],
        *,
        name: str,
        clock: Clock,
        log: Log,
        notices: RepairNotices,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """`notices`: gets what only a person can repair, while an older value is served."""
        self._load = load
        self._name = name
        self._clock = clock
        self._log = log
        self._notices = notices
        self._patience_s = patience_s
        self._value: T | None = None
        self._read_at = float("-inf")
        self._failed_at = float("-inf")
        self._reading: asyncio.Task[T] | None = None
        self._breaker = Breaker(clock.now)
        self.broken: NeedsRepair | None = None
        """Why the newest read failed, where only a person can repair that; a stale value may be served meanwhile."""

    async def get(self, *, max_age_s: float = FRESH_S, purpose: Purpose = Purpose.REFRESH) -> T:
        """The value, at most `max_age_s` old unless Sheets fails. BotError only when there is none at all."""
        if self._value is not None and (self._is_since(self._read_at, max_age_s) or self._failed_just_now()):
            return self._value
        reading = self._read_once(Purpose.TAB if self._value is None else purpose)
        if self._value is None:
            return await asyncio.shield(reading)
        done, _ = await asyncio.wait([reading], timeout=self._patience_s)
        if not done and not self._failed_just_now():
            self._failed_at = self._clock.now()
            self._log.warning("served_stale", what=self._name, error="the read takes long")
        return self._value

    async def anew(self, *, max_age_s: float = 0.0) -> T:
        """The value as it is now: never what an earlier read, still under way, will bring. BotError when it fails."""
        if self._value is not None and self._is_since(self._read_at, max_age_s):
            return self._value
        earlier = self._reading
        if earlier and not earlier.done():
            await asyncio.wait([earlier])
        later = self._reading if self._reading is not earlier else None
        return await asyncio.shield(later or self._read_once(Purpose.TAB))

    def _is_since(self, at: float, seconds: float) -> bool:
        return 0 <= self._clock.now() - at < seconds

    def _failed_just_now(self) -> bool:
        return self._failed_at > self._read_at and self._is_since(self._failed_at, RETRY_S)

    def _read_once(self, purpose: Purpose) -> asyncio.Task[T]:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._refresh(purpose))
            # those who wait may all have given up; nobody else takes the failure then
            self._reading.add_done_callback(lambda read: read.cancelled() or read.exception())
        return self._reading

    async def _refresh(self, purpose: Purpose) -> T:
        """NeedsRepair without a call while the breaker is open."""
        with self._breaker.attempt(self._name):
            return await self._loaded(purpose)

    async def _loaded(self, purpose: Purpose) -> T:
        """The age counts from before the read: what changes during it is not in it."""
        began = self._clock.now()
        try:
            value = await self._load(purpose)
        except Exception as error:
            if isinstance(error, NeedsRepair):
                self._note(error)
            self._failed_at = self._clock.now()
            passing = isinstance(error, BotError) and not isinstance(error, Refused | NeedsRepair)
            report = self._log.warning if passing else self._log.error
            # the text of another error may hold what stands in a cell
            said = str(error) if isinstance(error, BotError) else type(error).__name__
            report("served_stale" if self._value is not None else "not_read", what=self._name, error=said)
            raise
        self._value, self._read_at, self.broken = value, began, None
        return value

    def _note(self, failure: NeedsRepair) -> None:
        """Without an older value every caller gets the exception, and reports it."""
        self.broken = failure
        if self._value is not None:
            self._notices.note(failure)
