"""What every part of the journal works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.adapters.sheets.calls.workbook import Workbook
from shared.ports import Clock, Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """`token`: makes the version of a row that is written."""

    book: Workbook
    clock: Clock
    token: Callable[[], str]
    log: Log
