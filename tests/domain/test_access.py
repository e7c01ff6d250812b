"""Codes and phones as people type them."""

from __future__ import annotations

import pytest

from shared.domain.access import Partner, code_and_phone, e164, plain_code


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("00123 8 912 345-67-89", ("00123", "8 912 345-67-89")),
        ("№ 00123 +79123456789", ("№ 00123", "+79123456789")),
        ("код 00123, тел. 8(912)3456789", ("00123", "8(912)3456789")),
        ("А-17; 9123456789", ("А-17", "9123456789")),
    ],
)
def test_code_and_phone_in_one_message(text: str, pair: tuple[str, str]) -> None:
    """The form that the invitation shows, and what people make of it."""
    assert code_and_phone(text) == pair


@pytest.mark.parametrize("text", ["Где логотип?", "12345", "8 912 345-67-89", "00123 позвоните мне", ""])
def test_other_messages_are_no_login(text: str) -> None:
    """A question is not taken for a code."""
    assert code_and_phone(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "8 912 345-67-89 00123",
        "Мой код 00123, телефон 8(912)345-67-89",
        "00123 / 89123456789",
        "00123 — +7 912 345 67 89",
        "Здравствуйте! 00123 89123456789",
        "Добрый день, номер телефона: 89123456789; код партнёра № 00123.",
    ],
)
def test_the_pair_among_words(text: str) -> None:
    """However it is written: code and phone must not stay in the chat."""
    pair = code_and_phone(text)
    assert pair is not None
    assert (plain_code(pair[0]), e164(pair[1])) == ("00123", "+79123456789")


@pytest.mark.parametrize(
    "text", ["Заказ 12345 не пришёл, позвоните 89123456789", "позвоните 89123456789", "89123456789 89123456780 00123"]
)
def test_a_phone_among_other_words_is_no_login(text: str) -> None:
    """A question that names a number."""
    assert code_and_phone(text) is None


def test_phones_of_real_sheets() -> None:
    """One number however it is written; `#ERROR!` is none."""
    written = ["8 (912) 345-67-89", "+7 912 345 67 89", "79123456789", "9123456789", "8-912-345-67-89"]
    assert {e164(text) for text in written} == {"+79123456789"}
    assert e164("#ERROR!") is None
    assert e164("") is None


def test_long_numbers_are_no_phones() -> None:
    """A sum, a parcel, a period: the message of a partner is not taken for a login."""
    for text in ("Бюджет 1 000 000 - 2 000 000", "Трек 10100082848826", "Выставка 12.05.2026-15.05.26"):
        assert code_and_phone(text) is None


def test_a_code_in_groups_and_a_phone_with_dashes() -> None:
    """As people and their phones type them."""
    assert code_and_phone("№ 00 123 8 912 345-67-89") == ("00123", "8 912 345-67-89")
    assert code_and_phone("00123 8 912 345–67–89") == ("00123", "8 912 345–67–89")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Белова Анна Петровна", "Анна"),
        ("Анна Викторовна Кедрова", "Анна"),
        ("Борис Ильич Лапин", "Борис"),
        ("Борис Ильич Рабинович", "Борис"),
        ("Лапин Илья Кузьмич", "Илья"),
        ("Абрамович Роман Аркадьевич", "Роман"),
        ("Ким Анна-Мария Никитична", "Анна-Мария"),
        ("БЕЛОВА АННА ПЕТРОВНА", "Анна"),
        ("ИП Белова Анна Петровна", "Анна"),
        ("Мамедов Али Гасан оглы", "Али"),
        ("Али Гасан-оглы Мамедов", "Али"),
    ],
)
def test_the_name_to_be_called_by(name: str, first: str) -> None:
    """Surname first or last: the patronymic tells."""
    assert Partner(code="1", phone="", name=name).first_name == first


@pytest.mark.parametrize(
    "name",
    [
        *("ООО «Ромашка»", "ООО Абрамович Инвест", "ИП Рабинович", "Рога и копыта", "Ромашка", ""),
        *("Завод Красный Кирпич", "Мир Вкусный Кулич"),
        *("Белова Анна", "Ильич Борис", "Белова Анна Ким", "Белова А. Петровна", "Белова Анна Петровна, бухгалтер"),
    ],
)
def test_without_a_patronymic_nobody_is_called_by_name(name: str) -> None:
    """A company, or words of which nobody knows which one is the first name: the greeting has no name."""
    assert Partner(code="1", phone="", name=name).first_name == ""


def test_codes_keep_their_zeros() -> None:
    """«00123» and «123» are two partners."""
    assert plain_code("№ 00 123") == plain_code("00123") != plain_code("123")
