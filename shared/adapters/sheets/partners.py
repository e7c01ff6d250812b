"""The Authorisation tab behind the port `Directory`.

A login writes into cells that are empty, so there is nothing that a guarded write could compare. Instead the write
brings back code and phone of the row it hit; had rows moved, that row gets back what it held, and the
login is repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.adapters.sheets import guard
from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.tables import AuthorisationColumn, Columns
from shared.adapters.sheets.tabs import Content, WholeTab
from shared.adapters.sheets.transport import Area
from shared.domain.access import AUTHORISED, Partner, same_code, same_phone
from shared.ports import Clock, Log, Unavailable

TAB = "Авторизация"
UNKNOWN_FRESH_S = 30.0
TRIES = 5
JUST_READ_S = 2.0
_CODE, _PHONE = AuthorisationColumn.CODE, AuthorisationColumn.PHONE
_LOGIN = (AuthorisationColumn.STATUS, AuthorisationColumn.CHAT, AuthorisationColumn.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """`login`: status, Telegram ID and date as they stand in the cells."""

    number: int
    partner: Partner
    login: tuple[str, str, str]

    @property
    def key(self) -> tuple[str, str | None]:
        return same_code(self.partner.code), same_phone(self.partner.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    sheet: int
    columns: Columns[AuthorisationColumn]
    rows: tuple[_Row, ...]
    by_chat: Mapping[int, Partner]

    def matching(self, code: str, phone: str) -> list[_Row]:
        wanted_code, wanted_phone = same_code(code), same_phone(phone)
        if not wanted_code or not wanted_phone:
            return []
        candidates = (row for row in self.rows if same_code(row.partner.code) == wanted_code)
        return [row for row in candidates if same_phone(row.partner.phone) == wanted_phone]

    def key_areas(self, row: int) -> list[Area]:
        columns = (self.columns.at[_CODE], self.columns.at[_PHONE])
        return [
            Area(sheet=self.sheet, first_row=row, last_row=row, first_column=column, last_column=column)
            for column in columns
        ]


class SheetDirectory:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, log: Log) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._clock = clock
        self._log = log
        self._tab = WholeTab(gateway, spreadsheet, TAB, AuthorisationColumn)
        self._cached = Cached(self._load, name="authorisation", clock=clock, log=log)

    async def partner_of(self, chat: int) -> Partner | None:
        """Somebody unknown may have logged in on another instance: for them the cache is 30 s old at most."""
        partner = (await self._cached.get()).by_chat.get(chat)
        if partner is None:
            partner = (await self._cached.get(max_age_s=UNKNOWN_FRESH_S)).by_chat.get(chat)
        return partner

    async def matching(self, code: str, phone: str) -> Partner | None:
        rows = (await self._now()).matching(code, phone)
        return rows[0].partner if rows else None

    async def authorise(self, partner: Partner, chat: int) -> bool:
        snapshot = await self._cached.get(max_age_s=JUST_READ_S)
        for _ in range(TRIES):
            rows = snapshot.matching(partner.code, partner.phone)
            if any(row.partner.chat == chat and row.partner.authorised for row in rows):
                return True
            row = next((row for row in rows if row.partner.chat in (None, chat)), None)
            if row is None:
                return False
            await self._clear(snapshot, [other for other in snapshot.rows if other.partner.chat == chat])
            date = self._clock.local().strftime("%d.%m.%Y %H:%M")
            await self._write(snapshot, row, (AUTHORISED, str(chat), date))
            snapshot = await self._now()
        raise Unavailable("authorisation: the row could not be written")

    async def free(self, chat: int) -> bool:
        snapshot = await self._now()
        rows = [row for row in snapshot.rows if row.partner.chat == chat]
        await self._clear(snapshot, rows)
        await self._now()
        return bool(rows)

    async def _clear(self, snapshot: _Snapshot, rows: list[_Row]) -> None:
        for row in rows:
            await self._write(snapshot, row, ("", "", ""))

    async def _write(self, snapshot: _Snapshot, row: _Row, login: tuple[str, str, str]) -> None:
        """Put the three cells where the row was read; when another stood there by then, it gets its own back."""
        requests = guard.placed(
            dict(zip(_LOGIN, login, strict=True)), sheet=snapshot.sheet, row=row.number, columns=snapshot.columns
        )
        committed = await self._gateway.write(self._spreadsheet, requests, echoes=snapshot.key_areas(row.number))
        code, phone = (echo[0][0] for echo in committed.echoes)
        if (same_code(code), same_phone(phone)) == row.key:
            return
        self._log.warning("login_strayed", row=row.number)
        victims = snapshot.matching(code, phone)
        now = (await self._now()).matching(code, phone)
        for victim, standing in zip(victims, now, strict=False):
            if standing.login == login:
                await self._write(await self._now(), standing, victim.login)

    async def _now(self) -> _Snapshot:
        return await self._cached.get(max_age_s=0)

    async def _load(self) -> _Snapshot:
        content = await self._tab.read()
        rows = tuple(_row(number, cells, content) for number, cells in content.rows.items())
        known = {row.partner.chat: row.partner for row in reversed(rows) if row.partner.chat and row.partner.authorised}
        return _Snapshot(sheet=content.sheet, columns=content.columns, rows=rows, by_chat=known)


def _row(number: int, cells: list[str], content: Content[AuthorisationColumn]) -> _Row:
    def cell(column: AuthorisationColumn) -> str:
        return content.columns.cell(cells, column).strip()

    status, chat, date = (cell(column) for column in _LOGIN)
    partner = Partner(
        code=cell(_CODE),
        phone=cell(_PHONE),
        name=cell(AuthorisationColumn.NAME),
        authorised=status.casefold() == AUTHORISED,
        chat=int(chat) if chat.isdecimal() else None,
    )
    return _Row(number=number, partner=partner, login=(status, chat, date))
