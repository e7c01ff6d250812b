"""Digits without end in «Telegram ID»: that row's trouble, and nobody else's."""

from __future__ import annotations

from shared.domain import problem_texts as texts
from tests.adapters.crm import PEOPLE, clean_tab, known, log_in
from tests.adapters.inspected import appeal_row, inspection
from tests.sheets import APPEALS, AUTHORISATION, Sheets

ENDLESS = "9" * 5000


async def test_partners_are_known_beside_it(sheets: Sheets) -> None:
    """Somebody held a key down: the others log in and stay known."""
    await clean_tab(sheets)
    await sheets.type("Авторизация!E9", ENDLESS, AUTHORISATION)
    directory = sheets.directory()
    await log_in(directory, PEOPLE[:2])
    assert await known(directory, PEOPLE[:2]) == [True, True]


async def test_it_is_named_in_the_report(sheets: Sheets) -> None:
    """With what to do about it, in «Авторизация» and in «Обращения»."""
    await sheets.type("Авторизация!E5", ENDLESS, AUTHORISATION)
    values = [appeal_row(shown_chat=ENDLESS)]
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=values)
    said = {(problem.place, problem.text) for problem in await inspection(sheets).problems()}
    assert {("Авторизация E5", texts.CHAT_UNREADABLE), ("Обращения D2", texts.APPEAL_CHAT)} <= said
