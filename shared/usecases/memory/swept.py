"""What an instance knows about the replies in the sheet, so that most of a sweep is one read."""

from __future__ import annotations

from collections import OrderedDict

from shared.ports import Clock

KEPT = 20_000
ANNOUNCED_S = 900.0
"""An event that could not be dealt with comes again within ten minutes."""
LEFT_S = 3600.0
"""A row that takes no write is tried again after so long: somebody may have repaired it."""
TOLD_S = 86_400.0
SUSPECTED_S = 60.0
"""The event of a reply that was typed just now arrives within seconds."""


class Swept:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[str, str] = OrderedDict()
        self._announced: OrderedDict[str, float] = OrderedDict()
        self._suspected: dict[str, tuple[str, float]] = {}
        self._left: OrderedDict[str, float] = OrderedDict()
        self._told: OrderedDict[str, float] = OrderedDict()

    def knows(self, appeal: str, digest: str) -> bool:
        """Was this reply seen to be dealt with?"""
        return self._known.get(appeal) == digest

    def verify(self, appeal: str, digest: str) -> None:
        """Note that the reply with this digest has been dealt with."""
        self._left.pop(appeal, None)
        self._known[appeal] = digest
        self._known.move_to_end(appeal)
        _bounded(self._known)

    def announce(self, appeal: str) -> None:
        """Note that an event tells of the row."""
        self._announced[appeal] = self._clock.now()
        self._announced.move_to_end(appeal)
        _bounded(self._announced)

    def done(self, appeal: str) -> None:
        """Note that the event of the row has been dealt with."""
        self._announced.pop(appeal, None)

    def is_announced(self, appeal: str) -> bool:
        """Is an event being dealt with, or due to come again?"""
        return self._clock.now() - self._announced.get(appeal, float("-inf")) < ANNOUNCED_S

    def note_unwritable(self, appeal: str) -> None:
        """Note that Google refuses writes to the row: its reply is not sent for `LEFT_S`."""
        self._left[appeal] = self._clock.now()
        _bounded(self._left)

    def is_unwritable(self, appeal: str) -> bool:
        """Return whether Google refused a write to the row within the last `LEFT_S`."""
        return self._clock.now() - self._left.get(appeal, float("-inf")) < LEFT_S

    def untold(self, held: dict[str, str]) -> set[str]:
        """Return the appeals of those replies (appeal → digest) of which no admin was told for a day."""
        now = self._clock.now()
        return {
            appeal
            for appeal, digest in held.items()
            if now - self._told.get(f"{appeal} {digest}", float("-inf")) >= TOLD_S
        }

    def told(self, held: dict[str, str]) -> None:
        """Note that the admins were told of those replies (appeal → digest)."""
        for appeal, digest in held.items():
            self._told[f"{appeal} {digest}"] = self._clock.now()
        _bounded(self._told)

    def still_suspected(self, seen: dict[str, str]) -> set[str]:
        """Remember these undelivered replies (appeal → digest); return those that an earlier sweep saw as well."""
        now, before = self._clock.now(), self._suspected
        self._suspected = {
            appeal: before[appeal] if before.get(appeal, ("",))[0] == digest else (digest, now)
            for appeal, digest in seen.items()
        }
        return {appeal for appeal, (_, since) in self._suspected.items() if now - since >= SUSPECTED_S}


def _bounded(kept: OrderedDict[str, str] | OrderedDict[str, float]) -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)
