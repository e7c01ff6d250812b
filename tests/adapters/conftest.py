"""One emulated Google a module, its workbooks as at the start before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from tests.sheets import Sheets, emulated_sheets


@pytest.fixture(scope="module")
def emulator() -> Iterator[Sheets]:
    with emulated_sheets() as sheets:
        yield sheets


@pytest.fixture
def sheets(emulator: Sheets) -> Sheets:
    """The same Google; clock, log, events and tokens are new."""
    emulator.start_anew()
    return Sheets(kernel=emulator.kernel, emulator=emulator.emulator, faults=emulator.faults, url=emulator.url)


@pytest.fixture
def journal(sheets: Sheets) -> SheetJournal:
    return sheets.journal()
