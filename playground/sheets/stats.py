"""Counters since the last reset. Calls with the tools' token are not counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Stats:
    """A call refused for quota is counted under `errors` only."""

    reads: int = 0
    writes: int = 0
    bytes_read: int = 0
    errors: Counter[int] = field(default_factory=Counter)

    def as_json(self) -> dict[str, object]:
        return {
            "reads": self.reads,
            "writes": self.writes,
            "bytes_read": self.bytes_read,
            "errors": {str(status): count for status, count in sorted(self.errors.items())},
        }
