"""Spreadsheets kept at one moment, and brought back as often as wanted."""

from __future__ import annotations

from typing import Any


def test_what_was_kept_comes_back(world: Any) -> None:
    """Cells, columns and tabs, each time; what happens afterwards never reaches what was kept."""
    world.people("edit", range="Обращения!B2", values=[["Алла"]])
    world.emulator.keep()
    kept = world.view()
    for _ in range(2):
        world.people("edit", range="Обращения!B2", values=[["Инна"]])
        world.people("delete-rows", sheet="Обращения", row=3)
        world.people("insert-columns", sheet="Обращения", column="A")
        world.people("replace-tab", sheet="Авторизация", values=[["пусто"]])
        assert world.view() != kept
        world.emulator.restore()
        assert world.view() == kept
        assert world.view("Авторизация")["header"] == ["Код", "Телефон"]


def test_the_history_begins_with_what_was_kept(world: Any) -> None:
    """A person cannot undo or go back to anything before it; later changes are dated by the clock that runs."""
    world.people("edit", range="Обращения!B2", values=[["Алла"]])
    world.emulator.keep()
    world.emulator.restore()
    kept = world.view()
    assert world.people("restore", at=0)["changes"] == 0
    world.kernel.clock.advance(60)
    world.people("edit", range="Обращения!B2", values=[["Инна"]])
    assert world.people("restore", at=world.kernel.clock.now() - 1)["changes"] == 1
    assert world.view() == kept


def test_formulas_are_kept(world: Any) -> None:
    """Formulas are computed from the restored cells, not from those that were there before."""
    world.write("Обращения!F2", [["=E2*2"]], how="USER_ENTERED")
    world.emulator.keep()
    world.write("Обращения!E2", [[50]])
    assert world.view()["rows"][0]["values"][5] == "100"
    world.emulator.restore()
    assert world.view()["rows"][0]["values"][5] == "20"
    world.write("Обращения!E2", [[7]])
    assert world.view()["rows"][0]["values"][5] == "14"
