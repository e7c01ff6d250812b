"""Values of the last minutes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

from shared.ports import Clock

T = TypeVar("T")
KEPT_S = 600.0
KEPT = 5_000


class Recent(Generic[T]):
    """The newest `KEPT` values, each for `kept_s` seconds."""

    def __init__(self, clock: Clock, *, kept_s: float = KEPT_S) -> None:
        self._clock = clock
        self._kept_s = kept_s
        self._values: OrderedDict[str, tuple[float, T]] = OrderedDict()

    def get(self, key: str) -> T | None:
        kept = self._values.get(key)
        if kept is None or self._clock.now() - kept[0] > self._kept_s:
            return None
        return kept[1]

    def holds(self, key: str) -> bool:
        return self.get(key) is not None

    def put(self, key: str, value: T) -> None:
        self._values[key] = (self._clock.now(), value)
        self._values.move_to_end(key)
        while len(self._values) > KEPT:
            self._values.popitem(last=False)

    def forget(self, key: str) -> None:
        self._values.pop(key, None)
