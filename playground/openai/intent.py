"""What a message wants besides an answer: courtesy, a person, a complaint."""

from __future__ import annotations

import re
from enum import StrEnum


class Intent(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    PERSON = "person"
    COMPLAINT = "complaint"
    QUESTION = "question"


_GREETING = r"здравствуй\w*|приветств\w+|привет\w*|добр(ый|ое|ого) (день|вечер|утро|дня|утра|времени суток)|хай|hello"
_THANKS = (
    r"спасибо\w*|спс|благодар\w+|ок|окей|хорошо|понял[аи]?|понятно|ясно|отлично|супер|класс|принято|ага|угу|"
    r"до свидания|всего доброго|хорошего (дня|вечера)"
)
_FILLER = r"подскажите|пожалуйста|вам|вас|большое|огромное|за|помощь|ответ|всё|все|тогда|да|и|вопрос|есть|коллеги|очень"
_ROLE = r"(менеджер|оператор|специалист|сотрудник|консультант|куратор|начальник|руководител)\w*"
_LIVING = r"жив(ой|ого|ым|ому)( человек\w*)?"
_CALL = (
    r"(позов\w+|соедин\w+|переключ\w+|переведи\w*|пригласи\w*|свяж\w+|связаться|дай\w*|вызов\w+|поговор\w+|пообщ\w+|"
    r"передай\w*|нуж(ен|на|но|ны)|хочу|хотел\w*|можно|жду|требую)"
)
_PERSON = (
    re.compile(rf"\b{_CALL}\b(?:\W+\w+){{0,3}}?\W+({_ROLE}|{_LIVING}|человеком)(?! по\b| для\b|,? котор)"),
    re.compile(rf"^\W*({_ROLE}|{_LIVING}|человек)\W*(пожалуйста)?\W*$"),
    re.compile(r"\bне (робот|бот)\w*\b|\bхватит бот\w*|\bс человеком\b"),
)
_NOT_NEEDED = re.compile(
    rf"\bне (нуж\w+|надо|хочу|зов\w+|переключ\w+|соедин\w+)\b(?:\W+\w+){{0,2}}?\W+({_ROLE}|{_LIVING})"
)
_COMPLAINT = re.compile(
    r"\b(безобрази\w+|жалоб\w+|пожал(уюсь|оваться)|претензи\w+|возмутительн\w+|возмущ\w+|ужасн\w+|обман\w+|мошенник\w*|"
    r"верните деньги|в суд|сколько можно|никто не отвечает|хамств\w+|издевательств\w+)\b"
)
_COURTESY_WORDS = re.compile(rf"\b({_GREETING}|{_THANKS}|{_FILLER})\b")


def intent_of(text: str) -> Intent:
    """Of one message in Russian."""
    plain = text.lower().replace("ё", "е").strip()
    if not re.search(r"\w", _COURTESY_WORDS.sub(" ", plain.replace("все", " "))):
        return Intent.GREETING if re.search(rf"\b({_GREETING}|подскажите|вопрос)\b", plain) else Intent.THANKS
    if _COMPLAINT.search(plain):
        return Intent.COMPLAINT
    if not _NOT_NEEDED.search(plain) and any(pattern.search(plain) for pattern in _PERSON):
        return Intent.PERSON
    return Intent.QUESTION
