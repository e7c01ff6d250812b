"""The history cell: a head line, then what was said, newest first.

    № 7K3Q · 22.11.2026 14:03 · x7f3k2
    22.11.2026 14:03 · Помощник: Логотипы лежат в кабинете.
    22.11.2026 14:02 · Анна Белова: Где взять логотип?
      И в каком формате?

Lines of one text after the first are indented, so that no text can look like somebody's line. Where the oldest lines
have moved to the archive (archive.py), the last line says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.invisible import typed

STAMP = "%d.%m.%Y %H:%M"
LONGEST = 20_000
_INDENT = "  "
_HEAD = re.compile(r"№ (?P<number>[0-9A-Z]{4}) · \d\d\.\d\d\.\d{4} \d\d:\d\d · (?P<token>[0-9a-z]{6})")
_LINE = re.compile(r"(?P<at>\d\d\.\d\d\.\d{4} \d\d:\d\d) · (?P<author>[^:\n]{1,80}): ?(?P<text>.*)")
_MOVED = re.compile(r"⋯ строки 1–(?P<last>\d{1,6}): вкладка «Архив»")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Author(StrEnum):
    """Authors that are not a partner's name."""

    ASSISTANT = "Помощник"
    BOT = "Бот"
    SPECIALIST = "Специалист"
    PARTNER = "Партнёр"
    """Where no name is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`at` is the partners' local time, to the minute."""

    at: datetime
    author: str
    text: str

    def written(self) -> str:
        text = clean(self.text).replace("\n", "\n" + _INDENT)
        return f"{self.at.strftime(STAMP)} · {author_name(self.author)}: {text}"


def head(*, number: str, at: datetime, token: str) -> str:
    """The head line; its random token makes the cell a version that can be compared."""
    return f"№ {number} · {at.strftime(STAMP)} · {token}"


def head_of(cell: str) -> str | None:
    """The head line as it stands in the cell, or None when a person took it away."""
    found = _HEAD.match(cell)
    return found[0] if found else None


def token_of(head_line: str) -> str | None:
    found = _HEAD.match(head_line)
    return found["token"] if found else None


def number_of(head_line: str) -> str | None:
    """The number of the appeal that a head line belongs to; None when it is none."""
    found = _HEAD.match(head_line)
    return found["number"] if found else None


def print_of(line: Line) -> str:
    """A short hash of the first row of a line: it is recognised by that where its text is not at hand."""
    return _print(line.written().split("\n", 1)[0])


def has_print(cell: str, wanted: str) -> bool:
    """Does a line with that print stand in the cell?"""
    return any(_print(row) == wanted for row in cell.split("\n"))


def on_top(head_line: str, lines: tuple[Line, ...]) -> str:
    """A new head with new lines (oldest first, as said) above what follows in the cell."""
    return "\n".join([head_line, *(line.written() for line in reversed(lines))])


def by_role(lines: Iterable[Line], partner: Container[str]) -> tuple[Line, ...]:
    """Return the lines with an `Author` in place of each name.

    `partner`: the partner's names. Any other name is a specialist's.
    """
    ours = (Author.ASSISTANT, Author.BOT)
    return tuple(
        line
        if line.author in ours
        else replace(line, author=Author.PARTNER if line.author in partner else Author.SPECIALIST)
        for line in lines
    )


def parse(cell: str) -> tuple[Line, ...]:
    """The lines of a cell, newest first. What people typed between them belongs to the line above."""
    lines: list[Line] = []
    for raw in cell.split("\n"):
        if _HEAD.fullmatch(raw) or _MOVED.fullmatch(raw):
            continue
        if line := _line(raw):
            lines.append(line)
        elif lines:
            last = lines[-1]
            text = f"{last.text}\n{raw.removeprefix(_INDENT)}"
            lines[-1] = Line(at=last.at, author=last.author, text=text)
    return tuple(lines)


def opener(cell: str) -> str | None:
    """Whose line opened the appeal; None where that line has moved to the archive."""
    last_row = cell.rstrip().rsplit("\n", 1)[-1]
    lines = () if moved_lines(last_row) else parse(cell)
    return lines[-1].author if lines else None


def moved_note(last: int) -> str:
    """What stands under the lines of a cell whose lines 1 to `last`, counted from the oldest, are in the archive."""
    return f"⋯ строки 1–{last}: вкладка «Архив»"


def moved_lines(last_row: str) -> int | None:
    """How many lines the note tells of; None when this is no such note."""
    found = _MOVED.fullmatch(last_row)
    return int(found["last"]) if found else None


def starts_line(row: str) -> bool:
    """Does somebody's line begin here?"""
    return _line(row) is not None


def clean(text: str) -> str:
    """A text as a cell can hold it: no control characters, no halves of characters, one kind of line break."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def size(text: str) -> int:
    """What a cell's limit counts: UTF-16 units, two for an emoji."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str) -> str:
    """A reply as a line can hold it; the whole of a longer one stands in its own cell."""
    if size(text) <= LONGEST:
        return text
    return f"{text.encode('utf-16-le')[: LONGEST * 2].decode('utf-16-le', 'ignore')}… (целиком в ячейке ответа)"


def author_name(name: str) -> str:
    """A name as the line's format can hold it: one line, no colon."""
    plain = " ".join(clean(name).replace(":", " ").split())[:80]
    return typed(plain) or Author.PARTNER


def partner_name(name: str) -> str:
    """A partner's name as an author: never one of the bot's own, or their words would be taken for its."""
    plain = author_name(name)
    return Author.PARTNER if plain in list(Author) else plain


def _print(row: str) -> str:
    return hashlib.sha256(row.encode()).hexdigest()[:8]


def _line(row: str) -> Line | None:
    found = _LINE.fullmatch(row)
    at = _when(found["at"]) if found else None
    return Line(at=at, author=found["author"], text=found["text"]) if found and at else None


def _when(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, STAMP)
    except ValueError:
        return None
