"""Addresses of workbooks and of their cells in the browser."""

from __future__ import annotations


def book_address(spreadsheet: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit"


def range_address(spreadsheet: str, sheet: int, cells: str) -> str:
    """Return the address that opens the tab with these cells («C17», «7:7») selected; the tab alone without any."""
    chosen = f"&range={cells}" if cells else ""
    return f"{book_address(spreadsheet)}#gid={sheet}{chosen}"
