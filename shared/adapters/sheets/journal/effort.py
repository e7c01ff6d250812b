"""What one change learns from its tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.adapters.sheets.journal.by_position import Overwritten
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.guard import Cell, Strayed
from shared.adapters.sheets.journal.skipped import InVain
from shared.domain.appeals import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A write whose answer was lost: where its row stood, and when."""

    row: int
    cells: Sequence[Cell]
    at: datetime


@dataclass(slots=True)
class Effort:
    """`missed`: how often the guard found nothing; `refused`: how often a write by position was not taken.

    `lost`: writes that nobody answered, and `damage`: what the tries did to other rows; both are to be looked after.
    """

    at_hand: Found | None = None
    """The row as the caller has it, for the first try."""
    tries: int = 0
    needs_history: bool = False
    """The change finds nothing to do, which the technical cell alone does not prove."""
    unsure: Edit | None = None
    """What a write wanted whose answer was lost: it may have been applied."""
    unguarded: bool = False
    """The guard does not see the row."""
    missed: InVain = field(default_factory=InVain)
    refused: InVain = field(default_factory=InVain)
    lost: list[Lost] = field(default_factory=list)
    damage: list[Strayed | Overwritten] = field(default_factory=list)
