"""What the bot relies on, a file for each family: each is tried on rows and with requests of the bot's own making."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ops.sheets_probe.assumptions import (
    appended,
    batches,
    characters,
    guarded,
    hidden,
    in_tables,
    marks,
    patterns,
    reading,
    typed,
)
from ops.sheets_probe.tab import Seen, Tab

Assumption = Callable[[Tab], Awaitable[Seen]]
FAMILIES = (guarded, hidden, characters, typed, patterns, batches, appended, marks, reading, in_tables)
ALL: tuple[Assumption, ...] = tuple(one for family in FAMILIES for one in family.ALL)
