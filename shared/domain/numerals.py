"""Russian nouns after numbers."""

from __future__ import annotations


def counted(count: int, one: str, few: str, many: str) -> str:
    """Return the number with the noun in the form that belongs to it: «1 ошибка», «3 ошибки», «11 ошибок»."""
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return f"{count} {few}"
    return f"{count} {many}"
