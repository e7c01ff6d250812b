"""The JavaScript engine: a fresh one for each run, as at Google."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import quickjs

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import Fake, ScriptError, checked
from playground.apps_script.logs import Console, Logger
from playground.apps_script.person import Session, User
from playground.apps_script.project import check_permission
from playground.apps_script.properties import Properties, PropertiesService
from playground.apps_script.script_app import ScriptApp, SpreadsheetTriggerBuilder, Trigger, TriggerBuilder
from playground.apps_script.sheet_range import Range
from playground.apps_script.spreadsheet import Sheet, Spreadsheet, SpreadsheetApp
from playground.apps_script.ui import Menu, Ui
from playground.apps_script.url_fetch import HTTPResponse, UrlFetchApp
from playground.apps_script.utilities import Blob, Utilities
from playground.apps_script.values import decoded_list, encoded

PRELUDE = Path(__file__).with_name("prelude.js").read_text(encoding="utf-8")
STACK_BYTES = 256 * 1024
"""Threads of some systems have half a megabyte in all."""

SERVICES: dict[str, Callable[[Execution], Fake]] = {
    "SpreadsheetApp": SpreadsheetApp,
    "ScriptApp": ScriptApp,
    "UrlFetchApp": UrlFetchApp,
    "PropertiesService": PropertiesService,
    "Session": Session,
    "Utilities": Utilities,
    "Logger": Logger,
    "console": Console,
}
CLASSES: list[type[Fake]] = [
    *(SpreadsheetApp, Spreadsheet, Sheet, Range, Ui, Menu),
    *(ScriptApp, Trigger, TriggerBuilder, SpreadsheetTriggerBuilder),
    *(UrlFetchApp, HTTPResponse, PropertiesService, Properties, Session, User, Utilities, Blob, Logger, Console),
]
TABLES = json.dumps(
    {
        "methods": {cls.google: list(cls.methods) for cls in CLASSES},
        "properties": {cls.google: list(cls.enums) for cls in CLASSES},
        "enums": {
            "SpreadsheetApp.SheetType": ["GRID", "OBJECT", "DATASOURCE"],
            **{f"{cls.google}.{name}": values for cls in CLASSES for name, values in cls.enums.items()},
        },
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """`message` as the script's author sees it; `stack` names lines of Code.gs."""

    message: str
    stack: str


class Interpreter:
    """Built, used and left in one thread."""

    def __init__(self, execution: Execution) -> None:
        self._execution = execution
        self._fakes: list[Fake] = []
        self._numbers: dict[int, int] = {}

    def run(self, function: str, arguments: list[object]) -> Failure | None:
        """None when the function ended well; its result is nobody's business, as with every trigger."""
        context = quickjs.Context()
        context.set_max_stack_size(STACK_BYTES)
        context.add_callable("__call", self._call)
        context.add_callable("__now", self._now)
        context.eval("const __prelude = " + PRELUDE)
        services = {name: self._service(make(self._execution)) for name, make in SERVICES.items()}
        start = f"__prelude(__call, {TABLES}, {json.dumps(services)}, __now)"
        try:
            enter = context.eval(start)
            context.eval("delete globalThis.__call; delete globalThis.__now;")
            context.eval(self._execution.project.source)
            answer = json.loads(enter(function, json.dumps([self._encoded(argument) for argument in arguments])))
        except quickjs.JSException as error:
            message, _, stack = str(error).partition("\n")
            return Failure(message=message, stack=_named(stack))
        if "error" not in answer:
            return None
        return Failure(message=answer["error"], stack=_named(answer["stack"]))

    def _now(self) -> float:
        """Milliseconds. The engine cuts larger whole numbers to 32 bits unless they come as floats."""
        return float(math.floor(self._execution.kernel.clock.now() * 1000))

    def _service(self, fake: Fake) -> list[object]:
        return [self._number(fake), fake.google]

    def _call(self, number: float, name: str, arguments: str) -> str:
        """A method called by the script. An exception must not leave: the engine has no way to take it."""
        try:
            fake = self._fakes[int(number) - 1]
            given = decoded_list(arguments, lambda which: self._fakes[which - 1])
            method = checked(fake, name, given)
            check_permission(fake, name, method, self._execution.mode, self._execution.project.manifest)
            return json.dumps({"value": self._encoded(method.function(fake, *given))})
        except ScriptError as error:
            return json.dumps({"error": [error.name, str(error)]})
        except Exception as error:
            return json.dumps({"error": ["Exception", f"The playground failed in {name}: {error!r}"]})

    def _encoded(self, value: object) -> object:
        return encoded(value, self._number)

    def _number(self, fake: Fake) -> int:
        if id(fake) not in self._numbers:
            self._fakes.append(fake)
            self._numbers[id(fake)] = len(self._fakes)
        return self._numbers[id(fake)]


def _named(stack: str) -> str:
    return stack.replace("<input>", "Code").strip()
