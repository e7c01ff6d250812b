"""What an instance knows about the notices of hand-overs, so that most sweeps read no state cell."""

from __future__ import annotations

from shared.ports import Clock
from shared.usecases.memory.recent import Recent

ANNOUNCED_S = 900.0
"""An event that could not be handled comes again within ten minutes."""


class Notices:
    """Hand-overs by the appeal's id and the local time since when its question waits."""

    def __init__(self, clock: Clock) -> None:
        self._told: Recent[str] = Recent(clock, kept_s=float("inf"))
        self._announced: Recent[str] = Recent(clock, kept_s=ANNOUNCED_S)

    def told(self, appeal: str, since: str) -> None:
        """Note that the specialists were told of the hand-over, or of a later one of the appeal."""
        self._told.put(appeal, since)

    def announced(self, appeal: str, since: str) -> None:
        """Note that an event of the hand-over was published, or arrived."""
        self._announced.put(appeal, since)

    def is_settled(self, appeal: str, since: str) -> bool:
        """Return whether the specialists were told, or an event is on its way to tell them."""
        return since in (self._told.get(appeal), self._announced.get(appeal))
