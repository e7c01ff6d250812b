"""The messages of one subscription that nobody has acknowledged."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import islice, takewhile

from playground.pubsub.messages import Message


@dataclass(slots=True, eq=False)
class Waiting:
    """A message on its way; `due` in epoch seconds. An echo is the second copy of a doubled message."""

    message: Message
    due: float
    key: str
    echo: bool = False
    attempts: int = 0


@dataclass(slots=True)
class Backlog:
    """Unordered messages are independent. Of those with one key the oldest is delivered, or with it those that follow;
    nothing more of the key until each of them is acknowledged or has failed."""

    _heap: list[tuple[float, int, Waiting]] = field(default_factory=list)
    _keys: dict[str, deque[Waiting]] = field(default_factory=dict)
    _out: Counter[str] = field(default_factory=Counter)
    _leases: dict[str, tuple[float, Waiting]] = field(default_factory=dict)
    _pushes: int = 0
    _count: int = 0

    def __len__(self) -> int:
        return self._count

    def add(self, waiting: Waiting) -> None:
        self._count += 1
        if waiting.key:
            queue = self._keys.setdefault(waiting.key, deque())
            queue.append(waiting)
            if queue[0] is not waiting:
                return
        self._offer(waiting)

    def take(self, now: float, oldest: float) -> Waiting | None:
        """The next message that is due; those published before `oldest` are forgotten."""
        while self._heap and self._heap[0][0] <= now:
            waiting = heapq.heappop(self._heap)[2]
            self._hand_out(waiting)
            if waiting.message.published >= oldest:
                return waiting
            self.done(waiting)
        return None

    def take_with(self, first: Waiting, limit: int, now: float) -> list[Waiting]:
        """At most so many due messages that follow one just taken under its key, in their order."""
        following = list(islice(self._keys.get(first.key, ()), 1, limit + 1))
        taken = list(takewhile(lambda waiting: waiting.due <= now, following))
        for waiting in taken:
            self._hand_out(waiting)
        return taken

    def next_due(self) -> float | None:
        return self._heap[0][0] if self._heap else None

    def retry(self, waiting: Waiting, due: float) -> None:
        waiting.due = due
        if waiting.key:
            self._given_back(waiting.key)
        else:
            self._offer(waiting)

    def done(self, waiting: Waiting) -> None:
        self._count -= 1
        if waiting.key:
            self._keys[waiting.key].remove(waiting)
            self._given_back(waiting.key)

    def lease(self, waiting: Waiting, ack_id: str, until: float) -> None:
        self._leases[ack_id] = (until, waiting)

    def extend(self, ack_id: str, until: float) -> None:
        if ack_id in self._leases:
            self._leases[ack_id] = (until, self._leases[ack_id][1])

    def acknowledge(self, ack_id: str) -> bool:
        """False when the lease is over: the message comes again."""
        _, waiting = self._leases.pop(ack_id, (0.0, None))
        if waiting:
            self.done(waiting)
        return waiting is not None

    def expired(self, now: float) -> list[Waiting]:
        """Pulled messages that nobody acknowledged in time; they are no longer leased."""
        over = [ack_id for ack_id, (until, _) in self._leases.items() if until <= now]
        return [self._leases.pop(ack_id)[1] for ack_id in over]

    def _hand_out(self, waiting: Waiting) -> None:
        waiting.attempts += 1
        if waiting.key:
            self._out[waiting.key] += 1

    def _given_back(self, key: str) -> None:
        """One of the key's messages is no longer out; after the last one the oldest that is left is next."""
        self._out[key] -= 1
        if self._out[key]:
            return
        del self._out[key]
        if self._keys[key]:
            self._offer(self._keys[key][0])
        else:
            del self._keys[key]

    def _offer(self, waiting: Waiting) -> None:
        self._pushes += 1
        heapq.heappush(self._heap, (waiting.due, self._pushes, waiting))
