"""Java's regular expressions."""

from __future__ import annotations

import pytest

from playground.sheets.java_regex import JavaRegexError, compiled
from playground.sheets.java_replacement import replacement


@pytest.mark.parametrize(
    ("pattern", "text", "template", "result"),
    [
        ("o.* (.*)", "Google Sheets", "$1 Rocks", "GSheets Rocks"),
        (r"\Q1+1\E", "1+1=2", "x", "x=2"),
        (r"(?<head>№ \w+)", "№ 7K3Q тест", "${head}!", "№ 7K3Q! тест"),
        (r"(\d)(\d)", "12", "$2$1", "21"),
        (r"(\d)", "5", "$10", "50"),
        (r"a", "a", r"\$1\\", "$1\\"),
        (r"\w+", "при abc", "x", "при x"),
        (r"\p{L}+", "при abc 1", "x", "x x 1"),
        (r"\p{IsCyrillic}+", "при abc", "x", "x abc"),
        (r"[а-я&&[^п]]+", "при", "x", "пx"),
        (r"[abc[xy]]+", "zaxb", "-", "z-"),
        (r"a++b", "aaab", "x", "x"),
        (r"(?s)^(.*?)\n.*$", "a\nb\nc", "$1", "a"),
        (r"^b$", "a\nb\nc", "x", "a\nb\nc"),
        (r"(?m)^b$", "a\nb\nc", "x", "a\nx\nc"),
        (r"a.c", "a\nc", "x", "a\nc"),
        (r"c$", "abc\n", "x", "abx\n"),
        (r"c\z", "abc\n", "x", "abc\n"),
        (r"c\Z", "abc\n", "x", "abx\n"),
        (r"a(?i)bc", "aBC ABC", "x", "x ABC"),
        (r"(?:a(?i)b)c", "aBc aBC", "x", "x aBC"),
        (r"\h+", "a \t b", "_", "a_b"),
        (r"\R", "a\r\nb", "|", "a|b"),
        (r"\x{41}\u0042\t?", "AB", "x", "x"),
        (r"(a)\1", "aa", "x", "x"),
        (r"(?<n>a)\k<n>", "aa", "x", "x"),
        (r"(?<=a)b(?!c)", "abc ab", "x", "abc ax"),
        (r"(a)|(b)", "b", "[$1$2]", "[b]"),
        (r"(?x) a b # c", "ab", "x", "x"),
        (r"[\d\-.]+", "1-2.3", "x", "x"),
        (r"\bкот\b", "кот", "x", "кот"),
        (r"(?U)\bкот\b", "кот скот", "x", "x скот"),
        (r"(?U)\w+", "при1 -", "x", "x -"),
        (r"(?i)ПРИ abc", "при ABC ПРИ ABC", "x", "при ABC x"),
        (r"(?iu)ПРИ", "при", "x", "x"),
        (r"(?<=аб|в)г", "абг вг г", "x", "абx вx г"),
        (r"(?<!аб|в)г", "абг вг г", "x", "абг вг x"),
        (r"\p{Sc}\p{Pd}", "5₽—", "x", "5x"),
        (r"\p{Lu}\p{Ll}+", "Ёжик Łódź ёж", "x", "x x ёж"),
        (r"[\P{L}]+", "ёж 5!", "x", "ёжx"),
        (r"\p{script=Cyrillic}+\p{javaDigit}", "abж1", "x", "abx"),
        (r"[\W]+", "a-ё b", "x", "axb"),
        (r"[\D\s]+", "1 a2", "x", "1x2"),
        (r"\uD83D\uDE00", "а😀", "x", "аx"),
        (r"a{2}b{1,}c{0,1}", "aabbc", "x", "x"),
    ],
)
def test_replaced_as_in_java(pattern: str, text: str, template: str, result: str) -> None:
    """The constructs of java.util.regex that differ from Python's, and some that do not."""
    expression = compiled(pattern, ignore_case=False)
    assert expression.sub(replacement(template, expression), text) == result


@pytest.mark.parametrize(
    "pattern", ["(", ")", "[", "*a", r"\y", "(?z)", r"\p{Nope}", "a{2,1}", "a{,2}", "{", "(?<=а+)б", r"\k<x>", "(?<n"]
)
def test_a_bad_expression_is_an_error(pattern: str) -> None:
    """Never a silent misreading."""
    with pytest.raises(JavaRegexError):
        compiled(pattern, ignore_case=False)


@pytest.mark.parametrize("template", ["$", "$x", "$5", "${nope}", "\\"])
def test_a_bad_replacement_is_an_error(template: str) -> None:
    """As `Matcher.appendReplacement` throws."""
    with pytest.raises(JavaRegexError):
        replacement(template, compiled("(a)", ignore_case=False))
