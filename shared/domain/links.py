"""Links as people type them into a sheet."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_link(cell: str) -> bool:
    """Only what a browser opens safely: https with a host, without spaces."""
    try:
        parts = urlsplit(cell.strip())
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(sign.isspace() for sign in cell.strip())
