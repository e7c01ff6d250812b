"""How a spreadsheet's locale writes numbers, dates and truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_EN = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_RU_SHORT = ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."]
_RU_SPOKEN = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
_EN_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_RU_DAYS = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """`order` is the order of a typed date's parts; patterns are those of the «automatic» formats."""

    name: str
    decimal: str = "."
    group: str = ","
    argument: str = ","
    true: str = "TRUE"
    false: str = "FALSE"
    order: str = "MDY"
    date: str = "m/d/yyyy"
    time: str = "h:mm:ss am/pm"
    currency: str = "$"
    currency_after: bool = False
    months: tuple[str, ...] = tuple(name.capitalize() for name in _EN)
    months_short: tuple[str, ...] = tuple(name[:3].capitalize() for name in _EN)
    days: tuple[str, ...] = tuple(_EN_DAYS)
    days_short: tuple[str, ...] = tuple(day[:3] for day in _EN_DAYS)

    @property
    def date_time(self) -> str:
        return f"{self.date} {self.time.replace(' am/pm', '')}"

    def month(self, word: str) -> int | None:
        """1…12 of a month's name or its first three letters, in English or in the locale's own language."""
        return _month_names(self.name).get(word.casefold().rstrip("."))


_DAY_FIRST = {"de", "fr", "it", "es", "pt", "nl", "pl", "tr", "cs", "uk", "ru", "be", "kk", "fi", "da", "nb", "ro"}
_COMMA = _DAY_FIRST | {"sv", "hu", "bg", "el", "lt", "lv", "sk", "sl", "hr", "sr", "id", "vi"}
LANGUAGES = _COMMA | {
    "en",
    "ja",
    "zh",
    "ko",
    "ar",
    "az",
    "bn",
    "ca",
    "cy",
    "et",
    "fa",
    "fil",
    "gl",
    "gu",
    "he",
    "hi",
    "hy",
}
LANGUAGES |= {"is", "ka", "kn", "ky", "ml", "mn", "mr", "my", "no", "pa", "ta", "te", "th", "ur", "uz"}
"""What a spreadsheet may be set to."""
_DOTTED = {"de", "ru", "pl", "cs", "tr", "uk", "be", "kk", "fi", "da", "nb", "ro"}


@lru_cache(maxsize=64)
def locale(name: str) -> Locale:
    """What is special about a language is known for the common ones."""
    language, _, country = name.partition("_")
    if language == "ru":
        return Locale(
            name=name,
            decimal=",",
            group="\u00a0",
            argument=";",
            true="ИСТИНА",
            false="ЛОЖЬ",
            order="DMY",
            date="dd.mm.yyyy",
            time="h:mm:ss",
            currency="₽",
            currency_after=True,
            months=tuple(_RU),
            months_short=tuple(_RU_SHORT),
            days=tuple(_RU_DAYS),
            days_short=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
        )
    if language in _COMMA:
        dotted = language in _DOTTED
        return Locale(
            name=name,
            decimal=",",
            group="." if language in {"de", "it", "es", "pt", "nl", "tr", "da", "id"} else "\u00a0",
            argument=";",
            order="DMY",
            date="dd.mm.yyyy" if dotted else "dd/mm/yyyy",
            time="h:mm:ss",
            currency="€",
            currency_after=True,
        )
    if language in {"ja", "zh", "ko"}:
        return Locale(name=name, order="YMD", date="yyyy/mm/dd", time="h:mm:ss", currency="¥")
    if language == "en" and country not in {"US", ""}:
        return Locale(name=name, order="DMY", date="dd/mm/yyyy", time="hh:mm:ss", currency="£")
    return Locale(name=name)


@lru_cache(maxsize=64)
def _month_names(name: str) -> dict[str, int]:
    names: dict[str, int] = {}
    lists = [_EN] if not name.startswith("ru") else [_EN, _RU, _RU_SPOKEN, [m.rstrip(".") for m in _RU_SHORT]]
    for words in lists:
        for number, word in enumerate(words, 1):
            names[word] = number
            names.setdefault(word[:3], number)
    return names
