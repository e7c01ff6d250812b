"""Titles of columns as people spell them, for everybody who reads titles: bot, script, check and set-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_GAPS = {
    "line break": "\n",
    "line break of Windows": "\r\n",
    "two spaces": "  ",
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "thin space": "\u2009",
    "ideographic space": "\u3000",
    "line separator": "\u2028",
    "tab": "\t",
    "next line": "\u0085",
    "space, zero width, space": " \u200b ",
}
_UNSEEN = {
    "zero width": "\u200b",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "left to right": "\u200e",
    "variation selector": "\ufe0f",
    "braille blank": "\u2800",
    "hangul filler": "\u3164",
    "control character": "\x01",
    "tag": "\U000e0041",
}


def spellings(title: str) -> Iterator[tuple[str, str]]:
    """Yield a name and a cell for each way of spelling the title that is still this title."""
    for name, gap in _GAPS.items():
        yield f"{name} between", title.replace(" ", gap)
        yield f"{name} around", f"{gap}{title}{gap}"
    for name, unseen in _UNSEEN.items():
        yield f"{name} inside", f"{title[:1]}{unseen}{title[1:]}"
        yield f"{name} around", f"{unseen}{title} {unseen}"
    yield "letters in two characters", unicodedata.normalize("NFD", title)


def others(title: str) -> Iterator[str]:
    """Yield cells that look like the title and are another one."""
    if title.swapcase() != title:
        yield title.swapcase()
    yield f"{title}."
    yield f"{title} 2"
    yield title.replace(title[0], {"О": "O", "С": "C", "Д": "D", "i": "\u0456"}.get(title[0], "?"), 1)
    if " " in title:
        yield title.replace(" ", "")
        yield title.replace(" ", "\u200b")


NAMES = [name for name, _ in spellings("Ответ специалиста")]
"""The ways of spelling, the same for each title."""


def spelt(title: str, name: str) -> str:
    """Return the title in that spelling."""
    return dict(spellings(title))[name]
