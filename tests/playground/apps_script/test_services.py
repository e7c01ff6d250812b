"""The engine behaves as Google's: permissions, signatures, event objects, quotas."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from playground.apps_script import AppsScript
from playground.apps_script.project import FETCHES_A_DAY
from playground.kernel.emulator import Kernel

Run = Callable[..., Awaitable[list[str]]]
FETCH = "UrlFetchApp.fetch('https://pubsub.googleapis.com/v1/x', {method: 'post', payload: '{\"messages\": []}'})"


async def test_a_simple_trigger_may_not_fetch(run: Run, pubsub: Any) -> None:
    """What broke the predecessor: an authorised service in a simple trigger fails in Google's words."""
    assert await run(FETCH, simple=True) == [
        "Exception: You do not have permission to call UrlFetchApp.fetch. "
        "Required permissions: https://www.googleapis.com/auth/script.external_request"
    ]
    assert pubsub.requests == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("ScriptApp.getProjectTriggers()", "You do not have permission to call ScriptApp.getProjectTriggers."),
        ("Session.getActiveUser()", "You do not have permission to call Session.getActiveUser."),
        ("SpreadsheetApp.openById('x')", "You do not have permission to call SpreadsheetApp.openById."),
        ("SpreadsheetApp.getUi().alert('x')", "You do not have permission to call Ui.alert."),
    ],
)
async def test_a_simple_trigger_may_not(run: Run, code: str, message: str) -> None:
    """Everything that needs a permission is refused."""
    (failure,) = await run(code, simple=True)
    assert message in failure


async def test_a_simple_trigger_may(run: Run) -> None:
    """The sheet itself can be read and written, in limited mode and without the person's address."""
    body = (
        "e.range.setValue('x'); console.log(String(e.authMode), e.range.getValue(), e.user.getEmail() === '',"
        " e.authMode === ScriptApp.AuthMode.LIMITED)"
    )
    assert await run(body, simple=True) == ["LIMITED x true true"]


async def test_a_scope_that_the_manifest_lacks(run: Run) -> None:
    """The manifest's scopes bind an installable trigger too."""
    assert await run("SpreadsheetApp.openById('x')") == [
        "Exception: Specified permissions are not sufficient to call SpreadsheetApp.openById. "
        "Required permissions: https://www.googleapis.com/auth/spreadsheets"
    ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("e.range.getFoo()", "TypeError: SpreadsheetApp.Range.getFoo is not a function"),
        ("SpreadsheetApp.getActive().zip()", "TypeError: SpreadsheetApp.Spreadsheet.zip is not a function"),
        ("LockService.getScriptLock()", "ReferenceError: LockService is not defined"),
        ("btoa('x')", "ReferenceError: btoa is not defined"),
        ("console.table([])", "TypeError: console.table is not a function"),
    ],
)
async def test_what_does_not_exist(run: Run, code: str, message: str) -> None:
    """An unknown method or service fails and is named."""
    assert await run(code) == [message]


@pytest.mark.parametrize(
    ("code", "types"),
    [
        (
            "e.range.getSheet().getRange('1', 2)",
            "(String,number) don't match the method signature for SpreadsheetApp.Sheet.getRange",
        ),
        ("e.range.setValues(['x'])", "(String[]) don't match the method signature for SpreadsheetApp.Range.setValues"),
        ("e.range.setValue({})", "(Object) don't match the method signature for SpreadsheetApp.Range.setValue"),
        ("e.range.getRow(1)", "(number) don't match the method signature for SpreadsheetApp.Range.getRow"),
        (
            "e.source.getSheetByName(null)",
            "(null) don't match the method signature for SpreadsheetApp.Spreadsheet.getSheetByName",
        ),
        (
            "Utilities.base64Encode('x', 'utf-8')",
            "(String,String) don't match the method signature for Utilities.base64Encode",
        ),
    ],
)
async def test_wrong_arguments(run: Run, code: str, types: str) -> None:
    """Arguments of the wrong type are refused in Google's words."""
    assert await run(code) == [f"Exception: The parameters {types}."]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("e.range.getSheet().getRange(0, 1)", "The starting row of the range is too small."),
        ("e.range.getSheet().getRange(1, 1, 0)", "The number of rows in the range must be at least 1."),
        ("e.range.setValues([['x', 'y']])", "The data has 2 but the range has 1."),
        ("SpreadsheetApp.getUi()", "Cannot call SpreadsheetApp.getUi() from this context."),
        ("UrlFetchApp.fetch('https://example.org/x')", "DNS error: https://example.org/x"),
        ("UrlFetchApp.fetch('https://pubsub.googleapis.com/', {verb: 'get'})", "invalid value: verb"),
        ("e.source.getSheetByName('Обращения').getRange(NaN, 1)", "Cannot convert NaN to int."),
    ],
)
async def test_impossible_calls(run: Run, code: str, message: str) -> None:
    """Calls that Google refuses are refused."""
    (failure,) = await run(code)
    assert message in failure


async def test_errors_can_be_caught(run: Run) -> None:
    """A service's error is an exception of the language, named as at Google."""
    assert await run("try { e.range.getSheet().getRange(0, 1) } catch (x) { console.log(x.name, x.message) }") == [
        "Exception The starting row of the range is too small."
    ]


async def test_the_event_of_one_cell(run: Run) -> None:
    """One cell: value and oldValue, where there are any; more cells: neither."""
    body = "console.log(JSON.stringify([e.value, e.oldValue, 'value' in e, e.range.getA1Notation()]))"
    assert await run(body, value="5", old_value="4") == ['["5","4",true,"C2"]']


async def test_the_event_of_a_paste(run: Run) -> None:
    """A paste says only where it was."""
    shown = "'value' in e, e.range.getA1Notation(), e.range.getNumRows(), String(e.authMode), e.triggerUid > ''"
    body = f"console.log({shown})"
    assert await run(body, rows=2, columns=3, value="x") == ["false C2:E3 2 FULL true"]


async def test_sheets_and_cells(run: Run, workbook: Any) -> None:
    """Values keep their types, shown values are text, and the same sheet is found by name."""
    workbook.tabs["Настройки"][1][1] = 5
    body = (
        "const s = e.source.getSheetByName('Настройки'); const r = s.getRange(2, 2);"
        "console.log(s.getName(), s.getSheetId(), s.getLastRow(), s.getLastColumn(), typeof r.getValue(),"
        " typeof r.getDisplayValue(), e.source.getSheetByName('Нет'), s.getDataRange().getNumRows(),"
        " e.source.getSheets().length, SpreadsheetApp.getActive().getId() === e.source.getId())"
    )
    assert await run(body) == ["Настройки 1 2 2 number string null 2 2 true"]


async def test_bytes_and_dates(run: Run) -> None:
    """Text survives base64 with a charset, bytes are signed, dates are formatted in a time zone."""
    body = (
        "console.log(Utilities.base64Encode('привет', Utilities.Charset.UTF_8), Utilities.newBlob('п').getBytes(),"
        " Utilities.formatDate(new Date(0), 'Europe/Moscow', \"dd.MM.yyyy 'в' HH:mm\"))"
    )
    assert await run(body) == ["0L/RgNC40LLQtdGC [-48, -65] 01.01.1970 в 03:00"]


async def test_dates_in_cells(run: Run, workbook: Any) -> None:
    """A date in a cell is the script's local time, both ways."""
    workbook.tabs["Настройки"][1][1] = datetime(2026, 11, 22, 14, 3)
    body = (
        "const r = e.source.getSheetByName('Настройки').getRange(2, 2); const d = r.getValue();"
        "console.log(d.toISOString()); r.setValue(new Date(d.getTime() + 60000))"
    )
    assert await run(body) == ["2026-11-22T11:03:00.000Z"]
    assert workbook.tabs["Настройки"][1][1] == datetime(2026, 11, 22, 14, 4)


async def test_playground_time(run: Run, kernel: Kernel) -> None:
    """The script's clock is the playground's."""
    kernel.clock.set(2_000_000_000)
    assert (
        await run("console.log(new Date().toISOString().slice(0, 10), Date.now() > 1.9e12, new Date(5).getTime())")
    ) == ["2033-05-18 true 5"]


async def test_http_errors(run: Run, pubsub: Any) -> None:
    """Without muteHttpExceptions an error status is an exception."""
    pubsub.statuses = [404]
    (failure,) = await run(FETCH)
    assert failure.startswith("Exception: Request failed for https://pubsub.googleapis.com returned code 404.")


async def test_the_days_fetches(run: Run, make: Callable[..., AppsScript], kernel: Kernel, monkeypatch: Any) -> None:
    """The daily number of fetches is limited while the switch `quotas` is on."""
    monkeypatch.setattr("playground.apps_script.project.FETCHES_A_DAY", 1)
    assert FETCHES_A_DAY == 20_000
    assert await run(f"{FETCH}; {FETCH}") == ["Exception: Service invoked too many times for one day: urlfetch."]
    kernel.settings.change({"quotas": False})
    assert len(await run(f"{FETCH}; {FETCH}")) == 1


async def test_a_syntax_error(make: Callable[..., AppsScript], said: Callable[[str], list[str]]) -> None:
    """A script that does not parse fails when it is run."""
    script = make("function installTrigger( {}")
    await script.install("appeals-workbook")
    (failure,) = said("failed")
    assert failure.startswith("SyntaxError")


async def test_a_missing_function(make: Callable[..., AppsScript], said: Callable[[str], list[str]]) -> None:
    """A function that is not there is named."""
    script = make("const x = 1;")
    await script.install("appeals-workbook")
    assert said("failed") == ["Script function not found: installTrigger"]


async def test_many_at_once(script: AppsScript, pubsub: Any, said: Callable[[str], list[str]], kernel: Kernel) -> None:
    """Thirty runs at the same time are served, the thirty-first is refused; the event loop goes on meanwhile."""
    event = SimpleNamespace(
        spreadsheet_id="appeals-workbook",
        title="Обращения",
        row=2,
        column=3,
        rows=1,
        columns=1,
        user=None,
        value="x",
        old_value=None,
    )
    await asyncio.gather(*(script.edited(event) for _ in range(31)))
    assert len(pubsub.events()) == 30
    assert said("failed") == ["There are too many scripts running simultaneously for this Google user account."]


async def test_reset_in_mid_run(
    make: Callable[..., AppsScript], kernel: Kernel, said: Callable[[str], list[str]]
) -> None:
    """A script that runs while the playground is reset writes nothing afterwards, not even into the event log."""
    code = "Utilities.sleep(60000); SpreadsheetApp.getActive().getSheets()[0].getRange(2, 1).setValue('x')"
    script = make(f"function installTrigger() {{ console.log('started'); {code} }}")
    running = asyncio.create_task(script.install("appeals-workbook"))
    while not said("log"):
        await kernel.events.more()
    script.clear()
    kernel.clock.advance(61)
    await running
    assert said("failed") == []
