"""What becomes of typed text, and what a number looks like."""

from __future__ import annotations

from typing import Any

import pytest

from playground.sheets.entered import typed
from playground.sheets.formats import number_shown

RU = [
    ("12,5", 12.5, "12,5"),
    ("0.5", "0.5", None),
    ("1 234,5", 1234.5, "1\u00a0234,50"),
    ("1\u00a0234", 1234, "1\u00a0234"),
    ("8%", 0.08, "8%"),
    ("12,5%", 0.125, "12,50%"),
    ("-7", -7, "-7"),
    ("+79161234567", 79161234567, "79161234567"),
    ("00123", 123, "123"),
    (" 42 ", 42, "42"),
    ("7e5", 700000, "7,00E+05"),
    ("100 ₽", 100, "100 ₽"),
    ("22.11.2026", 46348, "22.11.2026"),
    ("2026-11-22", 46348, "2026-11-22"),
    ("22.11.26", 46348, "22.11.26"),
    ("1.5", 46143, "1.5"),
    ("22 ноября 2026", 46348, "22 ноября 2026"),
    ("31.02.2026", "31.02.2026", None),
    ("14:03", 0.5854166666666667, "14:03"),
    ("22.11.2026 14:03", 46348.58541666667, "22.11.2026 14:03"),
    ("22.11.2026 14:03:05", 46348.5854745, "22.11.2026 14:03:05"),
    ("25:30:00", 1.0625, "25:30:00"),
    ("ИСТИНА", True, None),
    ("ложь", False, None),
    ("TRUE", True, None),
    ("'00123", "00123", None),
    ("› как дела", "› как дела", None),
    ("v1 abc", "v1 abc", None),
    ("—", "—", None),
    ("2026-11-22T14:03:00", "2026-11-22T14:03:00", None),
    ("№ 00123", "№ 00123", None),
    ("12 345", 12345, "12\u00a0345"),
    ("89161234567", 89161234567, "89161234567"),
    ("8 916 123-45-67", "8 916 123-45-67", None),
    ("", None, None),
    ("   ", "   ", None),
]
EN = [
    ("1,234.5", 1234.5, "1,234.50"),
    ("12,5", "12,5", None),
    ("$5", 5, "$5"),
    ("$5.5", 5.5, "$5.50"),
    ("(5)", -5, "-5"),
    ("11/22/2026", 46348, "11/22/2026"),
    ("22.11.2026", "22.11.2026", None),
    ("2:03 PM", 0.5854166666666667, "2:03 PM"),
    ("Nov 22, 2026", 46348, "November 22, 2026"),
    ("1E5", 100000, "1.00E+05"),
    (".5", 0.5, "0.5"),
    ("0042", 42, "42"),
    ("42.01", 42.01, "42.01"),
]


@pytest.mark.parametrize(
    ("locale", "text", "value", "shown"),
    [("ru_RU", *case) for case in RU] + [("en_US", *case) for case in EN],
)
def test_typed(locale: str, text: str, value: Any, shown: str | None) -> None:
    """By the locale: numbers, percents, money, dates, times, truth, the leading apostrophe."""
    entered = typed(text, locale, 2026)
    assert type(entered.value) is type(value)
    assert entered.value == (pytest.approx(value) if isinstance(value, float) else value)
    if isinstance(value, int | float) and not isinstance(value, bool) and shown is not None:
        assert number_shown(value, entered.format, locale) == shown


@pytest.mark.parametrize("text", ["=1+1", "+7 (916) 123", "-привет", "=IMPORTXML(A1)"])
def test_what_begins_like_a_formula_is_one(text: str) -> None:
    """A person's «+7 (916)…» is no text: that is why everything a person typed is written RAW."""
    assert type(typed(text, "ru_RU", 2026).value).__name__ == "Formula"


@pytest.mark.parametrize(
    ("value", "pattern", "locale", "shown"),
    [
        (1 / 3, "", "en_US", "0.3333333333"),
        (1 / 1024, "", "en_US", "0.0009765625"),
        (1234567890123456789, "", "en_US", "1.23457E+18"),
        (1000.123456789, "", "en_US", "1000.123457"),
        (0.1 + 0.2, "", "ru_RU", "0,3"),
        (1234.5, "#,##0.00", "ru_RU", "1\u00a0234,50"),
        (-1234.5, "#,##0.00;(#,##0.00)", "en_US", "(1,234.50)"),
        (5, "000", "en_US", "005"),
        (0.5, "0%", "en_US", "50%"),
        (2.5, "0", "en_US", "3"),
        (12345.678, "0.00E+00", "en_US", "1.23E+04"),
        (46348.5854745, "dd.mm.yyyy hh:mm:ss", "ru_RU", "22.11.2026 14:03:05"),
        (46348, "dddd, d mmmm yyyy", "ru_RU", "воскресенье, 22 ноября 2026"),
        (46348.75, "h:mm am/pm", "en_US", "6:00 PM"),
        (1.5, "[h]:mm", "en_US", "36:00"),
        (7, '0 "шт."', "ru_RU", "7 шт."),
        (1, "0.##", "en_US", "1"),
    ],
)
def test_number_formats(value: float, pattern: str, locale: str, shown: str) -> None:
    """Patterns as the API documents them."""
    assert number_shown(value, {"pattern": pattern} if pattern else None, locale) == shown
