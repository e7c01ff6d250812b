"""Who a partner is: the row of the Authorisation sheet, and how code and phone are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

AUTHORISED = "авторизован"
_CODE_NOISE = re.compile(r"[\s№#]+")
_PATRONYMIC = re.compile(r"(?:вич|вна|ична|инична|ич|оглы|кызы)$", re.IGNORECASE)
_BOTH = re.compile(
    r"^\s*(?:код[:\s]*)?(?P<code>№?\s*[\w-]{1,20})[\s,;:]+(?:тел\w*[.:\s]*)?(?P<phone>\+?[\d(][\d\s()\-.]{8,24})\s*$",
    re.IGNORECASE,
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
        """«Белова Анна Петровна» and «Анна Петровна Белова» → «Анна»; a name of one word stays as it is."""
        words = self.name.split()
        if len(words) < 2:
            return self.name.strip()
        patronymic = next((n for n, word in enumerate(words) if n and _PATRONYMIC.search(word)), 2)
        return words[patronymic - 1]


def same_code(text: str) -> str:
    """A code in the form that is compared: no spaces, no «№», no capitals. Leading zeros matter."""
    return _CODE_NOISE.sub("", text).casefold()


def same_phone(text: str) -> str | None:
    """A phone in the form that is compared, E.164; None when it is no Russian number."""
    try:
        number = phonenumbers.parse(text, "RU")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def code_and_phone(text: str) -> tuple[str, str] | None:
    """Code and phone in one message («00123 8 912 345-67-89»); None when it is something else, or a phone alone."""
    found = _BOTH.match(text)
    digits = re.sub(r"\D", "", text)
    if not found or (len(digits) <= 11 and same_phone(text)):
        return None
    return (found["code"], found["phone"]) if same_phone(found["phone"]) else None
