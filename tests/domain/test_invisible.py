"""Characters that nobody sees count as nothing wherever people type."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from shared.domain.access import code_and_phone, e164, plain_code
from shared.domain.dates import parse_date
from shared.domain.escalation import agrees, asks_for_person
from shared.domain.history import author_name
from shared.domain.hours import parse_span, parse_week
from shared.domain.ids import telegram_id
from shared.domain.invisible import says_nothing, without_invisible
from shared.domain.person_names import first_name_of
from shared.domain.preferences import Preferences, read_preferences
from shared.domain.problems import is_formula_error
from shared.domain.promotions import PromotionStatus, parse_promotion_status
from shared.domain.status import Status, parse_status

SCRIPT = Path(__file__).parents[2] / "apps_script/Code.gs"
UNSEEN = [
    *("\u200b", "\u00ad", "\ufeff", "\u2060", "\u200e", "\u202a", "\u2800", "\u3164", "\u115f", "\u1160", "\uffa0"),
    *("\u180e", "\ufe0f", "\x01", "\x7f", "\U000e0041"),
]
SEEN_FORMATS = {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"}
"""Scripts whose format characters are signs."""
FAMILY, HEART = "👨\u200d👩\u200d👧", "❤\ufe0f"
CHARACTERS = "".join(map(chr, range(sys.maxunicode + 1)))
HIDDEN = set(CHARACTERS) - set(without_invisible(CHARACTERS))
unseen = pytest.mark.parametrize("unseen", UNSEEN, ids=lambda char: f"{ord(char):04x}")


def test_every_format_and_control_character_is_invisible() -> None:
    """Except white space, which separates words, and the signs of a few scripts; of the others only blank ones are."""
    hidden = {char for char in CHARACTERS if unicodedata.category(char) in ("Cf", "Cc") and not char.isspace()}
    seen = hidden - HIDDEN
    assert {unicodedata.name(char).split()[0] for char in seen} <= SEEN_FORMATS
    assert {char for char in HIDDEN if unicodedata.category(char)[0] in "LNPS"} == set("\u115f\u1160\u2800\u3164\uffa0")


def test_the_script_knows_the_same_characters() -> None:
    """The character class of apps_script/Code.gs, as Python reads it."""
    [spelt] = re.findall(r"const INVISIBLE =\s*/(\[.*\])/gu;", SCRIPT.read_text("utf-8"))
    braces = re.sub(r"\\u\{(\w+)\}", lambda found: f"\\U{int(found[1], 16):08x}", spelt)
    assert set(CHARACTERS) - set(re.sub(braces, "", CHARACTERS)) == HIDDEN


@unseen
def test_alone_they_say_nothing(unseen: str) -> None:
    """Also between blanks."""
    assert says_nothing(f" {unseen}\n{unseen} ")
    assert not says_nothing(f"{unseen}.")


def test_emoji_say_something() -> None:
    """They are made of such characters, and stay as they are where a text is shown."""
    assert not any(says_nothing(text) for text in (FAMILY, HEART, "🏴\U000e0067\U000e0062\U000e007f"))


@unseen
def test_logins(unseen: str) -> None:
    """A code and a phone as they come out of a contact card or a CRM."""
    assert plain_code(f"{unseen}00{unseen}123{unseen}") == "00123"
    assert e164(f"{unseen}+7 912 {unseen}345-67-89{unseen}") == "+79123456789"
    pair = code_and_phone(f"{unseen}00123 {unseen}8 912 345-67-89{unseen}")
    assert pair
    assert (plain_code(pair[0]), e164(pair[1])) == ("00123", "+79123456789")
    assert telegram_id(f"{unseen}501{unseen}") == 501
    assert first_name_of(f"Бело{unseen}ва {unseen}Анна Петровна") == "Анна"


@unseen
def test_what_people_choose(unseen: str) -> None:
    """Statuses, settings, dates, hours."""
    assert parse_status(f"{unseen}Ре{unseen}шено") is Status.RESOLVED
    assert parse_promotion_status(f"Активна{unseen}") is PromotionStatus.ACTIVE
    assert parse_date(f"{unseen}01.12.2026{unseen}") == date(2026, 12, 1)
    assert parse_week(f"Пн{unseen}–Пт 9:00–18:00{unseen}") == parse_week("Пн–Пт 9:00–18:00")
    assert parse_span(f"{unseen}10–20") == parse_span("10–20")
    assert is_formula_error(f"#REF!{unseen}")
    cells = [(f"Помощ{unseen}ник", f"вык{unseen}л"), ("Указания помощнику", unseen)]
    assert read_preferences(cells, Preferences()).preferences == Preferences(assistant_on=False)


@unseen
def test_phrases(unseen: str) -> None:
    """A soft hyphen in a word changes no wish; a phrase of such characters calls nobody."""
    assert asks_for_person(f"поз{unseen}овите специ{unseen}алиста")
    assert agrees(f"{unseen}да{unseen}")
    settings = [("Фразы для специалиста", f"{unseen}; свис{unseen}тать всех")]
    phrases = read_preferences(settings, Preferences()).preferences.phrases
    assert phrases == ("свистать всех",)
    assert asks_for_person(f"Свистать{unseen} всех", phrases)
    assert not asks_for_person("Где логотип?", [unseen])


def test_an_author_has_a_name() -> None:
    """A name that nobody sees is none."""
    assert author_name("\u200b\u2800") == "Партнёр"
