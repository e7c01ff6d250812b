"""Characters that nobody sees: Unicode's format characters, blank letters, control characters.

They come with what people paste. They count as nothing when a text is compared, parsed or asked whether it is empty.
A text that is shown or sent keeps them, because emoji consist of them too: zero width joiners, variation selectors.
"""

from __future__ import annotations

import re

# Spelt out: apps_script/Code.gs has the same characters, and its Unicode may be of another year. White space is none
# of them: it separates words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U00013440\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def without_invisible(text: str) -> str:
    """Return the text without the characters that nobody sees; white space stays."""
    return _INVISIBLE.sub("", text)


def plain_word(cell: str) -> str:
    """Return a word that people choose or type, as it is compared: small letters, one blank between words."""
    return " ".join(without_invisible(cell).casefold().split())


def plain_phrase(text: str) -> str:
    """Return a phrase as it is compared: as `plain_word` does, and «ё» as «е»."""
    return plain_word(text).replace("ё", "е")


def says_nothing(text: str) -> bool:
    """Return whether the text has nothing but white space and characters that nobody sees."""
    return not without_invisible(text).strip()


def typed(cell: str) -> str:
    """Return the cell unchanged, or "" where it has no visible character."""
    return "" if says_nothing(cell) else cell
