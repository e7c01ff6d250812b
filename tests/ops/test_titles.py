"""The set-up knows a column by the rule of the bot and of the script."""

from __future__ import annotations

from itertools import cycle

import pytest

from ops.sheets_setup import workbook
from tests.ops.connections import PEOPLES, Setup
from tests.titles import NAMES, spelt


@pytest.mark.parametrize("first", range(0, len(NAMES), 4))
def test_a_title_is_known_however_it_is_spelt(setup: Setup, first: int) -> None:
    """No column is added a second time, and a second run finds nothing to do."""
    setup.workbooks(appeals=[[spelt(title, name) for title, name in zip(PEOPLES, cycle(NAMES[first:]), strict=False)]])
    setup.run(workbook.APPEALS)
    header = setup.connection.client.values_get(setup.connection.appeals, "Обращения!1:1")["values"][0]
    assert len(header) == 17
    assert setup.writes_of_a_run(workbook.APPEALS) == 0
