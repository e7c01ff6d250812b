"""The Authorisation tab behind the port `Directory`."""

from __future__ import annotations

from dataclasses import dataclass

from shared.adapters.sheets import guard
from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.tables import AuthorisationColumn, Columns
from shared.adapters.sheets.tabs import Content, WholeTab
from shared.adapters.sheets.transport import Request
from shared.domain.access import AUTHORISED, Partner, same_code, same_phone
from shared.ports import Clock, Log, Unavailable

TAB = "Авторизация"
UNKNOWN_FRESH_S = 30.0
VERIFIED_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: int
    partner: Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    sheet: int
    columns: Columns[AuthorisationColumn]
    rows: tuple[_Row, ...]

    def of_chat(self, chat: int) -> Partner | None:
        return next((r.partner for r in self.rows if r.partner.chat == chat and r.partner.authorised), None)

    def with_code_and_phone(self, code: str, phone: str) -> list[_Row]:
        wanted = (same_code(code), same_phone(phone))
        return [row for row in self.rows if (same_code(row.partner.code), same_phone(row.partner.phone)) == wanted]


class SheetDirectory:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, log: Log) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._clock = clock
        self._tab = WholeTab(gateway, spreadsheet, TAB, AuthorisationColumn)
        self._cached = Cached(self._load, name="authorisation", clock=clock, log=log)

    async def partner_of(self, chat: int) -> Partner | None:
        partner = (await self._cached.get()).of_chat(chat)
        if partner is None and self._cached.age() > UNKNOWN_FRESH_S:
            partner = (await self._cached.get(max_age_s=UNKNOWN_FRESH_S)).of_chat(chat)
        return partner

    async def matching(self, code: str, phone: str) -> Partner | None:
        rows = (await self._cached.get(max_age_s=0)).with_code_and_phone(code, phone)
        return next((row.partner for row in rows), None)

    async def authorise(self, partner: Partner, chat: int) -> bool:
        for _ in range(VERIFIED_TRIES):
            snapshot = await self._cached.get(max_age_s=0)
            rows = snapshot.with_code_and_phone(partner.code, partner.phone)
            if not rows:
                return False
            if any(row.partner.chat == chat and row.partner.authorised for row in rows):
                return True
            row = next((row for row in rows if row.partner.chat in (None, chat)), None)
            if row is None:
                return False
            await self._gateway.write(self._spreadsheet, self._login(snapshot, row, chat))
        raise Unavailable("authorisation: the row could not be written")

    async def free(self, chat: int) -> bool:
        snapshot = await self._cached.get(max_age_s=0)
        requests = [r for row in snapshot.rows if row.partner.chat == chat for r in _freed(snapshot, row)]
        if requests:
            await self._gateway.write(self._spreadsheet, requests)
            await self._cached.get(max_age_s=0)
        return bool(requests)

    def _login(self, snapshot: _Snapshot, row: _Row, chat: int) -> list[Request]:
        requests: list[Request] = []
        for other in snapshot.rows:
            if other.partner.chat == chat:
                requests += _freed(snapshot, other)
        today = self._clock.local().strftime("%d.%m.%Y %H:%M")
        return requests + _cells(snapshot, row, {_STATUS: AUTHORISED, _CHAT: str(chat), _DATE: today})

    async def _load(self) -> _Snapshot:
        content = await self._tab.read()
        rows = tuple(_Row(number=n, partner=_partner(row, content)) for n, row in content.rows.items())
        return _Snapshot(sheet=content.sheet, columns=content.columns, rows=rows)


_STATUS, _CHAT, _DATE = AuthorisationColumn.STATUS, AuthorisationColumn.CHAT, AuthorisationColumn.DATE


def _cells(snapshot: _Snapshot, row: _Row, values: dict[AuthorisationColumn, str]) -> list[Request]:
    return guard.placed(values, sheet=snapshot.sheet, row=row.number, columns=snapshot.columns)


def _freed(snapshot: _Snapshot, row: _Row) -> list[Request]:
    return _cells(snapshot, row, dict.fromkeys((_STATUS, _CHAT, _DATE), ""))


def _partner(row: list[str], content: Content[AuthorisationColumn]) -> Partner:
    def cell(column: AuthorisationColumn) -> str:
        return content.columns.cell(row, column).strip()

    chat = cell(AuthorisationColumn.CHAT)
    return Partner(
        code=cell(AuthorisationColumn.CODE),
        phone=cell(AuthorisationColumn.PHONE),
        name=cell(AuthorisationColumn.NAME),
        authorised=cell(AuthorisationColumn.STATUS).casefold() == AUTHORISED,
        chat=int(chat) if chat.isdecimal() else None,
    )
