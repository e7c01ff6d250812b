"""Who a partner is: the row of the Authorisation sheet, and how code and phone are compared."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import phonenumbers

from shared.domain.invisible import without_invisible
from shared.domain.person_names import first_name_of

AUTHORISED = "авторизован"
LONGEST_NUMBER = 12
"""Digits after the country code; the library thinks 14 possible in Russia."""
_CODE_NOISE = re.compile(r"[\s№#]+")
_BOTH = re.compile(
    r"^\s*(?:код[:\s]*)?(?P<code>№?\s*[\w-]{1,20})[\s,;:]+(?:тел\w*[.:\s]*)?(?P<phone>\+?[\d(][\d\s()\-–—.]{8,24})\s*$",
    re.IGNORECASE,
)

_PHONE = re.compile(r"(?<!\d)(?:\+?7|8)[\s(\-–—.]*\d{3}[\s)\-–—.]*\d{3}[\s\-–—.]*\d{2}[\s\-–—.]*\d{2}(?!\d)")
_COURTESY = frozenset(
    {
        *("мой", "моя", "код", "партнера", "телефон", "телефона", "тел", "номер", "это", "вот", "и"),
        *("здравствуйте", "привет", "добрый", "доброе", "день", "вечер", "утро"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One row of the Authorisation sheet. `chat` is the Telegram ID that logged in, None while nobody did."""

    code: str
    phone: str
    name: str
    authorised: bool = False
    chat: int | None = None

    @property
    def first_name(self) -> str:
        """The name to call the partner by, "" where the row does not tell it (`first_name_of`)."""
        return first_name_of(self.name)


def plain_code(text: str) -> str:
    """A code in the form that is compared: no spaces, no «№», no capitals. Leading zeros matter."""
    return _CODE_NOISE.sub("", without_invisible(text)).casefold()


def code_mark(code: str) -> str:
    """A code as a button can carry it: 64 bytes are its limit, and a code may be longer."""
    return hashlib.sha256(plain_code(code).encode()).hexdigest()[:12]


def e164(text: str) -> str | None:
    """A phone in the form that is compared, E.164; None when it is no Russian number."""
    try:
        number = phonenumbers.parse(without_invisible(text), "RU")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) > LONGEST_NUMBER:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def code_and_phone(text: str) -> tuple[str, str] | None:
    """Code and phone in one message («00123 8 912 345-67-89»); None when it is something else, or a phone alone."""
    text = without_invisible(text)
    found = _BOTH.match(text)
    digits = re.sub(r"\D", "", text)
    if len(digits) <= 11 and e164(text):
        return None
    if found and e164(found["phone"]):
        return found["code"], found["phone"]
    return _among_words(text)


def _among_words(text: str) -> tuple[str, str] | None:
    """«Мой код 00123, телефон 8912…», the phone first, a greeting in front: one phone, one more word with a digit.

    A code may be typed in groups («№ 00 123»).
    """
    phones = list(_PHONE.finditer(text))
    if len(phones) != 1:
        return None
    around = f"{text[: phones[0].start()]} {text[phones[0].end() :]}".casefold().replace("ё", "е")
    words = [word for word in re.findall(r"[\w-]*\w", around) if word not in _COURTESY]
    if words and all(word.isdecimal() for word in words):
        words = ["".join(words)]
    if len(words) != 1 or not any(char.isdigit() for char in words[0]) or len(words[0]) > 20:
        return None
    return words[0], phones[0][0]
