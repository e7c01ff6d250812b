"""Long texts for short places. Lengths are in characters and include the mark of what was left out."""

from __future__ import annotations

from shared.domain import history

LEFT_OUT = "…"


def one_line(text: str) -> str:
    """Return the text as one line, each run of blanks and line breaks as one blank."""
    return " ".join(history.clean(text).split())


def truncate(text: str, longest: int) -> str:
    """Return the text with its end left out where it is longer than *longest*."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}{LEFT_OUT}"


def truncate_middle(text: str, longest: int) -> str:
    """Return the text with its middle left out where it is longer than *longest*."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]}{LEFT_OUT}{text[half - longest + 1 :]}"
