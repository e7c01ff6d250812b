from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ops.connections import Setup, setup_on
from tests.sheets import emulated_sheets


@pytest.fixture(scope="module")
def made() -> Iterator[Setup]:
    with emulated_sheets() as sheets:
        yield setup_on(sheets)


@pytest.fixture
def setup(made: Setup) -> Setup:
    """The synthetic workbooks, as at the start."""
    made.sheets.start_anew()
    return made
