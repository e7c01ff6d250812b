"""What the adapters said in the log."""

from __future__ import annotations

from tests.sheets import Sheets


def logged(sheets: Sheets, *events: str) -> list[dict[str, object]]:
    """The details of every line about one of these events."""
    return [details for _, event, details in sheets.log.lines if event in events]
