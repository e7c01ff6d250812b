"""Dates as people type them into a sheet."""

from __future__ import annotations

from datetime import date, datetime

_FORMS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y", "%Y.%m.%d")


def parse_date(cell: str) -> date | None:
    """«1.12.2026», «01.12.26», «2026-12-01», with or without a time behind; None for anything else."""
    words = cell.strip().split()
    if not words:
        return None
    day = words[0].split("T")[0].rstrip(".,г")
    for form in _FORMS:
        try:
            return datetime.strptime(day, form).date()
        except ValueError:
            continue
    return None
