"""What ops may change without a deploy, in the tab «Настройки»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from shared.domain.hours import parse_span, parse_week
from shared.domain.invisible import plain_phrase, says_nothing, typed, without_invisible
from shared.domain.problems import is_formula_error


class Setting(StrEnum):
    """The keys, as they stand in the sheet."""

    ASSISTANT = "Помощник"
    PROMOTIONS = "Акции"
    INSTRUCTIONS = "Указания помощнику"
    PHRASES = "Фразы для специалиста"
    HOURS = "Рабочие часы"
    WINDOW = "Окно рассылки"
    CONTACT = "Контакт для партнёров"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The defaults hold where the sheet says nothing."""

    assistant_on: bool = True
    promotions_on: bool = True
    instructions: str = ""
    phrases: tuple[str, ...] = ()
    contact: str = ""
    """How partners reach the company without the bot, in one line; "" where they are not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`unreadable`: settings whose value keeps its last good one, because it says nothing or two things."""

    preferences: Preferences
    unreadable: tuple[Setting, ...]


INSTRUCTIONS_LIMIT = 4_000
CONTACT_LIMIT = 200
SHORTEST_PHRASE = 3
_ON = frozenset({"", "включен", "включена", "включено", "включены", "вкл", "да", "on", "true", "истина", "1"})
_OFF = frozenset({"выключен", "выключена", "выключено", "выключены", "выкл", "нет", "off", "false", "ложь", "0"})


def parse_setting(name: str) -> Setting | None:
    wanted = plain_phrase(name)
    return next((setting for setting in Setting if plain_phrase(setting) == wanted), None)


def is_readable(setting: Setting, value: str) -> bool:
    """An empty value always is: it stands for the default."""
    if says_nothing(value):
        return True
    if is_formula_error(value):
        return False
    match setting:
        case Setting.HOURS:
            return parse_week(value) is not None
        case Setting.WINDOW:
            return parse_span(value) is not None
        case _:
            return _with(Preferences(), setting, value) is not None


def read_preferences(cells: Iterable[tuple[str, str]], last_good: Preferences) -> Reading:
    """From pairs of key and value as typed; keys that nobody knows are left to the check of the sheets."""
    values: dict[Setting, set[str]] = {}
    for name, value in cells:
        setting = parse_setting(name)
        if setting:
            values.setdefault(setting, set()).add(typed(value).strip())
    unreadable = tuple(s for s, said in values.items() if len(said) > 1 or not is_readable(s, next(iter(said))))
    preferences = Preferences()
    for setting in unreadable:
        preferences = _kept(preferences, setting, last_good)
    for setting in values.keys() - set(unreadable):
        preferences = _with(preferences, setting, next(iter(values[setting]))) or preferences
    return Reading(preferences=preferences, unreadable=unreadable)


def _with(preferences: Preferences, setting: Setting, value: str) -> Preferences | None:
    """None when the value cannot be read."""
    match setting:
        case Setting.ASSISTANT:
            on = _switch(value)
            return None if on is None else replace(preferences, assistant_on=on)
        case Setting.PROMOTIONS:
            on = _switch(value)
            return None if on is None else replace(preferences, promotions_on=on)
        case Setting.INSTRUCTIONS:
            return replace(preferences, instructions=value.strip()) if len(value) <= INSTRUCTIONS_LIMIT else None
        case Setting.PHRASES:
            listed = re.split(r"[;\n]+", without_invisible(value))
            phrases = tuple(phrase.strip() for phrase in listed if phrase.strip())
            # two letters would call a specialist to nearly every message
            long_enough = all(len(phrase) >= SHORTEST_PHRASE for phrase in phrases)
            return replace(preferences, phrases=phrases) if long_enough else None
        case Setting.CONTACT:
            contact = " ".join(value.split())
            return replace(preferences, contact=contact) if len(contact) <= CONTACT_LIMIT else None
        case Setting.HOURS | Setting.WINDOW:
            return preferences


def _kept(preferences: Preferences, setting: Setting, last_good: Preferences) -> Preferences:
    match setting:
        case Setting.ASSISTANT:
            return replace(preferences, assistant_on=last_good.assistant_on)
        case Setting.PROMOTIONS:
            return replace(preferences, promotions_on=last_good.promotions_on)
        case Setting.INSTRUCTIONS:
            return replace(preferences, instructions=last_good.instructions)
        case Setting.PHRASES:
            return replace(preferences, phrases=last_good.phrases)
        case Setting.CONTACT:
            return replace(preferences, contact=last_good.contact)
        case Setting.HOURS | Setting.WINDOW:
            return preferences


def _switch(value: str) -> bool | None:
    word = plain_phrase(value).rstrip(".!")
    return True if word in _ON else False if word in _OFF else None
