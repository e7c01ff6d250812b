"""`make sheets-probe`: what the bot relies on is tried on a scratch tab, of which nothing is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ops import failing
from ops.sheets_of import NoSheets
from ops.sheets_probe import texts
from ops.sheets_probe.__main__ import ALL_HOLD, SOME_FAIL, UNKNOWN, connect, probe
from ops.sheets_probe.assumptions import ALL, Assumption, hidden, in_tables
from ops.sheets_probe.tab import Column, Seen, Tab, whole
from playground.sheets import TabSeed
from shared.ports import Unavailable
from tests.ops.connections import ACCOUNT, IDS
from tests.sheets import UNPACED, Sheets, emulated_sheets

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

ROOT = Path(__file__).parents[2]


class KnowsTables:
    """A client of a Google for which a Table changes nothing: addTable is sent as a request without effect."""

    def __init__(self, client: HTTPClient) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def request(self, *args: Any, **kwargs: Any) -> Any:
        for request in (kwargs.get("json") or {}).get("requests", []):
            if table := request.pop("addTable", None):
                sheet = table["table"]["range"]["sheetId"]
                request["findReplace"] = {"find": "нет такого", "replacement": "", "sheetId": sheet}
        return self._client.request(*args, **kwargs)


@dataclass
class Ops:
    """Somebody at a terminal, with credentials."""

    sheets: Sheets
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        key = json.dumps(self.sheets.emulator.service_account_key(ACCOUNT))
        self.environment |= {"GCP_SA_JSON": key, "SHEETS_API_URL": f"{self.sheets.url}/google"}

    def runs(self, *assumptions: Assumption, client: Callable[[HTTPClient], Any] = lambda client: client) -> int:
        connection = connect(self.environment)
        return failing.run(
            lambda: replace(connection, client=client(connection.client)),
            lambda connection: probe(connection, self.environment, assumptions or ALL, share=UNPACED),
            failed=UNKNOWN,
        )

    def files(self) -> list[str]:
        url = f"{self.sheets.url}/google/drive/v3/files"
        found = connect(self.environment).client.request("get", url).json()["files"]
        return sorted(file["id"] for file in found)

    def titles(self, spreadsheet: str) -> list[str]:
        found = connect(self.environment).client.fetch_sheet_metadata(spreadsheet)["sheets"]
        return [sheet["properties"]["title"] for sheet in found]


@pytest.fixture
def sheets() -> Iterator[Sheets]:
    with emulated_sheets() as emulated:
        yield emulated


@pytest.fixture
def ops(sheets: Sheets) -> Ops:
    return Ops(sheets)


def test_all_that_the_emulator_is_built_on_holds(ops: Ops, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each assumption, the sums below; the workbook made for it is deleted, the others were not touched.

    What the playground does not know of Google is not answered, and no failure.
    """
    ops.environment |= IDS
    before = ops.files()
    ops.sheets.emulator.reset_stats()
    assert ops.runs() == ALL_HOLD
    said = capsys.readouterr().out
    unknown = len(in_tables.ALL)
    assert said.count(texts.SEEN) == len(ALL) - unknown
    assert said.count(f"{texts.NO_ANSWER}: sheets: 400 Invalid requests[0].addTable") == unknown
    assert texts.total(held=len(ALL) - unknown, failed=0, unanswered=unknown) in said
    assert ops.files() == before
    touched = {
        event.details["spreadsheet"] for event in ops.sheets.kernel.events.since(0) if event.what == "batchUpdate"
    }
    assert touched
    assert not touched & set(IDS.values())


def test_a_google_that_skips_filtered_rows(ops: Ops, capsys: pytest.CaptureFixture[str]) -> None:
    """The table says which assumption does not hold, and what the bot does then; a script sees it too."""
    ops.sheets.kernel.settings.guard_skips_filtered_rows = True
    assert ops.runs(*hidden.ALL) == SOME_FAIL
    said = capsys.readouterr().out
    [failed] = [line for line in said.splitlines() if line.startswith(texts.FAILS)]
    assert texts.ASSUMPTIONS["basic_filter"][0] in failed
    assert "[0, 0, 0]" in failed
    assert f"{texts.OTHERWISE}: {texts.BY_POSITION}" in said


def test_a_google_that_knows_tables(ops: Ops, capsys: pytest.CaptureFixture[str]) -> None:
    """What is asked of a Table is answered; the tabs made for it are gone with their workbook."""
    before = ops.files()
    assert ops.runs(*in_tables.ALL, client=KnowsTables) == ALL_HOLD
    said = capsys.readouterr().out
    assert texts.total(held=len(in_tables.ALL), failed=0) in said
    assert texts.NO_ANSWER not in said
    assert ops.files() == before


def test_tabs_made_for_tables_are_deleted(ops: Ops) -> None:
    """Also from a workbook that stays, answered or not."""
    ops.sheets.emulator.create_spreadsheet(
        "scratch", "Черновик", [TabSeed(title="Моё", rows=[])], shared_with=[ACCOUNT]
    )
    ops.environment["PROBE_SHEET_ID"] = "scratch"
    assert ops.runs(*in_tables.ALL) == ALL_HOLD
    assert ops.runs(*in_tables.ALL, client=KnowsTables) == ALL_HOLD
    assert ops.titles("scratch") == ["Моё"]


def test_a_workbook_of_ones_own(ops: Ops) -> None:
    """PROBE_SHEET_ID: the tab comes and goes, the rest of the workbook stays."""
    ops.sheets.emulator.create_spreadsheet(
        "scratch", "Черновик", [TabSeed(title="Моё", rows=[])], shared_with=[ACCOUNT]
    )
    ops.environment["PROBE_SHEET_ID"] = "scratch"
    seen: list[list[str]] = []

    async def what_stands_there(_: Tab) -> Seen:
        seen.append(ops.titles("scratch"))
        return Seen(holds=True, said="")

    what_stands_there.__name__ = "letter_case"
    assert ops.runs(what_stands_there) == ALL_HOLD
    assert len(seen[0]) == 2
    assert ops.titles("scratch") == ["Моё"]
    assert "scratch" in ops.files()


def test_a_real_workbook_is_refused(ops: Ops, capsys: pytest.CaptureFixture[str]) -> None:
    """PROBE_SHEET_ID set to one of the three: nothing is done."""
    ops.environment |= IDS | {"PROBE_SHEET_ID": IDS["APPEALS_SHEET_ID"]}
    assert ops.runs() == UNKNOWN
    assert texts.NOT_A_REAL_ONE in capsys.readouterr().err
    assert not any("проверка" in title for title in ops.titles(IDS["APPEALS_SHEET_ID"]))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Unavailable("sheets: 503"), ValueError("a mistake of ours")])
def test_a_probe_that_ends_midway(ops: Ops, error: BaseException) -> None:
    """Ctrl-C, an outage, a mistake: the workbook is deleted all the same."""
    before = ops.files()

    async def breaks_off(tab: Tab) -> Seen:
        await tab.row()
        assert ops.files() != before
        raise error

    if isinstance(error, Unavailable):
        assert ops.runs(breaks_off) == UNKNOWN
    else:
        with pytest.raises(type(error)):
            ops.runs(breaks_off)
    assert ops.files() == before


def test_ctrl_c(ops: Ops) -> None:
    """At the keyboard, in the middle: a word on what happened, and nothing is left."""
    before = ops.files()
    command = [sys.executable, "-m", "ops.sheets_probe"]
    environment = {**ops.environment, "PATH": os.environ["PATH"]}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, cwd=ROOT, text=True, **pipes) as running:  # type: ignore[call-overload]
        for line in running.stdout:
            if texts.SEEN in line:
                break
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert (running.returncode, said.strip()) == (UNKNOWN, texts.INTERRUPTED)
    assert ops.files() == before


def test_a_request_that_is_refused(ops: Ops, capsys: pytest.CaptureFixture[str]) -> None:
    """It does not hold, in Google's words; the next one is tried."""

    async def a_whole_write(tab: Tab) -> Seen:
        await tab.guarded(9_999, whole(Column.STATUS, "x", "y"))
        return Seen(holds=True, said="")

    async def letter_case(_: Tab) -> Seen:
        return Seen(holds=True, said="и дальше")

    assert ops.runs(a_whole_write, letter_case) == SOME_FAIL
    said = capsys.readouterr().out
    assert "exceeds grid limits" in said
    assert "и дальше" in said


def test_no_workbook_can_be_made(ops: Ops, capsys: pytest.CaptureFixture[str]) -> None:
    """A service account without storage: what to do instead is said."""
    ops.sheets.fault(service="sheets", match="POST /v4/spreadsheets$", action=403, times=1)
    assert ops.runs() == UNKNOWN
    assert texts.no_workbook(ACCOUNT) in capsys.readouterr().err


def test_credentials_alone_are_enough(ops: Ops) -> None:
    """It may run before the real workbooks exist."""
    assert connect(ops.environment).api_url == f"{ops.sheets.url}/google"
    with pytest.raises(NoSheets):
        connect({"PORT": "1"})


def test_every_assumption_has_its_words() -> None:
    """And every word its assumption."""
    assert [one.__name__ for one in ALL] == list(texts.ASSUMPTIONS)
