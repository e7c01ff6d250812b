"""The tab «Настройки» through its adapter."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.preferences import Preferences
from tests.adapters.logged import logged
from tests.sheets import APPEALS, Sheets

TAB = "Настройки"


async def test_a_change_takes_effect_within_five_minutes(sheets: Sheets) -> None:
    """Without a deploy; the synthetic settings are all readable."""
    preferences = sheets.preferences()
    first = await preferences.current()
    assert first.assistant_on
    assert first.phrases == ("позовите куратора", "соедините с отделом")
    await sheets.type(f"{TAB}!B2", "выключен")
    assert await preferences.current() == first
    sheets.clock.advance(301)
    assert await preferences.current() == replace(first, assistant_on=False)
    assert not sheets.log.lines


async def test_a_bad_value_keeps_the_last_good_one(sheets: Sheets) -> None:
    """The log names its key once a load; the other settings are read."""
    await sheets.type(f"{TAB}!B2", "выключен")
    preferences = sheets.preferences()
    assert not (await preferences.current()).assistant_on
    await sheets.person("edit", spreadsheet=APPEALS, range=f"{TAB}!B2", values=[["временно"], ["выключены"]])
    sheets.clock.advance(301)
    for _ in range(3):
        now = await preferences.current()
        assert (now.assistant_on, now.promotions_on) == (False, False)
    assert logged(sheets, "setting_unreadable") == [{"tab": TAB, "key": "Помощник"}]


async def test_a_workbook_without_the_tab_has_the_defaults(sheets: Sheets) -> None:
    """Everything is on; said once a load. The description may be missing."""
    await sheets.person("clear", spreadsheet=APPEALS, range=f"{TAB}!C1:C9")
    assert (await sheets.preferences().current()).phrases
    await sheets.person("clear", spreadsheet=APPEALS, range=f"{TAB}!A1:B1")
    preferences = sheets.preferences()
    for _ in range(3):
        assert await preferences.current() == Preferences()
    assert len(logged(sheets, "settings_defaults")) == 1
