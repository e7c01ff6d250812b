"""Digits without end in «Telegram ID»: that row's trouble, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.domain import problem_texts as texts
from tests.adapters.crm import PEOPLE, afresh, known, log_in
from tests.adapters.inspected import appeal_row, inspection
from tests.sheets import APPEALS, AUTHORISATION, Sheets, emulated_sheets

ENDLESS = "9" * 5000


@pytest.fixture(scope="module")
def emulator() -> Iterator[Sheets]:
    with emulated_sheets() as sheets:
        yield sheets


async def test_partners_are_known_beside_it(emulator: Sheets) -> None:
    """Somebody held a key down: the others log in and stay known."""
    sheets = await afresh(emulator)
    await sheets.type("Авторизация!E9", ENDLESS, AUTHORISATION)
    directory = sheets.directory()
    await log_in(directory, PEOPLE[:2])
    assert await known(directory, PEOPLE[:2]) == [True, True]


async def test_it_is_named_in_the_report(emulator: Sheets) -> None:
    """With what to do about it, in «Авторизация» and in «Обращения»."""
    emulator.start_anew()
    await emulator.type("Авторизация!E5", ENDLESS, AUTHORISATION)
    values = [appeal_row(shown_chat=ENDLESS)]
    await emulator.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=values)
    said = {(problem.place, problem.text) for problem in await inspection(emulator).problems()}
    assert {("Авторизация E5", texts.CHAT_UNREADABLE), ("Обращения D2", texts.APPEAL_CHAT)} <= said
