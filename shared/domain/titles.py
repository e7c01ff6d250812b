"""The one rule by which the title of a column is read, whoever reads it.

apps_script/Code.gs holds the same rule as `plainTitle`; tests/titles.py lists titles on which both are tried.
"""

from __future__ import annotations

import re
import unicodedata

from shared.domain.invisible import without_invisible

# Spelt out, because «white space» is not the same set of characters in Python and in JavaScript.
_SPACES = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def plain_title(cell: str) -> str:
    """Return the title as the bot knows it.

    White space of any kind, line breaks among it, counts as one space between words and as nothing at either end.
    Characters that nobody sees (invisible.py) count as nothing, and a letter is the same letter however it is composed
    («й» in one character or in two).
    """
    visible = without_invisible(unicodedata.normalize("NFC", cell))
    return _SPACES.sub(" ", visible).strip(" ")
