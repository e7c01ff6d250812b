"""Which workbooks a tool works on, and what a person is told when there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ops import failing
from ops.environment import environment
from ops.sheets_of import connect
from playground.kernel.server import free_port
from tests.ops.connections import IDS, setup_on
from tests.sheets import emulated_sheets


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    """`.env` as it is copied: empty lines and comments say nothing, quotes are taken off."""
    file = tmp_path / ".env"
    file.write_text("# ids\nSHEET_ID=из файла\nAPPEALS_SHEET_ID='a'\nexport PORT=8090\nGCP_SA_JSON=\n")
    found = environment(file, {"SHEET_ID": "из процесса", "APPEALS_SHEET_ID": ""})
    assert found == {"SHEET_ID": "из процесса", "APPEALS_SHEET_ID": "a", "PORT": "8090"}


def test_without_a_file(tmp_path: Path) -> None:
    """Only the environment counts."""
    assert environment(tmp_path / ".env", {"SHEET_ID": "x"}) == {"SHEET_ID": "x"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "{free}"}, "запустите песочницу"),
        ({"SHEET_ID": "a"}, "Не хватает настроек: APPEALS_SHEET_ID, PROMOTIONS_SHEET_ID"),
        ({**IDS, "GCP_SA_JSON": "это не ключ"}, "GCP_SA_JSON не читается"),
    ],
)
def test_what_is_missing_is_said(capsys: pytest.CaptureFixture[str], settings: dict[str, str], said: str) -> None:
    """What to do, on stderr, exit code 1, no traceback."""
    given = {name: value.format(free=free_port()) for name, value in settings.items()}
    assert failing.run(lambda: connect(given), lambda _: 0) == 1
    assert said in capsys.readouterr().err


def test_a_workbook_that_is_not_shared(capsys: pytest.CaptureFixture[str]) -> None:
    """The address to share it with is named; so is a wrong id."""
    with emulated_sheets() as sheets:
        client = setup_on(sheets).connection.client
        sheets.emulator.create_spreadsheet("closed", "Чужая", [], shared_with=[])
        connection = setup_on(sheets).connection
        for spreadsheet, said in (("closed", connection.account), ("absent", "Такой таблицы нет")):
            metadata = client.fetch_sheet_metadata
            assert failing.run(lambda: connection, lambda _, one=spreadsheet, get=metadata: len(get(one))) == 1  # type: ignore[misc]
            assert said in capsys.readouterr().err
