"""One run of a function of the script, and its way back into the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx2

from playground.apps_script.fakes import ScriptError
from playground.apps_script.project import AuthMode, Project
from playground.apps_script.workbook import WorkbookLike
from playground.kernel.emulator import Kernel

T = TypeVar("T")

LONGEST_WAIT_S = 360.0
"""Google's limit for a whole run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """`has_ui`: somebody is looking at the sheet (menus and dialogs work). `user` is the person's e-mail address."""

    kernel: Kernel
    project: Project
    client: httpx2.Client
    loop: asyncio.AbstractEventLoop
    open_workbook: Callable[[str], WorkbookLike]
    still_wanted: Callable[[], bool]
    mode: AuthMode
    spreadsheet_id: str
    user: str
    has_ui: bool

    def workbook(self, spreadsheet_id: str, ask: Callable[[WorkbookLike], T]) -> T:
        """`ask` is called in the event loop; the script waits."""

        async def asked() -> T:
            return ask(self.open_workbook(spreadsheet_id))

        try:
            return self._wait(asked)
        except KeyError:
            message = f"Service Spreadsheets failed while accessing document with id {spreadsheet_id}."
            raise ScriptError(message) from None
        except (IndexError, ValueError) as error:
            raise ScriptError(str(error)) from None

    def sleep(self, seconds: float) -> None:
        """Playground time."""
        self._wait(lambda: self.kernel.clock.sleep(seconds))

    def record(self, what: str, **details: object) -> None:
        """An event of the playground's log; safe in the script's thread."""

        def record() -> None:
            if self.still_wanted():
                self.kernel.events.record("apps_script", what, **details)

        self.loop.call_soon_threadsafe(record)

    def check_wanted(self) -> None:
        """ScriptError when the playground was reset meanwhile."""
        if not self.still_wanted():
            raise ScriptError("The script was stopped.")

    def _wait(self, start: Callable[[], Awaitable[T]]) -> T:
        async def started() -> T:
            self.check_wanted()
            return await start()

        return asyncio.run_coroutine_threadsafe(started(), self.loop).result(LONGEST_WAIT_S)


async def in_thread(work: Callable[[], T]) -> T:
    """The result of `work`, done in a daemon thread: a script that hangs does not keep the playground from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failed = None, None
        try:
            result = work()
        except BaseException as error:
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, failed)

    threading.Thread(target=run, name="apps-script", daemon=True).start()
    return await future
