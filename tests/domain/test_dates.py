"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from shared.domain.dates import DateCell, date_in, parse_date

FIRST_OF_DECEMBER = date(2026, 12, 1)
ANYWHERE = ("ru_RU", "en_US", "en_GB", "ja_JP", "")


@pytest.mark.parametrize("locale", ANYWHERE)
@pytest.mark.parametrize(
    "text",
    [
        *("2026-12-01", "2026-12-1", " 2026-12-01 ", "2026-12-01T10:00:00+03:00", "2026/12/01", "2026.12.01"),
        *("01.12.2026", "1.12.2026", "01.12.26", "1.12.26 г.", "01.12.2026г", "01.12.2026.", "01.12.2026 14:03"),
        "1.12.2026, 9:00:00",
    ],
)
def test_the_year_first_and_dots_are_the_same_everywhere(text: str, locale: str) -> None:
    """Dots: the day first, also in an American workbook."""
    assert parse_date(text, locale) == FIRST_OF_DECEMBER


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("12/1/2026", "en_US", FIRST_OF_DECEMBER),
        ("12/01/26 2:03 PM", "en_US", FIRST_OF_DECEMBER),
        ("12/13/2026", "en_US", date(2026, 12, 13)),
        ("12/1/2026", "en_GB", date(2026, 1, 12)),
        ("12/1/2026", "ru_RU", date(2026, 1, 12)),
        ("12/1/2026", "es_ES", date(2026, 1, 12)),
        ("12/1/2026", "fil_PH", FIRST_OF_DECEMBER),
        ("13/12/2026", "en_US", None),
        ("12/13/2026", "ru_RU", None),
        *(("12/1/2026", locale, None) for locale in ("ja_JP", "zh_CN", "en_CA", "")),
    ],
)
def test_slashes_go_by_the_locale(text: str, locale: str, day: date | None) -> None:
    """Never by what happens to fit: the same order for each date of a workbook; none where it is not known."""
    assert parse_date(text, locale) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "скоро", "31.02.2026", "2026-13-01", "12.2026", "1.12", "1 декабря 2026", "46357", "1.12.2026 и позже"),
        *("1.12.20261", "1.12.202", "1-12-2026", "01.12.2026–05.12.2026", "2026-12.01", "с 01.12.2026", "0.0.0000"),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    """What could be meant otherwise is not guessed."""
    assert all(parse_date(text, locale) is None for locale in ANYWHERE)


def test_a_date_cell_is_its_value() -> None:
    """However it is shown, wherever."""
    for shown in ("12/1/2026", "1 декабря", "декабрь 26", "46357"):
        assert date_in(DateCell(shown, FIRST_OF_DECEMBER)) == FIRST_OF_DECEMBER
        assert DateCell(shown, FIRST_OF_DECEMBER) == shown
    assert date_in("01.12.2026") == FIRST_OF_DECEMBER
    assert date_in("12/1/2026") is None
