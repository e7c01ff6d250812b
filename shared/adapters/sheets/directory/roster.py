"""The Authorisation tab as read: its rows, where the login cells stand, and the requests that fill them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shared.adapters.sheets.calls.transport import Area, Request
from shared.adapters.sheets.tables import AuthorisationColumn, AuthorisationExtra
from shared.adapters.sheets.tabs import Content
from shared.domain.access import AUTHORISED, Partner, e164, plain_code
from shared.domain.ids import telegram_id
from shared.domain.invisible import without_invisible
from shared.domain.logins import Login, PartnerRow, same_person

_CODE, _PHONE = AuthorisationColumn.CODE, AuthorisationColumn.PHONE
_STATUS, _CHAT, _DATE = AuthorisationColumn.STATUS, AuthorisationColumn.CHAT, AuthorisationColumn.DATE
_MARK = AuthorisationExtra.TRACE
LoginCell = AuthorisationColumn | AuthorisationExtra


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """`places`: column → where it stands, from 1; the technical column may be missing.

    `rows` and `by_chat` show logins that an import took as restored; `owed` are those that the sheet must get back.
    """

    sheet: int
    places: Mapping[LoginCell, int]
    rows: tuple[PartnerRow, ...]
    by_chat: Mapping[int, Partner]
    owed: tuple[PartnerRow, ...] = ()

    def matching(self, partner: Partner) -> list[PartnerRow]:
        """Rows with this code and phone; none for a phone that is no phone."""
        code = plain_code(partner.code)
        if not code or not e164(partner.phone):
            return []
        candidates = (row for row in self.rows if plain_code(row.partner.code) == code)
        return [row for row in candidates if same_person(row.partner, partner)]

    def key_areas(self, row: int) -> list[Area]:
        """Code and phone of a row."""
        return [
            Area(sheet=self.sheet, first_row=row, last_row=row, first_column=column, last_column=column)
            for column in (self.places[_CODE], self.places[_PHONE])
        ]

    def requests(self, rows: Sequence[PartnerRow]) -> list[Request]:
        """Write the rows' logins by position; neighbouring rows and columns in one request."""
        cells: list[LoginCell] = sorted(
            self.places.keys() & {_STATUS, _CHAT, _DATE, _MARK}, key=self.places.__getitem__
        )
        return [self._request(block, columns) for block in _runs(rows) for columns in self._neighbours(cells)]

    def _request(self, rows: Sequence[PartnerRow], cells: Sequence[LoginCell]) -> Request:
        return {
            "updateCells": {
                "rows": [{"values": [_cell(_value(row.login, cell)) for cell in cells]} for row in rows],
                "fields": "userEnteredValue",
                "range": {
                    "sheetId": self.sheet,
                    "startRowIndex": rows[0].number - 1,
                    "endRowIndex": rows[-1].number,
                    "startColumnIndex": self.places[cells[0]] - 1,
                    "endColumnIndex": self.places[cells[-1]],
                },
            }
        }

    def _neighbours(self, cells: Sequence[LoginCell]) -> Iterator[list[LoginCell]]:
        group = [cells[0]]
        for before, cell in pairwise(cells):
            if self.places[cell] != self.places[before] + 1:
                yield group
                group = []
            group.append(cell)
        yield group


def roster_of(content: Content[AuthorisationColumn]) -> Roster:
    places: dict[LoginCell, int] = dict(content.columns.at.items())
    if _MARK in content.header:
        places[_MARK] = content.header.index(_MARK) + 1
    rows = tuple(_row(number, cells, places) for number, cells in content.rows.items())
    return Roster(sheet=content.sheet, places=places, rows=rows, by_chat=accounts_of(rows))


def accounts_of(rows: Sequence[PartnerRow]) -> dict[int, Partner]:
    """Account → partner; where an account stands twice, the upper row."""
    return {row.partner.chat: row.partner for row in reversed(rows) if row.partner.chat and row.partner.authorised}


def _row(number: int, cells: list[str], places: Mapping[LoginCell, int]) -> PartnerRow:
    def cell(column: LoginCell) -> str:
        position = places.get(column, len(cells) + 1) - 1
        return without_invisible(cells[position]).strip() if position < len(cells) else ""

    login = Login(status=cell(_STATUS), chat=cell(_CHAT), date=cell(_DATE), mark=cell(_MARK))
    partner = Partner(
        code=cell(_CODE),
        phone=cell(_PHONE),
        name=cell(AuthorisationColumn.NAME),
        authorised=login.status.casefold() == AUTHORISED,
        chat=telegram_id(login.chat),
    )
    return PartnerRow(number=number, partner=partner, login=login)


def _runs(rows: Sequence[PartnerRow]) -> Iterator[list[PartnerRow]]:
    """Rows that stand directly below each other."""
    run: list[PartnerRow] = []
    for row in sorted(rows, key=lambda row: row.number):
        if run and row.number != run[-1].number + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _cell(value: str) -> dict[str, object]:
    """A cell without a value is emptied."""
    return {"userEnteredValue": {"stringValue": value}} if value else {}


def _value(login: Login, cell: LoginCell) -> str:
    match cell:
        case AuthorisationColumn.STATUS:
            return login.status
        case AuthorisationColumn.CHAT:
            return login.chat
        case AuthorisationColumn.DATE:
            return login.date
        case _:
            return login.mark
