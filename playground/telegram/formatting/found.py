"""Entities that Telegram finds by itself in any text: commands, links, mentions, tags, addresses, phones."""

from __future__ import annotations

import re

from playground.telegram.errors import Json
from playground.telegram.formatting import utf16

_ZONES = "ru|рф|com|org|net|io|me|app|dev|info|su|online|site|shop|store|biz|pro|ai|eu|uk|de|kz|by"
_HOST = rf"(?:[\w-]+\.)+(?:{_ZONES})"
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[a-zA-Z]{2,}(?!\w)")),
    ("url", re.compile(r"(?<!\w)https?://[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]]")),
    ("url", re.compile(rf"(?<![\w@/.]){_HOST}(?!\w|\.\w)(?:/[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]])?", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?!\w)")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{8,16}\d(?!\w)")),
)


def find(text: str) -> list[Json]:
    """In the order of the text; none overlaps another."""
    taken: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if all(end <= other_begin or begin >= other_end for other_begin, other_end, _ in taken):
                taken.append((begin, end, kind))
    return [
        {"offset": utf16.length(text[:begin]), "length": utf16.length(text[begin:end]), "type": kind}
        for begin, end, kind in sorted(taken)
    ]
