"""Ui and Menu: what the person at the sheet sees goes to the event log."""

from __future__ import annotations

from typing import ClassVar

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import EnumValue, Fake, method

BUTTONS = "SpreadsheetApp.Ui.ButtonSet"


class Ui(Fake):
    google = "SpreadsheetApp.Ui"
    enums: ClassVar = {
        "ButtonSet": ("OK", "OK_CANCEL", "YES_NO", "YES_NO_CANCEL"),
        "Button": ("CLOSE", "OK", "CANCEL", "YES", "NO"),
    }

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("createMenu", ("String",))
    def create_menu(self, caption: str) -> Menu:
        return Menu(self._execution, caption)

    @method(
        "alert",
        ("String",),
        ("String", BUTTONS),
        ("String", "String", BUTTONS),
        in_simple_triggers=False,
    )
    def alert(self, *arguments: object) -> EnumValue:
        """The person presses OK."""
        texts = [text for text in arguments if isinstance(text, str)]
        self._execution.record("alert", title=texts[0] if len(texts) > 1 else "", message=texts[-1])
        return EnumValue("SpreadsheetApp.Ui.Button", "OK")


class Menu(Fake):
    google = "SpreadsheetApp.Menu"

    def __init__(self, execution: Execution, caption: str) -> None:
        self._execution = execution
        self._caption = caption
        self._items: list[dict[str, str]] = []

    @method("addItem", ("String", "String"))
    def add_item(self, caption: str, function: str) -> Menu:
        self._items.append({"caption": caption, "function": function})
        return self

    @method("addSeparator")
    def add_separator(self) -> Menu:
        return self

    @method("addToUi")
    def add_to_ui(self) -> None:
        self._execution.record("menu", caption=self._caption, items=list(self._items))
