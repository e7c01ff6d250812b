"""Connecting the sheet: the menu, the trigger, and what is said when something is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.apps_script import AppsScript
from playground.kernel.emulator import Kernel

APPEALS = "appeals-workbook"
Make = Callable[..., AppsScript]
Said = Callable[[str], list[str]]


async def test_installed(make: Make, pubsub: Any, kernel: Kernel, said: Said) -> None:
    """The menu appears, one trigger is made, an empty message is tried, and the person is told."""
    script = make()
    await script.install(APPEALS)
    menu = next(event for event in kernel.events.since() if event.what == "menu")
    assert menu.details["caption"] == "MarketingBot"
    assert [(trigger.function, trigger.event) for trigger in script.triggers] == [("onSheetEdit", "ON_EDIT")]
    assert [event["appeals"] for event in pubsub.events()] == [[]]
    assert said("alert") == ["Таблица подключена, пробное сообщение ушло."]
    assert said("failed") == []


async def test_installed_twice(make: Make, said: Said) -> None:
    """A second time makes no second trigger."""
    script = make()
    await script.install(APPEALS)
    await script.install(APPEALS)
    assert len(script.triggers) == 1
    assert "уже подключена" in said("alert")[1]


async def test_missing_properties(make: Make, pubsub: Any, said: Said) -> None:
    """Missing properties are named together, and nothing is made."""
    script = make(OTHER="x")
    await script.install(APPEALS)
    (text,) = said("alert")
    assert "PROJECT_ID" in text
    assert "TOPIC" in text
    assert script.triggers == []
    assert pubsub.requests == []


async def test_not_the_appeals(make: Make, workbook: Any, said: Said) -> None:
    """A workbook without the columns is not connected; the columns are named."""
    del workbook.tabs["Обращения"]
    script = make()
    await script.install(APPEALS)
    assert "«Ответ специалиста», «Статус», «id»" in said("alert")[0]
    assert script.triggers == []


async def test_without_a_receipt_column(make: Make, workbook: Any, said: Said) -> None:
    """The bot reads no tab that lacks it: the column is named."""
    workbook.tabs["Обращения"][0][3] = "прочее"
    script = make()
    await script.install(APPEALS)
    assert "«Доставка»" in said("alert")[0]
    assert script.triggers == []


async def test_no_right_to_publish(make: Make, pubsub: Any, said: Said) -> None:
    """When Google refuses the test message the person is told what to do about it."""
    pubsub.statuses = [403]
    script = make()
    await script.install(APPEALS)
    assert "roles/pubsub.publisher" in said("alert")[0]
    assert len(script.triggers) == 1


async def test_cleared(make: Make, pubsub: Any) -> None:
    """After a reset the project is as it was before anybody installed it."""
    script = make()
    await script.install(APPEALS)
    script.clear()
    assert script.triggers == []
