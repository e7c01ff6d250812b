"""ScriptApp: the script's own triggers and its token."""

from __future__ import annotations

from typing import ClassVar

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import EnumValue, Fake, method
from playground.apps_script.project import InstalledTrigger
from playground.apps_script.spreadsheet import Spreadsheet

TOKEN = "ya29.apps-script"
MANAGES_TRIGGERS = ("script.scriptapp",)


class ScriptApp(Fake):
    google = "ScriptApp"
    scopes: ClassVar = MANAGES_TRIGGERS
    in_simple_triggers = False
    enums: ClassVar = {
        "AuthMode": ("NONE", "CUSTOM_FUNCTION", "LIMITED", "FULL"),
        "EventType": ("CLOCK", "ON_OPEN", "ON_EDIT", "ON_FORM_SUBMIT", "ON_CHANGE"),
        "TriggerSource": ("SPREADSHEETS", "CLOCK", "FORMS", "DOCUMENTS", "CALENDAR"),
    }

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("getOAuthToken", scopes=(), in_simple_triggers=True)
    def token(self) -> str:
        return TOKEN

    @method("getProjectTriggers")
    def triggers(self) -> list[Trigger]:
        return [Trigger(installed) for installed in self._execution.project.triggers]

    @method("newTrigger", ("String",))
    def new_trigger(self, function: str) -> TriggerBuilder:
        return TriggerBuilder(self._execution, function)

    @method("deleteTrigger", ("ScriptApp.Trigger",))
    def delete_trigger(self, trigger: Trigger) -> None:
        triggers = self._execution.project.triggers
        triggers[:] = [installed for installed in triggers if installed.uid != trigger.installed.uid]


class Trigger(Fake):
    google = "ScriptApp.Trigger"

    def __init__(self, installed: InstalledTrigger) -> None:
        self.installed = installed

    @method("getUniqueId")
    def unique_id(self) -> str:
        return self.installed.uid

    @method("getHandlerFunction")
    def handler_function(self) -> str:
        return self.installed.function

    @method("getEventType")
    def event_type(self) -> EnumValue:
        return EnumValue("ScriptApp.EventType", self.installed.event)

    @method("getTriggerSource")
    def source(self) -> EnumValue:
        return EnumValue("ScriptApp.TriggerSource", "SPREADSHEETS")

    @method("getTriggerSourceId")
    def source_id(self) -> str:
        return self.installed.spreadsheet_id


class TriggerBuilder(Fake):
    google = "ScriptApp.TriggerBuilder"

    def __init__(self, execution: Execution, function: str) -> None:
        self._execution = execution
        self._function = function

    @method("forSpreadsheet", ("SpreadsheetApp.Spreadsheet",), ("String",))
    def for_spreadsheet(self, spreadsheet: Spreadsheet | str) -> SpreadsheetTriggerBuilder:
        spreadsheet_id = spreadsheet if isinstance(spreadsheet, str) else spreadsheet.id
        return SpreadsheetTriggerBuilder(self._execution, self._function, spreadsheet_id)


class SpreadsheetTriggerBuilder(Fake):
    google = "ScriptApp.SpreadsheetTriggerBuilder"
    scopes: ClassVar = MANAGES_TRIGGERS
    in_simple_triggers = False

    def __init__(self, execution: Execution, function: str, spreadsheet_id: str) -> None:
        self._execution = execution
        self._function = function
        self._spreadsheet_id = spreadsheet_id

    @method("onEdit")
    def on_edit(self) -> SpreadsheetTriggerBuilder:
        return self

    @method("create")
    def create(self) -> Trigger:
        project = self._execution.project
        return Trigger(project.add_trigger(self._function, "ON_EDIT", self._spreadsheet_id))
