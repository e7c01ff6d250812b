"""The script bound to a workbook: simple and installable triggers, as Google fires them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx2

from playground.apps_script.execution import Execution, in_thread
from playground.apps_script.fakes import EnumValue
from playground.apps_script.interpreter import Failure, Interpreter
from playground.apps_script.person import User
from playground.apps_script.project import AuthMode, InstalledTrigger, Manifest, Project
from playground.apps_script.sheet_range import Range
from playground.apps_script.spreadsheet import Sheet, Spreadsheet
from playground.apps_script.workbook import EditedRange, WorkbookLike
from playground.kernel.emulator import Kernel

INSTALLER = "installTrigger"
AT_ONCE = 30
FETCH_TIMEOUT_S = 60.0
TOO_MANY = "There are too many scripts running simultaneously for this Google user account."


class AppsScript:
    """Runs `source` (Code.gs; appsscript.json beside it) unmodified. `urls`: origin → address that stands for it."""

    def __init__(
        self,
        kernel: Kernel,
        *,
        source: Path,
        properties: Mapping[str, str],
        open_workbook: Callable[[str], WorkbookLike],
        urls: Mapping[str, str],
    ) -> None:
        self._kernel = kernel
        self._open_workbook = open_workbook
        self._properties = dict(properties)
        # Connections are not kept, so nothing has to be closed in the end.
        kept = httpx2.Limits(max_keepalive_connections=0)
        self._client = httpx2.Client(timeout=FETCH_TIMEOUT_S, limits=kept, trust_env=False)
        self._running = 0
        self._age = 0
        self._project = Project(
            source=source.read_text(encoding="utf-8"),
            manifest=Manifest.read(source.with_name("appsscript.json")),
            properties=dict(properties),
            urls=urls,
        )

    @property
    def triggers(self) -> list[InstalledTrigger]:
        return list(self._project.triggers)

    async def install(self, spreadsheet_id: str) -> None:
        """Opens the sheet and picks the installer in its menu, as ops would. It publishes a message without rows."""
        if self._project.defines("onOpen"):
            await self._run("onOpen", lambda execution: [_opened(execution)], spreadsheet_id, AuthMode.LIMITED)
        await self._run(INSTALLER, lambda _: [], spreadsheet_id, AuthMode.FULL, has_ui=True)

    async def edited(self, event: EditedRange) -> None:
        """A person edited cells; returns when every trigger has run. Edits by API or by scripts fire nothing."""
        runs = []
        if self._project.defines("onEdit"):
            runs.append(self._run("onEdit", _edit(event, None), event.spreadsheet_id, AuthMode.LIMITED, event.user))
        if self._kernel.settings.apps_script:
            runs += [
                self._run(trigger.function, _edit(event, trigger), event.spreadsheet_id, AuthMode.FULL, event.user)
                for trigger in self._project.triggers
                if trigger.event == "ON_EDIT" and trigger.spreadsheet_id == event.spreadsheet_id
            ]
        await asyncio.gather(*runs)

    def clear(self) -> None:
        """A project nobody has installed yet; scripts that run now are stopped at their next call."""
        self._age += 1
        self._project.triggers = []
        self._project.properties = dict(self._properties)
        self._project.fetches = 0

    async def _run(
        self,
        function: str,
        arguments: Callable[[Execution], list[object]],
        spreadsheet_id: str,
        mode: AuthMode,
        user: str | None = None,
        *,
        has_ui: bool | None = None,
    ) -> None:
        if self._running >= AT_ONCE:
            self._kernel.events.record("apps_script", "failed", function=function, message=TOO_MANY)
            return
        age = self._age
        execution = Execution(
            kernel=self._kernel,
            project=self._project,
            client=self._client,
            loop=asyncio.get_running_loop(),
            open_workbook=self._open_workbook,
            still_wanted=lambda: self._age == age,
            mode=mode,
            spreadsheet_id=spreadsheet_id,
            user=user or "",
            has_ui=mode is AuthMode.LIMITED if has_ui is None else has_ui,
        )
        self._running += 1
        started = self._kernel.clock.now()
        try:
            failure = await in_thread(lambda: Interpreter(execution).run(function, arguments(execution)))
        finally:
            self._running -= 1
        if execution.still_wanted():
            self._record(function, failure, round((self._kernel.clock.now() - started) * 1000))

    def _record(self, function: str, failure: Failure | None, milliseconds: int) -> None:
        if failure is None:
            self._kernel.events.record("apps_script", "ran", function=function, ms=milliseconds)
        else:
            details = {"message": failure.message, "stack": failure.stack, "ms": milliseconds}
            self._kernel.events.record("apps_script", "failed", function=function, **details)


def _opened(execution: Execution) -> dict[str, object]:
    return {
        "authMode": EnumValue("ScriptApp.AuthMode", execution.mode),
        "source": Spreadsheet(execution, execution.spreadsheet_id),
        "user": User(execution),
    }


def _edit(event: EditedRange, trigger: InstalledTrigger | None) -> Callable[[Execution], list[object]]:
    def arguments(execution: Execution) -> list[object]:
        given = _opened(execution)
        source = given["source"]
        assert isinstance(source, Spreadsheet)  # noqa: S101 — for the type checker
        given["range"] = Range(
            execution,
            spreadsheet_id=event.spreadsheet_id,
            sheet=Sheet(execution, source, event.title),
            title=event.title,
            row=event.row,
            column=event.column,
            rows=event.rows,
            columns=event.columns,
        )
        if trigger:
            given["triggerUid"] = trigger.uid
        if event.rows == event.columns == 1:
            single = {"value": event.value, "oldValue": event.old_value}
            given |= {name: value for name, value in single.items() if value is not None}
        return [given]

    return arguments
