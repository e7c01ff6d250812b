"""The CRM's export laid over the Authorisation tab, and partners who had logged in before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from playground.data import clean_partners
from shared.adapters.sheets.directory.directory import SheetDirectory
from shared.domain.access import Partner
from tests.sheets import AUTHORISATION, Sheets

TAB = "Авторизация"
HEADER = ["Код партнера", "ФИО партнера", "Телефон партнера", "Статус авторизации", "Telegram ID", "Дата авторизации"]
LOGIN = HEADER[3:]
PEOPLE = [Partner(code=one.code, phone=one.phone, name=one.name) for one in clean_partners()]
EXPIRED_S = 301


async def clean_tab(sheets: Sheets) -> None:
    """The whole tab with `PEOPLE` in it, nobody logged in."""
    await overlay(sheets, header=[*HEADER, "Уведомления", "Служебное"])


def chat_of(partner: Partner) -> int:
    return 500 + PEOPLE.index(partner)


async def log_in(directory: SheetDirectory, partners: Iterable[Partner]) -> None:
    for partner in partners:
        assert await directory.authorise(partner, chat_of(partner))


def as_it_is(partner: Partner) -> Partner:
    return partner


async def overlay(
    sheets: Sheets,
    partners: Sequence[Partner] = PEOPLE,
    *,
    written: Callable[[Partner], Partner] = as_it_is,
    header: Sequence[str] = HEADER,
) -> None:
    """The whole tab gives way to code, name and phone of these partners."""
    await sheets.person("replace-tab", **replacement(partners, written=written, header=header))


def replacement(
    partners: Sequence[Partner],
    *,
    written: Callable[[Partner], Partner] = as_it_is,
    header: Sequence[str] = HEADER,
) -> dict[str, object]:
    rows = [[one.code, one.name, one.phone] for one in map(written, partners)]
    return {"spreadsheet": AUTHORISATION, "sheet": TAB, "values": [list(header), *rows]}


async def logins(sheets: Sheets) -> dict[str, tuple[str, ...]]:
    """Code and phone → status, Telegram ID and date, for every row that holds any of them."""
    rows = await sheets.rows(TAB, AUTHORISATION)
    held = {
        f"{row['Код партнера']} {row['Телефон партнера']}": tuple(row.get(name, "") for name in LOGIN) for row in rows
    }
    return {person: login for person, login in held.items() if any(login)}


async def row_of(sheets: Sheets, chat: int) -> str:
    """The number of the row in which this account is logged in."""
    [row] = [row["row"] for row in await sheets.rows(TAB, AUTHORISATION) if row["Telegram ID"] == str(chat)]
    return row


async def known(directory: SheetDirectory, partners: Iterable[Partner]) -> list[bool]:
    """Each partner writes: is it known who they are?"""
    found = [(partner, await directory.partner_of(chat_of(partner))) for partner in partners]
    return [bool(one and (one.code, one.name) == (partner.code, partner.name)) for partner, one in found]
