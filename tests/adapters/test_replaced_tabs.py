"""A new tab takes the name of the old one, which is kept under another: the new one counts, also where all is warm."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from shared.adapters.sheets.knowledge import SheetKnowledge
from shared.adapters.sheets.promotions import SheetPromotions
from shared.domain.access import Partner
from tests.adapters.crm import EXPIRED_S, HEADER, LOGIN, PEOPLE, TAB, chat_of, clean_tab, known, log_in, logins, overlay
from tests.adapters.sheet_people import draft
from tests.sheets import APPEALS, AUTHORISATION, Sheets

PROMOTIONS = "promotions-test"
NEW = 4242


async def rename(sheets: Sheets, spreadsheet: str, title: str, *, to: str) -> None:
    tabs = {tab.title: tab.sheet for tab in await asyncio.to_thread(sheets.calls().tabs, spreadsheet)}
    properties = {"sheetId": tabs[title], "title": to}
    await batch(sheets, spreadsheet, {"updateSheetProperties": {"properties": properties, "fields": "title"}})


async def add(sheets: Sheets, spreadsheet: str, title: str) -> None:
    await batch(sheets, spreadsheet, {"addSheet": {"properties": {"sheetId": NEW, "title": title}}})


async def batch(sheets: Sheets, spreadsheet: str, request: dict[str, object]) -> None:
    await asyncio.to_thread(sheets.calls().write, spreadsheet, [request], [])


async def fill(sheets: Sheets, spreadsheet: str, title: str, values: Sequence[Sequence[str]]) -> None:
    await sheets.person("edit", spreadsheet=spreadsheet, range=f"{title}!A1", values=values)


def with_zeros(partner: Partner) -> Partner:
    """A new tab has no text format yet."""
    return replace(partner, code=f"'{partner.code}")


async def test_partners_of_the_new_tab_are_known(sheets: Sheets) -> None:
    """Within the cache time; what was logged in before is logged in there, and the old tab is written no more."""
    await clean_tab(sheets)
    directory = sheets.directory()
    await log_in(directory, PEOPLE[:6])
    await rename(sheets, AUTHORISATION, TAB, to="Авторизация до ноября")
    await add(sheets, AUTHORISATION, TAB)
    await overlay(sheets, PEOPLE[1:], written=with_zeros, header=[*HEADER, "Служебное"])
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, PEOPLE[:6]) == [False] + [True] * 5
    assert len(await logins(sheets)) == 5


async def test_a_login_goes_into_the_new_tab(sheets: Sheets) -> None:
    """Also of somebody who comes before the cache time is over."""
    await clean_tab(sheets)
    directory = sheets.directory()
    await log_in(directory, PEOPLE[:2])
    await rename(sheets, AUTHORISATION, TAB, to="Старая")
    await add(sheets, AUTHORISATION, TAB)
    await overlay(sheets, written=with_zeros, header=[*HEADER, "Служебное"])
    sheets.clock.advance(3)
    assert await directory.authorise(PEOPLE[2], chat_of(PEOPLE[2]))
    assert str(chat_of(PEOPLE[2])) in {chat for _, chat, _ in (await logins(sheets)).values()}
    assert await known(directory, PEOPLE[:3]) == [True] * 3
    old = [tuple(row[name] for name in LOGIN) for row in await sheets.rows("Старая", AUTHORISATION)]
    assert str(chat_of(PEOPLE[2])) not in {chat for _, chat, _ in old}


async def test_a_tab_renamed_first_and_replaced_later(sheets: Sheets) -> None:
    """In between the old one is known by its columns, at one read more for each look."""
    promotions = SheetPromotions(sheets.book(PROMOTIONS), clock=sheets.clock, log=sheets.log)
    before = await promotions.all()
    await rename(sheets, PROMOTIONS, "Акции", to="Акции 2025")
    for _ in range(2):
        sheets.emulator.reset_stats()
        sheets.clock.advance(EXPIRED_S)
        assert await promotions.all() == before
        assert sheets.emulator.stats()["reads"] == 2
    await add(sheets, PROMOTIONS, "Акции")
    header = ["Дата релиза", "Название", "Описание", "Статус", "Дата начала", "Дата окончания"]
    await fill(sheets, PROMOTIONS, "Акции", [header, ["01.11.2026", "Новая", "", "Активна", "", ""]])
    sheets.clock.advance(EXPIRED_S)
    assert [one.title for one in await promotions.all()] == ["Новая"]
    sheets.emulator.reset_stats()
    sheets.clock.advance(EXPIRED_S)
    await promotions.all()
    assert sheets.emulator.stats()["reads"] == 1


async def test_a_title_with_spaces_is_recognised(sheets: Sheets) -> None:
    """«База знаний» is quoted in Google's answers: it is no other tab."""
    knowledge = SheetKnowledge(sheets.book(APPEALS), clock=sheets.clock, log=sheets.log)
    assert len(await knowledge.entries()) > 1
    sheets.emulator.reset_stats()
    sheets.clock.advance(EXPIRED_S)
    await knowledge.entries()
    assert sheets.emulator.stats()["reads"] == 1
    await rename(sheets, APPEALS, "База знаний", to="Чья-то 'база'! 1")
    await add(sheets, APPEALS, "База знаний")
    header = ["id", "Вопрос", "Ответ", "Ссылка", "Статус"]
    await fill(sheets, APPEALS, "База знаний", [header, ["n-1", "Что нового?", "Всё.", "", "опубликовано"]])
    sheets.clock.advance(EXPIRED_S)
    assert [entry.id for entry in await knowledge.entries()] == ["n-1"]


async def test_a_renamed_tab_without_a_column_of_peoples_own(sheets: Sheets) -> None:
    """The bot can do without «Оценка», so it knows the tab without it."""
    header = (await sheets.person("view", spreadsheet=APPEALS, sheet="Обращения"))["header"]
    rating = chr(ord("A") + header.index("Оценка"))
    await rename(sheets, APPEALS, "Обращения", to="Вопросы")
    await sheets.type(f"Вопросы!{rating}1", "Балл")
    await sheets.journal().open(draft(sheets, 501))
    assert [row["id"] for row in await sheets.rows("Вопросы")] == ["a501-1"]
