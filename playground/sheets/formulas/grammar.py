"""Formulas as text: tokens, the tree, and the two ways of writing them (en_US and with a decimal comma)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from playground.sheets.locales import Locale

_TITLE = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_REFERENCE = (
    rf"(?:{_TITLE})?(?:\$?[A-Za-z]{{1,3}}\$?[1-9]\d*(?::\$?[A-Za-z]{{1,3}}(?:\$?[1-9]\d*)?)?"
    rf"|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9]\d*:\$?[1-9]\d*)(?![\w(.!])"
)
_SHAPES = (
    ("space", r"\s+"),
    ("text", r'"(?:[^"]|"")*"'),
    ("error", r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"),
    ("reference", _REFERENCE),
    ("number", r"(?:\d+(?:DECIMAL\d*)?|DECIMAL\d+)(?:[eE][+-]?\d+)?"),
    ("name", rf"(?:{_TITLE})?[^\W\d][\w.]*"),
    ("operator", r"<>|<=|>=|[-+*/^&=<>%]"),
    ("open", r"\("),
    ("close", r"\)"),
    ("separator", r"[,;]"),
    ("other", r"."),
)


class Token(NamedTuple):
    kind: str
    text: str


class Node(NamedTuple):
    """`kind`: number, text, error, reference, name, call, unary, binary, percent, nothing."""

    kind: str
    value: str = ""
    parts: tuple[Node, ...] = ()


class FormulaParseError(Exception):
    pass


@lru_cache(maxsize=4)
def _pattern(decimal: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{kind}>{shape})" for kind, shape in _SHAPES)
    return re.compile(groups.replace("DECIMAL", re.escape(decimal)), re.DOTALL)


def tokens(text: str, decimal: str = ".") -> list[Token]:
    """The tokens of a formula without its leading `=`."""
    return [Token(str(found.lastgroup), found.group()) for found in _pattern(decimal).finditer(text)]


def stored_formula(text: str, words: Locale) -> str:
    """What was typed in the locale, in the grammar of en_US."""
    if words.decimal == ".":
        return text
    return "=" + "".join(_rewritten(token, words.decimal, ".", ";", ",") for token in tokens(text[1:], words.decimal))


def shown_formula(text: str, words: Locale) -> str:
    """What is stored, in the grammar of the locale."""
    if words.decimal == ".":
        return text
    return "=" + "".join(_rewritten(token, ".", words.decimal, ",", ";") for token in tokens(text[1:]))


def _rewritten(token: Token, decimal: str, new_decimal: str, separator: str, new_separator: str) -> str:
    if token.kind == "number":
        return token.text.replace(decimal, new_decimal)
    return new_separator if token.kind == "separator" and token.text == separator else token.text


@lru_cache(maxsize=2048)
def parsed(text: str) -> Node:
    """The tree of a stored formula; FormulaParseError when it has none."""
    parser = _Parser([token for token in tokens(text[1:]) if token.kind != "space"])
    node = parser.comparison()
    if parser.here is not None:
        raise FormulaParseError(text)
    return node


_LEVELS = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


class _Parser:
    def __init__(self, listed: list[Token]) -> None:
        self.listed = listed
        self.position = 0

    @property
    def here(self) -> Token | None:
        return self.listed[self.position] if self.position < len(self.listed) else None

    def take(self, kind: str, *texts: str) -> Token | None:
        token = self.here
        if token is None or token.kind != kind or (texts and token.text not in texts):
            return None
        self.position += 1
        return token

    def comparison(self) -> Node:
        return self.level(0)

    def level(self, depth: int) -> Node:
        if depth == len(_LEVELS):
            return self.unary()
        left = self.level(depth + 1)
        while operator := self.take("operator", *_LEVELS[depth]):
            left = Node("binary", operator.text, (left, self.level(depth + 1)))
        return left

    def unary(self) -> Node:
        if sign := self.take("operator", "-", "+"):
            return Node("unary", sign.text, (self.unary(),))
        node = self.atom()
        while self.take("operator", "%"):
            node = Node("percent", "%", (node,))
        return node

    def atom(self) -> Node:
        token = self.here
        if token is None or token.kind not in {"number", "text", "error", "reference", "name", "open"}:
            raise FormulaParseError(str(token))
        self.position += 1
        if token.kind == "open":
            node = self.comparison()
            if not self.take("close"):
                raise FormulaParseError("a bracket is missing")
            return node
        if token.kind == "text":
            return Node("text", token.text[1:-1].replace('""', '"'))
        if token.kind == "name" and self.take("open"):
            return Node("call", token.text.upper(), self.arguments())
        return Node(token.kind, token.text)

    def arguments(self) -> tuple[Node, ...]:
        if self.take("close"):
            return ()
        found: list[Node] = []
        while True:
            token = self.here
            empty = token is not None and token.kind in {"separator", "close"}
            found.append(Node("nothing") if empty else self.comparison())
            if self.take("close"):
                return tuple(found)
            if not self.take("separator"):
                raise FormulaParseError("a comma is missing")
