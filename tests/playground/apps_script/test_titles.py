"""The script knows a column by the same rule as the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground.apps_script import AppsScript
from tests.titles import NAMES, others, spelt

COLUMNS = ["Код партнера", "Статус", "Ответ специалиста", "Доставка", "id"]
REPLY, STATUS = 3, 2
Edit = Callable[..., Awaitable[None]]


async def test_a_title_is_known_however_it_is_spelt(
    make: Callable[..., AppsScript], edit: Edit, pubsub: Any, workbook: Any
) -> None:
    """A reply is announced, whichever spelling the columns have."""
    await make().install("appeals-workbook")
    for name in NAMES:
        workbook.tabs["Обращения"][0] = [spelt(title, name) for title in COLUMNS]
        pubsub.requests.clear()
        await edit(2, REPLY)
        assert [event["appeals"] for event in pubsub.events()] == [[{"id": "7K3Q", "row": 2, "edited": ["reply"]}]], (
            name
        )


@pytest.mark.parametrize("name", NAMES[::6])
async def test_a_sheet_with_such_titles_can_be_connected(
    make: Callable[..., AppsScript], edit: Edit, pubsub: Any, workbook: Any, said: Callable[[str], list[str]], name: str
) -> None:
    """The receipt column is found as well."""
    workbook.tabs["Обращения"][0] = [spelt(title, name) for title in COLUMNS]
    await make().install("appeals-workbook")
    assert said("alert")[-1] == "Таблица подключена, пробное сообщение ушло."
    pubsub.statuses = [500]
    await edit(2, REPLY)
    assert workbook.tabs["Обращения"][1][3] == "повторится"


@pytest.mark.parametrize("position", [2, 3, 5])
async def test_another_title_is_another_column(
    make: Callable[..., AppsScript],
    edit: Edit,
    pubsub: Any,
    workbook: Any,
    said: Callable[[str], list[str]],
    position: int,
) -> None:
    """Case, full stop, a missing space, a Latin letter: the tab is not the appeals, and nothing is announced."""
    for title in others(COLUMNS[position - 1]):
        workbook.tabs["Обращения"][0] = [title if n == position else name for n, name in enumerate(COLUMNS, 1)]
        await edit(2, REPLY, columns=2)
        await make().install("appeals-workbook")
        assert "Не хватает" in said("alert")[-1], title
    assert pubsub.events() == []
