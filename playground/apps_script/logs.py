"""console and Logger: lines for the event log."""

from __future__ import annotations

import json
import re

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import EnumValue, Fake, Signature, method

ANYTHING: Signature = ("any", ...)


class Console(Fake):
    google = "console"

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("log", ANYTHING)
    def log(self, *values: object) -> None:
        self._write("DEBUG", values)

    @method("info", ANYTHING)
    def info(self, *values: object) -> None:
        self._write("INFO", values)

    @method("warn", ANYTHING)
    def warn(self, *values: object) -> None:
        self._write("WARNING", values)

    @method("error", ANYTHING)
    def error(self, *values: object) -> None:
        self._write("ERROR", values)

    def _write(self, severity: str, values: tuple[object, ...]) -> None:
        self._execution.record("log", severity=severity, message=_line(values))


class Logger(Fake):
    google = "Logger"

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    @method("log", ANYTHING)
    def log(self, *values: object) -> Logger:
        self._execution.record("log", severity="INFO", message=_line(values))
        return self


def _line(values: tuple[object, ...]) -> str:
    """`%s` and its like take the next value; what is left over follows after spaces."""
    shown = [_shown(value) for value in values]
    if len(shown) > 1 and isinstance(values[0], str):
        rest = iter(shown[1:])
        first = re.sub(r"%[sdfijoO]", lambda match: next(rest, match[0]), shown[0])
        shown = [first, *rest]
    return " ".join(shown)


def _shown(value: object) -> str:
    match value:
        case str():
            return value
        case Fake():
            return value.short_name
        case EnumValue():
            return value.name
        case _:
            return json.dumps(value, ensure_ascii=False, default=str)
