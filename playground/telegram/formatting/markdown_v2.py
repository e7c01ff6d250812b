"""Parse mode MarkdownV2 (td/telegram/MessageEntity.cpp, parse_markdown_v2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.telegram.errors import ApiError, Json, bad_request
from playground.telegram.formatting.markdown import pre_head
from playground.telegram.formatting.marked import Marked, url_entity

_RESERVED = "_*[]()~`>#+-=|{}.!"
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
        self.quote: int | None = None

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            self._step()
        if self.open:
            unclosed = self.open[-1]
            kind = "PreCode" if unclosed.language else unclosed.kind
            raise self._error(f"Can't find end of {kind} entity at byte offset {self._byte(unclosed.at)}")
        self._end_quote()
        return self.marked.text, self.marked.entities

    def _step(self) -> None:
        char = self.text[self.at]
        inner = self.open[-1].kind if self.open else ""
        if char == "\\" and "\0" < self.text[self.at + 1 : self.at + 2] <= "~":
            self.marked.add(self.text[self.at + 1])
            self.at += 2
        elif char not in ("`" if inner in _CODE else _RESERVED):
            if char == "\n" and not self.text.startswith(">", self.at + 1):
                self._end_quote()
            self.marked.add(char)
            self.at += 1
        elif inner and (end := re.compile(_ENDS[inner]).match(self.text, self.at)):
            self.at = end.end()
            self._close(self.open.pop())
        elif self._begins_quote_line():
            self.at += self.text[self.at :].index(">") + 1
            self.quote = self.marked.length if self.quote is None else self.quote
        elif self.quote is not None and re.compile(r"\|\|(?=\n(?!>)|$)").match(self.text, self.at):
            self._end_quote("expandable_blockquote")
            self.at += 2
        else:
            self._begin(char)

    def _begins_quote_line(self) -> bool:
        line_start = self.at == 0 or self.text[self.at - 1] == "\n"
        return line_start and self.text.startswith((">", "**>"), self.at)

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
                if entity := url_entity(self._address() or self.marked.since(opened.start)):
                    self.marked.entity(start=opened.start, **entity)
            case "CustomEmoji":
                emoji = re.fullmatch(r"tg://emoji\?id=(\d+)", self._address())
                if emoji is None:
                    raise self._error("Custom emoji entity must contain a tg://emoji URL")
                self.marked.entity("custom_emoji", opened.start, custom_emoji_id=emoji[1])
            case "Pre" if opened.language:
                self.marked.entity("pre", opened.start, language=opened.language)
            case kind:
                self.marked.entity(kind.lower(), opened.start)

    def _address(self) -> str:
        """The `(…)` after a link's text; empty when there is none."""
        if not self.text.startswith("(", self.at):
            return ""
        begin = self.at + 1
        match = re.compile(r"((?:\\[\x01-\x7e]|[^)])*)\)").match(self.text, begin)
        if match is None:
            raise self._error(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self.at = match.end()
        return re.sub(r"\\([\x01-\x7e])", r"\1", match[1])

    def _end_quote(self, kind: str = "blockquote") -> None:
        if self.quote is not None:
            self.marked.entity(kind, self.quote)
        self.quote = None

    def _byte(self, index: int) -> int:
        return len(self.text[:index].encode())

    def _error(self, what: str) -> ApiError:
        return bad_request(f"can't parse entities: {what}")


def parse(text: str) -> tuple[str, list[Json]]:
    """Text without marks, and its entities. ApiError 400 says what is not escaped or not closed."""
    return _Reader(text).read()
