"""All spreadsheets of the world, and who may see them."""

from __future__ import annotations

import copy
import random
import string
from collections.abc import Callable

from playground.sheets import protection
from playground.sheets.batch.properties import checked_locale, checked_zone
from playground.sheets.errors import ApiError, RequestError
from playground.sheets.journal import Journal
from playground.sheets.model import Json, Sheet, Spreadsheet

_ID_LETTERS = string.ascii_letters + string.digits + "-_"


class Library:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._chance = random.Random()
        self.books: dict[str, Spreadsheet] = {}
        self.aliases: dict[str, str] = {}
        self._kept: tuple[dict[str, Spreadsheet], dict[str, str]] = ({}, {})

    def keep(self) -> None:
        """Remember all spreadsheets as they are now, for `restore`; their history of changes begins here."""
        for book in self.books.values():
            book.journal = Journal()
        self._kept = copy.deepcopy(self.books), dict(self.aliases)

    def restore(self) -> None:
        """Replace all spreadsheets by those that were kept last."""
        books, aliases = self._kept
        self.books, self.aliases = copy.deepcopy(books), dict(aliases)
        for book in self.books.values():
            book.chance = self._chance

    def new(
        self, title: str, *, owner: str, locale: str, time_zone: str, spreadsheet_id: str | None = None
    ) -> Spreadsheet:
        """An empty spreadsheet without a tab; one with the same id is replaced."""
        spreadsheet_id = spreadsheet_id or "1" + "".join(self._chance.choices(_ID_LETTERS, k=43))
        book = Spreadsheet(
            spreadsheet_id,
            title,
            locale=checked_locale(locale),
            time_zone=checked_zone(time_zone),
            owner=owner,
            at=self._now(),
        )
        # a function is copied as a reference, a bound method with the whole clock behind it
        book.now = lambda: self._now()
        book.protection = protection.guard
        book.chance = self._chance
        self.books[spreadsheet_id] = book
        return book

    def blank(self, title: str, *, owner: str) -> Spreadsheet:
        """What «new spreadsheet» makes: one tab of 1000 × 26."""
        book = self.new(title, owner=owner, locale="en_US", time_zone="Etc/GMT")
        book.sheets = (Sheet(book, 0, "Sheet1"),)
        return book

    def named(self, name: str) -> Spreadsheet:
        """By id or alias; RequestError for an unknown one."""
        book = self.books.get(self.aliases.get(name, name))
        if book is None:
            raise RequestError(f"unknown spreadsheet: {name}")
        return book

    def opened(self, spreadsheet_id: str, account: str, *, writes: bool) -> Spreadsheet:
        """For a call of the API: 404 when it is not there, 403 when it is not shared with the account."""
        book = self.books.get(spreadsheet_id)
        if book is None:
            raise ApiError(404)
        role = role_of(book, account)
        if role is None or (writes and role == "reader"):
            raise ApiError(403)
        return book


def role_of(book: Spreadsheet, account: str) -> str | None:
    """owner, writer or reader; None for a stranger. The tool token is everybody."""
    if account in ("", book.owner):
        return "owner"
    roles = [
        str(permission["role"])
        for permission in book.permissions
        if permission.get("emailAddress") == account
        or permission.get("domain") == account.partition("@")[2]
        or permission.get("type") == "anyone"
    ]
    return min(roles, key=["owner", "writer", "commenter", "reader"].index, default=None)


def permission(identity: str, role: str, address: str | None, kind: str = "user") -> Json:
    """A Drive permission; without an address it is for anyone with the link."""
    if address is None:
        return {"kind": "drive#permission", "id": "anyoneWithLink", "type": "anyone", "role": role}
    name = "domain" if kind == "domain" else "emailAddress"
    return {"kind": "drive#permission", "id": identity, "type": kind, "role": role, name: address}
