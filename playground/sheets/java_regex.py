"""Java's regular expressions in terms of Python's `re`.

Known and refused rather than misread: intersections other than one `&&`, `\\G`, `\\X`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playground.sheets.java_classes import CLASSES, OUTSIDE, UNICODE, outside, property_body

_LINE_END = r"\n\r\u0085\u2028\u2029"
_WORD = f"[{CLASSES['w']}]"


class JavaRegexError(ValueError):
    """What is wrong with a pattern or a replacement."""


def compiled(pattern: str, *, ignore_case: bool) -> re.Pattern[str]:
    """JavaRegexError for a pattern that Java, or this translation, does not take."""
    try:
        text = _Translation(pattern, ignore_case=ignore_case).result()
        return re.compile(text, re.IGNORECASE if ignore_case else 0)
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise JavaRegexError(f"Invalid regular expression: {pattern} ({error})") from None


class _Translation:
    def __init__(self, pattern: str, *, ignore_case: bool) -> None:
        self.pattern = pattern
        self.position = 0
        self.flags: set[str] = {"i", "u"} if ignore_case else set()
        self.scopes: list[tuple[set[str], int, str]] = []
        self.opened = 0
        self.behind = ""

    def result(self) -> str:
        out: list[str] = []
        while self.position < len(self.pattern):
            out.append(self.next())
        if self.scopes:
            raise JavaRegexError(f"Unclosed group near index {len(self.pattern)}")
        return "".join(out) + ")" * self.opened

    def next(self) -> str:
        char = self.pattern[self.position]
        self.position += 1
        if "x" in self.flags and (char.isspace() or char == "#"):
            if char == "#":
                end = self.pattern.find("\n", self.position)
                self.position = len(self.pattern) if end < 0 else end + 1
            return ""
        handlers: dict[str, Callable[[], str]] = {
            "\\": self.escape,
            "[": self.character_class,
            "(": self.group,
            ")": self.close,
            "{": self.repetition,
            "|": self.alternative,
            ".": lambda: r"[\s\S]" if "s" in self.flags else f"[^{_LINE_END}]",
            "^": lambda: r"(?:(?<=\n)|\A)" if "m" in self.flags else r"\A",
            "$": lambda: r"(?=\n|\Z)" if "m" in self.flags else r"(?=(?:\r\n|[\n\r\u0085\u2028\u2029])?\Z)",
        }
        handler = handlers.get(char)
        return handler() if handler else char

    def escape(self) -> str:
        char = self.pattern[self.position]
        self.position += 1
        if char == "Q":
            end = self.pattern.find(r"\E", self.position)
            literal = self.pattern[self.position : len(self.pattern) if end < 0 else end]
            self.position = len(self.pattern) if end < 0 else end + 2
            return re.escape(literal)
        if char in "bB" and "U" in self.flags:
            return f"\\{char}"
        simple = {
            "z": r"\Z",
            "Z": r"(?=(?:\r\n|[\n\r\u0085\u2028\u2029])?\Z)",
            "R": r"(?:\r\n|[\n\x0b\f\r\u0085\u2028\u2029])",
            "b": rf"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
            "B": rf"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
            "E": "",
        }
        if char in simple:
            return simple[char]
        if char == "k":
            return f"(?P={self.braced('<', '>')})"
        if char in "123456789":
            return f"(?:\\{char})"
        return self.in_class(char, alone=True)

    def in_class(self, char: str, *, alone: bool) -> str:
        """An escape that may stand inside brackets too; alone it gets brackets of its own."""
        if char in UNICODE and "U" in self.flags:
            return UNICODE[char]
        if char.lower() in CLASSES:
            if char.isupper() and alone:
                return f"[^{CLASSES[char.lower()]}]"
            body = CLASSES.get(char) or OUTSIDE.get(char)
            if body is None:
                raise JavaRegexError(f"\\{char} inside a character class is not emulated")
            return f"[{body}]" if alone else body
        if char in "pP":
            return self.property(char, alone=alone)
        if char == "x" and self.pattern[self.position : self.position + 1] == "{":
            return re.escape(chr(int(self.braced("{", "}"), 16)))
        widths = {"x": 2, "u": 4}
        if char in widths:
            digits = self.pattern[self.position : self.position + widths[char]]
            self.position += widths[char]
            return re.escape(self.with_low_surrogate(int(digits, 16)))
        if char in "tnrfa":
            return f"\\{char}"
        if char == "e":
            return r"\x1b"
        if char == "0":
            found = re.compile("[0-3]?[0-7]{1,2}").match(self.pattern, self.position)
            if found is None:
                raise JavaRegexError("Illegal octal escape sequence")
            self.position = found.end()
            return re.escape(chr(int(found.group(), 8)))
        if char.isalpha() and char.isascii():
            raise JavaRegexError(f"Illegal/unsupported escape sequence: \\{char}")
        return re.escape(char)

    def property(self, char: str, *, alone: bool) -> str:
        following = self.pattern[self.position]
        if following == "{":
            name = self.braced("{", "}")
        else:
            name, self.position = following, self.position + 1
        body = property_body(name)
        if body is None:
            raise JavaRegexError(f"Unknown character property name {{{name}}}")
        if alone:
            return f"[{'^' if char == 'P' else ''}{body}]"
        return outside(body) if char == "P" else body

    def with_low_surrogate(self, code: int) -> str:
        """Two escapes of a surrogate pair are one character in Java."""
        low = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})").match(self.pattern, self.position)
        if not 0xD800 <= code < 0xDC00 or low is None:
            return chr(code)
        self.position = low.end()
        return chr(0x10000 + (code - 0xD800) * 0x400 + int(low.group(1), 16) - 0xDC00)

    def repetition(self) -> str:
        counts = re.compile(r"\d+(?:,\d*)?\}").match(self.pattern, self.position)
        if counts is None:
            raise JavaRegexError(f"Illegal repetition near index {self.position - 1}")
        self.position = counts.end()
        return "{" + counts.group()

    def alternative(self) -> str:
        """Python's look-behind wants one width: each alternative gets one of its own."""
        if not self.behind:
            return "|"
        return ")|(?<=" if self.behind == "(?<=" else ")(?<!"

    def braced(self, opening: str, closing: str) -> str:
        end = self.pattern.find(closing, self.position)
        if self.pattern[self.position : self.position + 1] != opening or end < 0:
            raise JavaRegexError(f"Unclosed {opening} near index {self.position}")
        name = self.pattern[self.position + 1 : end]
        self.position = end + 1
        return name

    def character_class(self) -> str:
        body, negated, also = self.class_body()
        mark = "^" if negated else ""
        return f"(?:{also}[{mark}{body}])" if also else f"[{mark}{body}]"

    def class_body(self) -> tuple[str, bool, str]:
        """Body, whether it is negated, and a lookahead that stands for an intersection."""
        negated = self.pattern[self.position] == "^"
        self.position += negated
        body, first = "", True
        while True:
            char = self.pattern[self.position]
            self.position += 1
            if char == "]" and not first:
                return body, negated, ""
            first = False
            if char == "[":
                inner, inner_negated, also = self.class_body()
                if inner_negated or also:
                    raise JavaRegexError("A negated class inside a class is not emulated")
                body += inner
            elif char == "&" and self.pattern[self.position] == "&":
                self.position += 1
                return body, negated, f"(?={self.rest_of_class()})"
            elif char == "\\":
                escaped = self.pattern[self.position]
                self.position += 1
                body += self.in_class(escaped, alone=False)
            else:
                body += re.escape(char) if char in "&~|[" else char

    def rest_of_class(self) -> str:
        if self.pattern[self.position] == "[":
            self.position += 1
            inner, negated, also = self.class_body()
            if also or self.pattern[self.position] != "]":
                raise JavaRegexError("A second intersection is not emulated")
            self.position += 1
            return f"[{'^' if negated else ''}{inner}]"
        inner, negated, also = self.class_body()
        if also:
            raise JavaRegexError("A second intersection is not emulated")
        return f"[{'^' if negated else ''}{inner}]"

    def group(self) -> str:
        self.scopes.append((set(self.flags), self.opened, self.behind))
        self.behind = ""
        if self.pattern[self.position : self.position + 1] != "?":
            self.opened = 0
            return "("
        flags = re.compile(r"\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])").match(self.pattern, self.position)
        if flags:
            return self.flagged(flags)
        named = re.compile(r"\?<([a-zA-Z][a-zA-Z0-9]*)>").match(self.pattern, self.position)
        if named:
            self.position, self.opened = named.end(), 0
            return f"(?P<{named.group(1)}>"
        look = re.compile(r"\?(?:<?[=!]|>)").match(self.pattern, self.position)
        if look is None:
            raise JavaRegexError(f"Unknown inline modifier near index {self.position}")
        self.position, self.opened = look.end(), 0
        opening = f"({look.group()}"
        if "<" not in opening:
            return opening
        self.behind, self.opened = opening, int(opening == "(?<=")
        return f"(?:{opening}" if self.opened else opening

    def flagged(self, found: re.Match[str]) -> str:
        on, off, end = set(found.group(1)), set(found.group(2) or ""), found.group(3)
        unknown = (on | off) - set("idmsuxU")
        if unknown:
            raise JavaRegexError(f"Unknown inline modifier {''.join(sorted(unknown))}")
        self.position = found.end()
        opening = _opening(flags := (self.flags | on) - off, off)
        if end == ")":
            _, opened, self.behind = self.scopes.pop()
            if self.behind:
                raise JavaRegexError("Flags inside a look-behind are not emulated")
            self.flags, self.opened = flags, opened + 1
            return opening
        self.flags, self.opened = flags, 0
        return opening

    def close(self) -> str:
        if not self.scopes:
            raise JavaRegexError(f"Unmatched closing ')' near index {self.position - 1}")
        extra = ")" * self.opened
        self.flags, self.opened, self.behind = self.scopes.pop()
        return extra + ")"


def _opening(flags: set[str], off: set[str]) -> str:
    """Without `u`, Java folds the case of ASCII letters only."""
    if "i" in flags:
        return "(?ui:" if "u" in flags or "U" in flags else "(?ai:"
    return "(?-i:" if "i" in off else "(?:"
