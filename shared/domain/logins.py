"""Who stands in a row of the Authorisation sheet, and what its login cells hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.domain.access import AUTHORISED, Partner, e164, plain_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Status, Telegram ID and date, and the bot's mark in its technical cell, as they stand there.

    The mark stays when a person frees the row by clearing the three: a row that lost the mark too was overwritten.
    """

    status: str = ""
    chat: str = ""
    date: str = ""
    mark: str = ""

    @property
    def visible(self) -> tuple[str, str, str]:
        """Without the mark, for which there may be no column."""
        return self.status, self.chat, self.date

    @property
    def is_blank(self) -> bool:
        return not any(self.visible)

    @property
    def names_nobody(self) -> bool:
        """No account stands there, whatever is left of status and date; a status of a person's own stays theirs."""
        return not self.chat and self.status.casefold() in ("", AUTHORISED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    number: int
    partner: Partner
    login: Login


def mark_of(chat: int) -> str:
    return f"v1 {chat}"


def with_login(row: PartnerRow, chat: int, login: Login) -> PartnerRow:
    return replace(row, partner=replace(row.partner, authorised=True, chat=chat), login=login)


def same_person(one: Partner, other: Partner) -> bool:
    """Code and phone are the same, however the phone is written."""
    if plain_code(one.code) != plain_code(other.code):
        return False
    if one.phone == other.phone:
        return True
    number = e164(one.phone)
    return number is not None and number == e164(other.phone)


class PeopleByCode:
    """Rows found by code and phone."""

    def __init__(self, rows: Iterable[PartnerRow]) -> None:
        self._rows: dict[str, list[PartnerRow]] = {}
        for row in rows:
            self._rows.setdefault(plain_code(row.partner.code), []).append(row)

    def of(self, partner: Partner) -> list[PartnerRow]:
        return [row for row in self._rows.get(plain_code(partner.code), []) if same_person(row.partner, partner)]
