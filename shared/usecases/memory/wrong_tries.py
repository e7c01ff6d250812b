"""How often an account has tried to log in in vain."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from shared.ports import Clock
from shared.usecases.memory.recent import KEPT

TRIES = 5
WINDOW_S = 600.0


@dataclass(slots=True)
class Try:
    was_wrong: bool = False


class WrongTries:
    """Wrong codes and phones of an account in the last ten minutes. Per instance: n instances allow n times as many."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: OrderedDict[int, list[float]] = OrderedDict()

    def pause_s(self, chat: int) -> float:
        """Seconds until the account may try again; 0 when it may."""
        tries = self._recent(chat)
        if len(tries) < TRIES:
            return 0.0
        return max(0.0, tries[-TRIES] + WINDOW_S - self._clock.now())

    def count(self, chat: int) -> int:
        """Return how many wrong pairs the account has tried lately."""
        return len(self._recent(chat))

    @contextlib.contextmanager
    def counted(self, chat: int) -> Iterator[Try]:
        """A try counts while it is looked at, so that many at once are no way around; then if it was wrong."""
        at, tried = self._clock.now(), Try()
        self._add(chat, at)
        try:
            yield tried
        finally:
            if not tried.was_wrong and at in self._at.get(chat, []):
                self._at[chat].remove(at)

    def _add(self, chat: int, at: float) -> None:
        self._at[chat] = [*self._recent(chat), at]
        self._at.move_to_end(chat)
        while len(self._at) > KEPT:
            self._at.popitem(last=False)

    def _recent(self, chat: int) -> list[float]:
        return [at for at in self._at.get(chat, []) if self._clock.now() - at < WINDOW_S]
