"""The archive's cut: a regular expression of Java over a cell of many lines."""

from __future__ import annotations

from ops.sheets_probe.tab import Column, Seen, Tab, counts
from shared.adapters.sheets.journal import guard
from shared.domain import history
from shared.domain.archive import Cut, cut

LINE = "\n22.11.2026 14:02 · Анна: (1) цена $5? «да» \\ " + "ж" * 200


async def the_archived_lines_go(tab: Tab) -> Seen:
    """Under the head that was computed: the oldest lines are replaced by the note, the rest stays."""
    row, full, piece = await _full_row(tab)
    head = history.head_of(full) or ""
    request = guard.cut_request(piece, head=head, sheet=tab.sheet, row=row, columns=tab.columns)
    counted = counts(await tab.done(request))
    after = await tab.text(row, Column.HISTORY)
    meant = f"{piece.kept}\n{piece.note}"
    return Seen(holds=counted == [1] and after == meant, said=f"{counted}, {len(after)}")


async def not_under_another_head(tab: Tab) -> Seen:
    """Under any other head nothing is cut."""
    row, full, piece = await _full_row(tab)
    head = (history.head_of(full) or "")[:-6] + "zzzzzz"
    request = guard.cut_request(piece, head=head, sheet=tab.sheet, row=row, columns=tab.columns)
    counted = counts(await tab.done(request))
    return Seen(holds=counted == [0] and await tab.text(row, Column.HISTORY) == full, said=f"{counted}")


async def _full_row(tab: Tab) -> tuple[int, str, Cut]:
    values = tab.new_values()
    full = values[Column.HISTORY] + LINE * (46_000 // len(LINE))
    [row] = await tab.rows({**values, Column.HISTORY: full})
    piece = cut(full)
    assert piece is not None  # noqa: S101 - it was made longer than the limit
    return row, full, piece


ALL = (the_archived_lines_go, not_under_another_head)
