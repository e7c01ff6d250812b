"""First names out of full names as the Authorisation sheet holds them."""

from __future__ import annotations

import re

from shared.domain.invisible import without_invisible

_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
# without «-вич» there are few, and many other words end in «-ич»: «Завод Красный Кирпич»
_SHORT = r"иль|кузьм|козьм|лук|фом|никит|аникит|савв|фок"
_PATRONYMIC = re.compile(rf"(?:[оеё]вич|^(?:{_SHORT})ич|овна|евна|ична)$|(?:оглы|кызы)$", re.IGNORECASE)
_SECOND_HALF = re.compile(r"\s+(?=(?:оглы|кызы)(?:\s|$))", re.IGNORECASE)
_SOLE_TRADER = re.compile(r"^\s*ип\s+", re.IGNORECASE)
_COMPANY = frozenset({"ооо", "оао", "зао", "пао", "нпао", "ао", "ип", "ано", "нко", "гк", "тд", "кфх", "чп", "тоо"})


def first_name_of(name: str) -> str:
    """Return the first name out of a full name of three words with a patronymic; "" for any other name.

    «Белова Анна Петровна», «Анна Петровна Белова», «ИП Белова Анна Петровна» → «Анна». Two words, or three without a
    patronymic, do not say which one is the first name, or whether they are a person's: «ООО «Ромашка»», «Белова Анна».
    """
    # «Гасан оглы» is one patronymic of two words
    words = _SECOND_HALF.sub("-", _SOLE_TRADER.sub("", without_invisible(name))).split()
    if len(words) != 3 or not all(_WORD.fullmatch(word) for word in words) or _COMPANY & {w.casefold() for w in words}:
        return ""
    # a surname in front may end like a patronymic: «Абрамович Роман Аркадьевич»
    patronymic = next((at for at in (1, 2) if _PATRONYMIC.search(words[at])), None)
    return "" if patronymic is None else "-".join(part.capitalize() for part in words[patronymic - 1].split("-"))
