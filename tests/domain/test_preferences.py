"""«Настройки» as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from shared.domain.hours import Span, parse_span, parse_week
from shared.domain.preferences import Preferences, Setting, is_readable, parse_setting, read_preferences

WORKDAY = Span(opens=time(9), closes=time(18))


def test_what_the_sheet_says() -> None:
    """Keys in any case, values in the words people use."""
    reading = read_preferences(
        [
            ("помощник ", "Выключен"),
            ("Акции", "ВЫКЛ."),
            ("Указания помощнику", " Называй цену. "),
            ("Фразы для специалиста", "позовите куратора; соедините с отделом;"),
            ("Контакт для партнёров", " 8 800 000-00-00,\npartners@example.com "),
            ("Своё", "что угодно"),
        ],
        Preferences(),
    )
    assert reading.unreadable == ()
    assert reading.preferences == Preferences(
        assistant_on=False,
        promotions_on=False,
        instructions="Называй цену.",
        phrases=("позовите куратора", "соедините с отделом"),
        contact="8 800 000-00-00, partners@example.com",
    )


def test_what_the_sheet_leaves_out() -> None:
    """Everything is on; an empty value is as good as none, whatever was said before."""
    before = Preferences(assistant_on=False, phrases=("куратора",))
    assert read_preferences([], before).preferences == Preferences()
    assert read_preferences([("Помощник", ""), ("Фразы для специалиста", " ")], before).preferences == Preferences()


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("Помощник", ["иногда"]),
        ("Помощник", ["#REF!"]),
        ("Помощник", ["включён", "выключен"]),
        ("Акции", ["может быть"]),
        ("Указания помощнику", ["#ERROR!"]),
        ("Указания помощнику", ["а" * 4_001]),
        ("Фразы для специалиста", ["куратора; да"]),
        ("Контакт для партнёров", ["8" * 201]),
        ("Контакт для партнёров", ["#ERROR!"]),
    ],
)
def test_a_bad_value_keeps_the_last_good_one(key: str, values: list[str]) -> None:
    """And is named; the other settings are read."""
    before = Preferences(
        assistant_on=False, promotions_on=False, instructions="Кратко.", phrases=("куратора",), contact="8 800"
    )
    good = {"Помощник": "выключен", "Акции": "нет", "Указания помощнику": "Кратко."}
    good |= {"Фразы для специалиста": "куратора", "Контакт для партнёров": "8 800"}
    others = [(name, value) for name, value in good.items() if name != key]
    reading = read_preferences([*others, *((key, value) for value in values)], before)
    assert reading.preferences == before
    assert reading.unreadable == (parse_setting(key),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Пн–Пт 9:00–18:00", {0, 1, 2, 3, 4}),
        ("пн-пт: 9-18", {0, 1, 2, 3, 4}),
        ("Пн, Ср — Пт с 9 до 18", {0, 2, 3, 4}),
        ("ежедневно 09.00 - 18.00", set(range(7))),
        ("Пн 9–18; Вс 9–18;", {0, 6}),
    ],
)
def test_working_hours(text: str, days: set[int]) -> None:
    """Days and hours in the forms that people use."""
    assert parse_week(text) == dict.fromkeys(days, WORKDAY)
    assert is_readable(Setting.HOURS, text)


@pytest.mark.parametrize("text", ["9–18", "Пн–Пт", "Пн–Пт 18–9", "Пн 9–18; Пн 10–12", "Пт–Пн 9–18", "Пн 9–25", "днём"])
def test_no_working_hours(text: str) -> None:
    """What cannot be read is said, not guessed."""
    assert parse_week(text) is None
    assert not is_readable(Setting.HOURS, text)


def test_a_window() -> None:
    """From one time of a day to another."""
    assert parse_span("10:00–20:00") == parse_span("с 10 до 20") == Span(opens=time(10), closes=time(20))
    assert parse_span("10–24") == Span(opens=time(10), closes=time(23, 59))
    assert parse_span("20–10") is None
    assert not is_readable(Setting.WINDOW, "днём")
