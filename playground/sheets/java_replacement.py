"""Java's replacement strings, as `Matcher.appendReplacement` reads them."""

from __future__ import annotations

import re
from collections.abc import Callable

from playground.sheets.java_regex import JavaRegexError


def replacement(template: str, pattern: re.Pattern[str]) -> Callable[[re.Match[str]], str]:
    """`$1`, `${name}` and the backslash as `Matcher.appendReplacement` reads them; JavaRegexError otherwise."""
    pieces: list[str | int] = []
    position = 0
    while position < len(template):
        char = template[position]
        position += 1
        if char == "\\":
            if position == len(template):
                raise JavaRegexError("character to be escaped is missing")
            pieces.append(template[position])
            position += 1
        elif char == "$":
            group, position = _group(template, position, pattern)
            pieces.append(group)
        else:
            pieces.append(char)
    return lambda found: "".join(piece if isinstance(piece, str) else (found.group(piece) or "") for piece in pieces)


def _group(template: str, position: int, pattern: re.Pattern[str]) -> tuple[int, int]:
    named = re.compile(r"\{([a-zA-Z][a-zA-Z0-9]*)\}").match(template, position)
    if named:
        if named.group(1) not in pattern.groupindex:
            raise JavaRegexError(f"No group with name {{{named.group(1)}}}")
        return pattern.groupindex[named.group(1)], named.end()
    if not template[position : position + 1].isdigit():
        raise JavaRegexError("Illegal group reference")
    number = int(template[position])
    if number > pattern.groups:
        raise JavaRegexError(f"No group {number}")
    position += 1
    while template[position : position + 1].isdigit() and number * 10 + int(template[position]) <= pattern.groups:
        number = number * 10 + int(template[position])
        position += 1
    return number, position
