"""The synthetic start: as dirty as real sheets, and never stale."""

from __future__ import annotations

from datetime import date

import phonenumbers
import pytest

from playground.data import Tab, clean_partners, knowledge_tab, promotions_tab, workbooks

TODAY = date(2026, 11, 22)
TABS = [tab for book in workbooks(TODAY) for tab in book.tabs]


def column(tab: Tab, name: str) -> list[str]:
    return [row[tab.header.index(name)] for row in tab.rows]


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.title)
def test_rows_fit_their_header(tab: Tab) -> None:
    """Rows are as wide as the header; named columns exist; header names are unique."""
    assert {len(row) for row in tab.rows} <= {len(tab.header)}
    assert set(tab.text_columns) | set(tab.hidden_columns) <= set(tab.header)
    assert len(set(tab.header)) == len(tab.header)


def test_forty_partners_with_the_dirt_of_real_sheets() -> None:
    """Every kind of dirt that product.md names stands in the Authorisation tab."""
    tab = TABS[0]
    phones, codes, ids = column(tab, "Телефон партнера"), column(tab, "Код партнера"), column(tab, "Telegram ID")
    assert sum(any(row) for row in tab.rows) == 40
    assert not any(next(row for index, row in enumerate(tab.rows) if not any(row) and 0 < index < 40))
    assert {"8 (912) 345-67-89", "#ERROR!", ""} <= set(phones)
    assert codes.count("00123") == 3
    assert any(value and not value.isdigit() for value in ids)
    assert " авторизован " in column(tab, "Статус авторизации")
    assert {"5.10.26", "1 октября"} <= set(column(tab, "Дата авторизации"))


def test_clean_partners_can_log_in() -> None:
    """At least 25, not authorised, each code once in the whole tab, phones valid and in E.164."""
    clean, codes = clean_partners(), column(TABS[0], "Код партнера")
    assert len(clean) >= 25
    for partner in clean:
        row = TABS[0].rows[codes.index(partner.code)]
        assert codes.count(partner.code) == 1
        assert row[3:6] == ("", "", "")
        assert phonenumbers.is_valid_number(phonenumbers.parse(partner.phone))
    assert any(partner.code.startswith("0") for partner in clean)


def test_knowledge_is_mostly_published() -> None:
    """25 entries with unique ids, the first one published, some drafts, answers of at most 300 characters."""
    tab = knowledge_tab()
    statuses = column(tab, "Статус")
    assert len(set(column(tab, "id"))) == 25
    assert statuses[0] == "опубликовано"
    assert 0 < statuses.count("черновик") < 5
    assert max(map(len, column(tab, "Ответ"))) <= 300


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28)])
def test_promotions_are_always_current(today: date) -> None:
    """Six promotions, of each status and kind, whose dates follow the day the playground starts."""
    tab = promotions_tab(today)
    assert len(tab.rows) == 6
    assert set(column(tab, "Статус")) == {"Активна", "Ожидает", "Закончена"}
    assert {"акция", "событие"} <= set(column(tab, "Тип"))
    assert any("_" in title for title in column(tab, "Название"))
    assert str(today.year) in column(tab, "Дата релиза")[0]
    for name in ("Ссылка", "Картинка"):
        assert "" in column(tab, name)
        assert any(column(tab, name))
