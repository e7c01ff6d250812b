"""A time in which nothing can be recorded."""

from __future__ import annotations

from shared.ports import Clock

OUTAGE_S = 60.0


class Outage:
    """Since when nothing could be recorded, and which chats were told."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: float | None = None
        self._told: set[int] = set()

    def over(self) -> None:
        self._since = None
        self._told.clear()

    def to_be_told(self, chat: int) -> bool:
        """Something failed again. True once for each chat, after a minute of it."""
        now = self._clock.now()
        self._since = now if self._since is None else self._since
        if now - self._since < OUTAGE_S or chat in self._told:
            return False
        self._told.add(chat)
        return True
