"""Who still waits for which message: the bookkeeping that Google's emulator does not offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Key = tuple[str, str]
"""Short name of a subscription, id of a message."""


@dataclass(slots=True)
class Deliveries:
    _expected: set[Key] = field(default_factory=set)
    _early: set[Key] = field(default_factory=set)
    _failures: dict[Key, int] = field(default_factory=dict)

    def published(self, subscriptions: Iterable[str], message_id: str) -> None:
        for name in subscriptions:
            key = (name, message_id)
            if key in self._early:
                self._early.discard(key)
            else:
                self._expected.add(key)

    def ended(self, key: Key) -> None:
        """Delivered or dead; a push may end before its publisher has read the answer."""
        self._failures.pop(key, None)
        if key in self._expected:
            self._expected.discard(key)
        else:
            self._early.add(key)

    def failed(self, key: Key) -> int:
        """The number of failures so far."""
        self._failures[key] = self._failures.get(key, 0) + 1
        return self._failures[key]

    def attempts(self, key: Key) -> int:
        return self._failures.get(key, 0) + 1

    def none_left(self) -> bool:
        return not self._expected
