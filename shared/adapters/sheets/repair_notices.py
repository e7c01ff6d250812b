"""What only a person can repair, while the bot goes on without it: noted by adapters, for the admins to be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.ports import NeedsRepair


@dataclass(frozen=True, slots=True)
class RepairNotices:
    """Failures that were handled by going on, each place and problem once until it is taken."""

    _noted: dict[tuple[str, str], NeedsRepair] = field(default_factory=dict)

    def note(self, failure: NeedsRepair) -> None:
        self._noted[failure.place, failure.problem] = failure

    def take(self) -> list[NeedsRepair]:
        """Return what was noted since the last call."""
        noted = list(self._noted.values())
        self._noted.clear()
        return noted
