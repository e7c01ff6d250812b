"""Explicit wishes for a person, as partners write them.

What is asked *about* people («сколько стоит съёмка с оператором?»), what is refused («не нужен специалист») and what
has happened («менеджер уже ответил») is no wish. Phrases of one's own come from the sheet «Настройки».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from shared.domain.invisible import plain_phrase

_PERSON = (
    r"(?:специалист\w*|менеджер\w*|оператор\w*|консультант\w*|сотрудник\w*|жив\w+ человек\w*|человек\w*|поддержк\w+)"
)
_VERB = (
    r"(?:позов\w+|позвать|зов\w+|соедин\w+|переключ\w+|перевед\w+|переда(?:й|йте|ть)|свяж\w+|связать\w*|"
    r"пригласи\w*|подключи\w*|вызов\w+|вызвать)"
)
_NEED = r"(?:дайте|нуж(?:ен|на|ны)|хочу|хотел\w*|можно|прошу)"
_CALLS = (re.compile(rf"\b{_VERB}\b(?:\W+\w+){{0,4}}?\W+{_PERSON}\b"),)
"""Wishes whatever else is asked."""
_NEEDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NEED}\b(?:\W+\w+){{0,4}}?\W+{_PERSON}\b",
        rf"\b{_PERSON}\b\s+(?:позов\w+|нуж(?:ен|на)|пожалуйста|дайте|соедин\w+)",
        rf"^\W*(?:жив\w+\s+)?{_PERSON}\W*$",
        rf"\b(?:поговорить|общаться|пообщаться|говорить)\s+(?:бы\s+)?с(?:о)?\s+(?:\w+\s+){{0,2}}?{_PERSON}\b",
    )
)
"""Wishes unless the text asks what something costs."""
_REFUSALS = (
    re.compile(
        rf"\bне\s+(?:надо|нужно|нужен|нужна|нужны|зови\w*|зовите|хочу|переда\w+|соедин\w+|вызыва\w+)\b(?:\s+\w+){{0,4}}?\s+{_PERSON}\b"
    ),
    re.compile(rf"\b{_PERSON}\b\s+(?:мне\s+)?(?:не\s+)(?:нуж\w+|надо)"),
    re.compile(
        rf"\b{_PERSON}\b\s+(?:уже|вчера|сегодня|мне)?\s*(?:ответил\w*|помог\w*|позвонил\w*|сказал\w*|написал\w*)"
    ),
    re.compile(rf"\b(?:без)\s+{_PERSON}\b"),
)
_PRICE = re.compile(r"\b(?:сколько|цена|цену|цены|стоимост\w*|почем)\b")
_IMPATIENCE = re.compile(
    r"\bсколько\s+(?:(?:же|уже|еще|раз|времени)\s+)*(?:ждать|(?:мне|я|нам|мы)\s+\w+|"
    r"можно(?:(?=\W*$|\W*[,.!?;…—])|\s+(?:уже\s+)?(?:ждать|терпеть|просить|писать|звонить|повторять|спрашивать|молчать)))"
)
"""«Сколько можно ждать» asks nothing: it is an exclamation."""
_CLAUSE_END = ",.;!?…"
_YES = re.compile(
    r"^\W*(?:да|давай\w*|ага|угу|конечно|хорошо|позовите|позвать|зовите|ок|окей|\+)(?:\W+(?:пожалуйста|конечно|давайте|зовите|позовите))?\W*$"
)

_WISHFUL_WORD = re.compile(
    r"специалист\w*|менеджер\w*|оператор\w*|консультант\w*|сотрудник\w*|жив\w+|человек\w*|поддержк\w+|"
    r"позов\w+|зов\w+|позва\w+|звать|соедин\w+|переключ\w+|перевед\w+|переда(?:й|йте|ть)|свяж\w+|связать\w*|"
    r"пригласи\w*|подключи\w*|вызов\w+|вызвать|дайте|нуж(?:ен|на|ны)|хочу|хотел\w*|можно|прошу|"
    r"поговорить|общаться|пообщаться|говорить|пожалуйста|здравствуй\w*|привет\w*|добр\w+|день|дня|вечер|утро|"
    r"меня|мне|мо[йяюе]|нас|нам|вопрос|бы|ли|с|со|к|на|я|мы|а|и|ну|срочно|скорее|кого|кто|нибудь|любого|"
    r"сколько|ждать|уже|еще|же"
)
"""A word of which a text can consist that asks for a person and for nothing else."""
_POLITE_WORD = re.compile(
    r"спасибо\w*|спс|благодар\w+|ок|окей|хорошо|понятно|понял\w*|ясно|отлично|супер|да|ага|угу|до|свидания|"
    r"большое|огромное|вам|вас|за|ответ|помощь|все|это"
)
"""A word of which a text can consist that is courtesy and nothing else."""


def asks_for_person(text: str, phrases: Sequence[str] = ()) -> bool:
    """Does the text ask for a specialist in so many words? `phrases` are more wishes, as ops wrote them.

    A refusal, or what has happened, undoes only the wish that it overlaps: «не нужен бот, позовите менеджера» is one.
    """
    plain = _IMPATIENCE.sub(" ", plain_phrase(text))
    own = [re.compile(rf"(?<!\bне )\b{re.escape(wish)}\b") for phrase in phrases if (wish := plain_phrase(phrase))]
    refused = _spans(_REFUSALS, plain)
    calls = [span for span in _spans(_CALLS, plain) if not _PRICE.search(_clause(plain, span))]
    needs = [] if _PRICE.search(plain) else _spans(_NEEDS, plain)
    wishes = [*_spans(own, plain), *calls, *needs]
    return any(not any(start < end_r and start_r < end for start_r, end_r in refused) for start, end in wishes)


def _spans(patterns: Iterable[re.Pattern[str]], text: str) -> list[tuple[int, int]]:
    return [found.span() for pattern in patterns for found in pattern.finditer(text)]


def _clause(text: str, span: tuple[int, int]) -> str:
    """Return the span with what is around it up to the next punctuation on either side."""
    before = re.split(f"[{_CLAUSE_END}]", text[: span[0]])[-1]
    after = re.split(f"[{_CLAUSE_END}]", text[span[1] :])[0]
    return f"{before}{text[span[0] : span[1]]}{after}"


def only_asks_for_person(text: str) -> bool:
    """Does the text ask for a specialist without a word on what about?"""
    return asks_for_person(text) and not says_what_about(text)


def says_what_about(text: str) -> bool:
    """Is there a word that is neither courtesy nor part of a wish for a person?"""
    # word by word: one pattern for the whole text could take exponential time
    words = re.findall(r"\w+", plain_phrase(text))
    return not all(_WISHFUL_WORD.fullmatch(word) or _POLITE_WORD.fullmatch(word) for word in words)


def agrees(text: str) -> bool:
    """A «да» that accepts the specialist who was offered a moment ago."""
    return bool(_YES.search(plain_phrase(text)))
