"""Greetings and thanks: texts that are polite and ask nothing."""

from __future__ import annotations

import re
from enum import StrEnum

from shared.domain.invisible import without_invisible


class Courtesy(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    """Thanks, agreement, a farewell."""


_GREETING = re.compile(r"здравствуй\w*|здрас\w+|привет\w*|салют|хай|hello|hi|добр(?:ый|ое|ого|ой|ая)|👋")
_TIME_OF_DAY = r"день|дня|вечер|вечера|утро|утра|ночи|времени|суток"
_THANKS = re.compile(
    r"(?:по|за)?спасибо\w*|спасиб\w*|пасиб\w*|спс|благодар\w+|мерси|thanks?|thx|ок|окей|оке|ok|okay|хорошо|понял[аи]?|"
    r"понятно|ясно|отлично|супер|класс\w*|принято|прекрасно|замечательно|ага|угу|помогли?|помогло|"
    r"[👍👌🙏❤♥💙💚🤝👏🔥😊🙂😀😃😄☺💐🌹✅💯🫶🤗😍🥰]+"
)
_FAREWELL = re.compile(r"(?:до|свидания|всего|доброго|хорошего|пока)")
_FILLER = re.compile(
    rf"{_TIME_OF_DAY}|пожалуйста|большое|большущее|огромное|вам|вас|тебе|за|помощь|ответ|быстрый|оперативность|внимание|"
    r"все|всем|тогда|да|и|а|ну|коллеги|очень|you|thank|вопрос|закрыт|решен|разобрал(?:ся|ась|ись)|я|мы|уже|сам|сама"
)
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_WORD = re.compile(r"\w+|[^\w\s!-/:-@\[-`{-~«»–—…№]+")


def courtesy_of(text: str) -> Courtesy | None:
    """Return what a text is that is polite from end to end; None where it says anything else, or nothing."""
    words = _words(text)
    if not words or not is_polite(text):
        return None
    if _has(words, _THANKS) or (_has(words, _FAREWELL) and not _has(words, _GREETING)):
        return Courtesy.THANKS
    return Courtesy.GREETING if _has(words, _GREETING) else None


def is_polite(text: str) -> bool:
    """Return whether there is no word in the text but polite ones, and no question; also True without any words."""
    words, polite = _words(text), (_GREETING, _THANKS, _FAREWELL, _FILLER)
    # «Понятно, а ответ?» has none but polite words
    asks = bool(words) and "?" in text
    return not asks and all(any(kind.fullmatch(word) for kind in polite) for word in words)


def greets(text: str) -> bool:
    """Return whether a text that asks nothing is a greeting rather than thanks."""
    words = _words(text)
    return _has(words, _GREETING) and not _has(words, _THANKS)


def _has(words: list[str], kind: re.Pattern[str]) -> bool:
    return any(kind.fullmatch(word) for word in words)


def _words(text: str) -> list[str]:
    plain = without_invisible(_SKIN.sub("", text)).casefold().replace("ё", "е")
    return _WORD.findall(plain)
