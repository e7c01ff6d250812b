"""Telegram counts text in UTF-16 code units."""

from __future__ import annotations


def length(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def part(text: str, offset: int, size: int) -> str:
    """The piece of `size` code units at `offset`."""
    raw = text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + size)]
    return raw.decode("utf-16-le", "replace")


def boundaries(text: str) -> dict[int, int]:
    """Where characters begin: offset in code units → index in the string; the end of the text included."""
    found, at = {}, 0
    for index, char in enumerate(text):
        found[at] = index
        at += 2 if ord(char) > 0xFFFF else 1
    found[at] = len(text)
    return found
