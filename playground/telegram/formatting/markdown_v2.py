"""Parse mode MarkdownV2 (td/telegram/MessageEntity.cpp, parse_markdown_v2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.telegram.errors import ApiError, Json, bad_request, not_emulated
from playground.telegram.formatting.markdown import pre_head
from playground.telegram.formatting.marked import Marked, url_entity

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_QUOTE = "BlockQuote"
_CODE = ("Code", "Pre")
_ENDS = {
    "Bold": r"\*",
    "Italic": r"_(?!_)",
    "Underline": r"__",
    "Strikethrough": r"~",
    "Spoiler": r"\|\|",
    "Code": r"`",
    "Pre": r"```",
    "TextUrl": r"\]",
    "CustomEmoji": r"\]",
}
_STARTS = (
    ("Underline", "__"),
    ("Italic", "_"),
    ("Bold", "*"),
    ("Strikethrough", "~"),
    ("Spoiler", "||"),
    ("CustomEmoji", "!["),
    ("TextUrl", "["),
    ("Pre", "```"),
    ("Code", "`"),
)


@dataclass(frozen=True, slots=True)
class _Open:
    kind: str
    start: int
    at: int
    language: str = ""


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[_Open] = []
        self.marked = Marked()
        self.in_quote = False
        self.may_quote = True

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            self._step()
        if self.in_quote:
            self._end_of_text_in_quote()
        if self.open:
            raise self._unclosed()
        return self.marked.text, self.marked.entities

    def _step(self) -> None:
        char = self.text[self.at]
        inner = self.open[-1].kind if self.open else ""
        if char == "\\" and "\0" < self.text[self.at + 1 : self.at + 2] <= "~":
            self.at += 1
            self._add(self.text[self.at])
        elif char not in ("`" if inner in _CODE else _RESERVED):
            self._add(char)
        elif char == "\n":
            self._line_end()
        elif inner in _ENDS and (end := re.compile(_ENDS[inner]).match(self.text, self.at)):
            self.at = end.end()
            self._close(self.open.pop())
        elif char == ">" and self.may_quote:
            self._begin_quote_line()
        elif not self._ends_around_quote():
            self._begin(char)

    def _add(self, char: str) -> None:
        self.marked.add(char)
        self.at += 1
        if char != "\r":
            self.may_quote = char == "\n"

    def _begin_quote_line(self) -> None:
        if not self.in_quote:
            self.open.append(_Open(_QUOTE, self.marked.length, self.at))
        self.in_quote = True
        self.at += 1

    def _line_end(self) -> None:
        """A line without `>` below ends the quote; `||` right before it makes the quote expandable."""
        if self.in_quote and not self.text.startswith(">", self.at + 1):
            tail = self.text[self.open[-1].at : self.at]
            self._end_quote(expandable=self.open[-1].kind == "Spoiler" and tail in ("||", "||\r"))
        self._add("\n")

    def _end_of_text_in_quote(self) -> None:
        last = self.open[-1]
        self._end_quote(expandable=last.kind == "Spoiler" and last.at == len(self.text) - 2)

    def _end_quote(self, *, expandable: bool) -> None:
        if expandable:
            self.open.pop()
        if self.open[-1].kind != _QUOTE:
            raise self._unclosed()
        self.marked.entity("expandable_blockquote" if expandable else "blockquote", self.open.pop().start)
        self.in_quote = False

    def _ends_around_quote(self) -> bool:
        """The last mark of the text closes what was opened before the quote, and the quote with it."""
        if len(self.open) < 2 or self.open[-1].kind != _QUOTE:
            return False
        end = re.compile(_ENDS[self.open[-2].kind]).match(self.text, self.at)
        if end is None or end.end() < len(self.text):
            return False
        self._end_quote(expandable=False)
        self.at = end.end()
        self._close(self.open.pop())
        return True

    def _unclosed(self) -> ApiError:
        unclosed = self.open[-1]
        kind = "PreCode" if unclosed.language else unclosed.kind
        return self._error(f"Can't find end of {kind} entity at byte offset {self._byte(unclosed.at)}")

    def _begin(self, char: str) -> None:
        kind, mark = next(((k, m) for k, m in _STARTS if self.text.startswith(m, self.at)), ("", ""))
        if not kind:
            raise self._error(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        begin, language = self.at, ""
        self.at += len(mark)
        if kind == "Pre":
            self.at, language = pre_head(self.text, self.at)
        self.open.append(_Open(kind, self.marked.length, begin, language))

    def _close(self, opened: _Open) -> None:
        match opened.kind:
            case "TextUrl":
                address = self._address()
                if entity := url_entity(self.marked.since(opened.start) if address is None else address):
                    self.marked.entity(start=opened.start, **entity)
            case "CustomEmoji":
                address = self._address() or ""
                if address.startswith("tg://time"):
                    raise not_emulated("a date as tg://time")
                emoji = re.fullmatch(r"tg://emoji\?id=(\d+)", address)
                if emoji is None:
                    raise self._error("Custom emoji entity must contain a tg://emoji URL")
                self.marked.entity("custom_emoji", opened.start, custom_emoji_id=emoji[1])
            case "Pre" if opened.language:
                self.marked.entity("pre", opened.start, language=opened.language)
            case kind:
                self.marked.entity(kind.lower(), opened.start)

    def _address(self) -> str | None:
        """The `(…)` after a link's text; None when there is none."""
        if not self.text.startswith("(", self.at):
            return None
        begin = self.at + 1
        match = re.compile(r"((?:\\[\x01-\x7e]|[^)])*)\)").match(self.text, begin)
        if match is None:
            raise self._error(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self.at = match.end()
        return re.sub(r"\\([\x01-\x7e])", r"\1", match[1])

    def _byte(self, index: int) -> int:
        return len(self.text[:index].encode())

    def _error(self, what: str) -> ApiError:
        return bad_request(f"can't parse entities: {what}")


def parse(text: str) -> tuple[str, list[Json]]:
    """Text without marks, and its entities. ApiError 400 says what is not escaped or not closed."""
    return _Reader(text).read()
