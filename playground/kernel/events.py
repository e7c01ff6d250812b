"""The event log: what happened in the world, in order, for the page and for `/control/events`."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from playground.kernel.clock import Clock

KEPT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    seq: int
    at: float
    source: str
    what: str
    details: Mapping[str, object]

    def as_json(self) -> dict[str, object]:
        return {"seq": self.seq, "at": self.at, "source": self.source, "what": self.what, **self.details}


class EventLog:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._seq = 0
        self._news = asyncio.Event()

    def record(self, source: str, what: str, **details: object) -> None:
        """`source` is a service («sheets», «telegram»…), `what` one thing that happened, in a few words."""
        self._seq += 1
        self._events.append(Event(seq=self._seq, at=self._clock.now(), source=source, what=what, details=details))
        news, self._news = self._news, asyncio.Event()
        news.set()

    def since(self, since: float = 0) -> list[Event]:
        """Events after a `seq`, or, from 1e9 on, after a moment in epoch seconds."""
        by_time = since >= 1e9
        return [event for event in self._events if (event.at if by_time else event.seq) > since]

    async def more(self) -> None:
        """Returns when something more has happened."""
        await self._news.wait()

    def clear(self) -> None:
        self._events.clear()
