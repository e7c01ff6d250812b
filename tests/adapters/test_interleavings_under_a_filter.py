"""The same as in test_interleavings.py, while people filter the sheet and the guard does not see hidden rows."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from shared.domain.status import Status
from tests.adapters.office import Office, interleaved
from tests.sheets import APPEALS, Sheets

SHOWN = (Status.ANSWERED, Status.HANDED_OVER, Status.RESOLVED)


class FilteredOffice(Office):
    @rule(show=st.sampled_from([*SHOWN, None]))
    def person_filters(self, show: Status | None) -> None:
        """To one status, or the filter is taken away."""
        how = {"column": "Статус", "show": [show.value]} if show else {"clear": True}
        self._run(self.sheets.person("filter", spreadsheet=APPEALS, sheet="Обращения", **how))

    @rule(data=st.data(), status=st.sampled_from(SHOWN))
    def person_chooses_a_status(self, data: Any, status: Status) -> None:
        """Not in the same moment as the bot: nobody chooses in a row that is hidden."""
        appeal = data.draw(st.sampled_from(sorted(self.said)))
        row = self._run(self._row(appeal))
        edit = {"spreadsheet": APPEALS, "range": f"Обращения!F{row['row']}", "values": [[status.value]]}
        self._run(self.sheets.person("edit", **edit))
        self.status[appeal] = status


def test_any_interleaving_keeps_every_line_under_a_filter(emulator: Sheets) -> None:
    """Every line is there once, in order, in its partner's row; sorts and filters come before, after and in between."""
    emulator.kernel.settings.guard_skips_filtered_rows = True
    interleaved(FilteredOffice, emulator, examples=3)
