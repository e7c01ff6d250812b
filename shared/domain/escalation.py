"""Explicit wishes for a person, as partners write them.

What is asked *about* people («сколько стоит съёмка с оператором?»), what is refused («не нужен специалист») and what
has happened («менеджер уже ответил») is no wish. Phrases of one's own come from the sheet «Настройки».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shared.domain.invisible import without_invisible

_PERSON = (
    r"(?:специалист\w*|менеджер\w*|оператор\w*|консультант\w*|сотрудник\w*|жив\w+ человек\w*|человек\w*|поддержк\w+)"
)
_CALL = (
    r"(?:позов\w+|зов\w+|соедин\w+|переключ\w+|перевед\w+|переда(?:й|йте|ть)|свяж\w+|связать\w*|"
    r"пригласи\w*|подключи\w*|вызов\w+|вызвать|дайте|нуж(?:ен|на|ны)|хочу|хотел\w*|можно|прошу)"
)
_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_CALL}\b(?:\W+\w+){{0,4}}?\W+{_PERSON}\b",
        rf"\b{_PERSON}\b\s+(?:позов\w+|нуж(?:ен|на)|пожалуйста|дайте|соедин\w+)",
        rf"^\W*(?:жив\w+\s+)?{_PERSON}\W*$",
        rf"\b(?:поговорить|общаться|пообщаться|говорить)\s+(?:бы\s+)?с(?:о)?\s+(?:\w+\s+){{0,2}}?{_PERSON}\b",
    )
)
_NOT_A_WISH = (
    re.compile(
        rf"\bне\s+(?:надо|нужно|нужен|нужна|нужны|зови\w*|зовите|хочу|переда\w+|соедин\w+|вызыва\w+)\b(?:\s+\w+){{0,4}}?\s+{_PERSON}\b"
    ),
    re.compile(rf"\b{_PERSON}\b\s+(?:мне\s+)?(?:не\s+)(?:нуж\w+|надо)"),
    re.compile(
        rf"\b{_PERSON}\b\s+(?:уже|вчера|сегодня|мне)?\s*(?:ответил\w*|помог\w*|позвонил\w*|сказал\w*|написал\w*)"
    ),
    re.compile(rf"\b(?:без)\s+{_PERSON}\b"),
    re.compile(r"\b(?:сколько|цена|стоимост\w*|почём)\b"),
)
_YES = re.compile(
    r"^\W*(?:да|давай\w*|ага|угу|конечно|хорошо|позовите|зовите|ок|окей|\+)(?:\W+(?:пожалуйста|конечно|давайте|зовите|позовите))?\W*$"
)

_WISHFUL_WORD = re.compile(
    r"специалист\w*|менеджер\w*|оператор\w*|консультант\w*|сотрудник\w*|жив\w+|человек\w*|поддержк\w+|"
    r"позов\w+|зов\w+|позва\w+|звать|соедин\w+|переключ\w+|перевед\w+|переда(?:й|йте|ть)|свяж\w+|связать\w*|"
    r"пригласи\w*|подключи\w*|вызов\w+|вызвать|дайте|нуж(?:ен|на|ны)|хочу|хотел\w*|можно|прошу|"
    r"поговорить|общаться|пообщаться|говорить|пожалуйста|здравствуй\w*|привет\w*|добр\w+|день|дня|вечер|утро|"
    r"меня|мне|мо[йяюе]|нас|нам|вопрос|бы|ли|с|со|к|на|я|мы|а|и|ну|срочно|скорее|кого|кто|нибудь|любого"
)
"""A word of which a text can consist that asks for a person and for nothing else."""
_POLITE_WORD = re.compile(
    r"спасибо\w*|спс|благодар\w+|ок|окей|хорошо|понятно|понял\w*|ясно|отлично|супер|да|ага|угу|до|свидания|"
    r"большое|огромное|вам|вас|за|ответ|помощь|все|это"
)
"""A word of which a text can consist that is courtesy and nothing else."""


def asks_for_person(text: str, phrases: Sequence[str] = ()) -> bool:
    """Does the text ask for a specialist in so many words? `phrases` are more wishes, as ops wrote them."""
    plain = _plain(text)
    if any(pattern.search(plain) for pattern in _NOT_A_WISH):
        return False
    if any(re.search(rf"\b{re.escape(_plain(phrase))}\b", plain) for phrase in phrases if _plain(phrase)):
        return True
    return any(pattern.search(plain) for pattern in _WISHES)


def only_asks_for_person(text: str) -> bool:
    """Does the text ask for a specialist without a word on what about?"""
    return asks_for_person(text) and not says_what_about(text)


def says_what_about(text: str) -> bool:
    """Is there a word that is neither courtesy nor part of a wish for a person?"""
    # word by word: one pattern for the whole text could take exponential time
    words = re.findall(r"\w+", _plain(text))
    return not all(_WISHFUL_WORD.fullmatch(word) or _POLITE_WORD.fullmatch(word) for word in words)


def agrees(text: str) -> bool:
    """A «да» that accepts the specialist who was offered a moment ago."""
    return bool(_YES.search(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(without_invisible(text).casefold().replace("ё", "е").split())
