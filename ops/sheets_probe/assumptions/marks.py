"""Developer metadata of a chosen id: what makes an append happen once, and a version replaceable once."""

from __future__ import annotations

from ops.sheets_probe.tab import Column, Seen, Tab
from shared.adapters.sheets.calls.refusals import MarkStands
from shared.adapters.sheets.journal.marks import forget_old, row_mark, version_mark
from shared.adapters.sheets.journal.new_rows import append_request

DAY_S = 86_400


async def refused_the_second_time(tab: Tab) -> Seen:
    """The same mark again is refused in words that the bot knows, and the row of its batch is not appended."""
    values = tab.new_values()
    batch = (append_request(values, tab.layout), row_mark(values[Column.ID], 0, tab.now()))
    first = await tab.refused(*batch)
    again = await tab.refused(*batch)
    stands = await tab.where(values[Column.ID])
    tab.last_row = max([tab.last_row, *stands])
    await _forget(tab, DAY_S * 3)
    holds = first is None and isinstance(again, MarkStands) and len(stands) == 1
    return Seen(holds=holds, said=f"{first}; {again}; {stands}"[:160])


async def names_its_request(tab: Tab) -> Seen:
    """The refusal names the number of the request, so that the others of the batch go again without it."""
    row = await tab.row()
    mark = version_mark(f"probe-{row}", "token", 0, tab.now())
    await tab.done(mark)
    refusal = await tab.refused(version_mark(f"probe-{row}", "other", 0, tab.now()), mark)
    await _forget(tab, 1800)
    return Seen(holds="requests[1]" in str(refusal), said=f"{refusal}"[:160])


async def forgotten_by_their_letter(tab: Tab) -> Seen:
    """Marks are deleted by their key, and deleting where there is none is no error; then the id is free again."""
    row = await tab.row()
    mark = row_mark(f"probe-{row}", 0, tab.now())
    await tab.done(mark)
    await _forget(tab, DAY_S * 3)
    refusal = await tab.refused(*forget_old(tab.now() + DAY_S * 3), mark)
    await _forget(tab, DAY_S * 3)
    return Seen(holds=refusal is None, said=str(refusal or ""))


async def _forget(tab: Tab, later_s: int) -> None:
    """As the sweep does it when so much time has passed."""
    await tab.done(*forget_old(tab.now() + later_s))


ALL = (refused_the_second_time, names_its_request, forgotten_by_their_letter)
