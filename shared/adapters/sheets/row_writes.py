"""One try at writing an appeal's row: guarded, and by position where the guard does not see what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.adapters.sheets import guard
from shared.adapters.sheets.archive import Archive
from shared.adapters.sheets.by_position import ByPosition, Landed, Overwritten
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.guard import Cell, Strayed
from shared.adapters.sheets.new_rows import own_cells
from shared.adapters.sheets.rows import AppealRows, Found
from shared.adapters.sheets.skipped import InVain, SkippedGuard
from shared.adapters.sheets.tables import AppealColumn
from shared.adapters.sheets.transport import OutOfGrid
from shared.domain import history
from shared.domain.appeals import Appeal, Edit, edited, without_oldest
from shared.domain.archive import FULL, Cut, cut
from shared.ports import Clock, Log, Refused, Unavailable, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A write whose answer was lost: where its row stood, and when."""

    row: int
    cells: Sequence[Cell]
    at: datetime


@dataclass(slots=True)
class Effort:
    """What one change learns from its tries, and the damage that they did to other rows."""

    tries: int = 0
    unsure: Edit | None = None
    """What a write wanted whose answer was lost: it may have been applied."""
    missed: InVain = field(default_factory=InVain)
    unguarded: bool = False
    """The guard does not see the row."""
    refused: InVain = field(default_factory=InVain)
    lost: list[Lost] = field(default_factory=list)
    damage: list[Strayed | Overwritten] = field(default_factory=list)


class RowWrites:
    def __init__(
        self,
        gateway: Gateway,
        spreadsheet: str,
        rows: AppealRows,
        *,
        clock: Clock,
        token: Callable[[], str],
        log: Log,
    ) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._rows = rows
        self._token = token
        self._log = log
        self._archive = Archive(gateway, spreadsheet, clock=clock, token=token, log=log)
        self._by_position = ByPosition(gateway, spreadsheet, clock)
        self._skipped = SkippedGuard(clock)

    async def write(self, found: Found, edit: Edit, effort: Effort) -> Written | None:
        """None: the row moved, somebody was faster, or nobody knows; read again, the history too."""
        place = found.place
        effort.tries += 1
        if place.head is None and not place.with_history:
            return None
        after = edited(found.appeal, edit, self._token())
        if after.known_trace.length > FULL and not place.with_history:
            return None
        moved = cut(after.history)
        try:
            if moved and (moved := await self._archived(after, moved)):
                after = without_oldest(after, moved)
            effort.unguarded |= effort.missed.at(place) >= self._skipped.patience
            if effort.unguarded or _has_nothing_to_compare(found):
                return await self._write_by_position(found, after, effort)
            return await self._write_guarded(found, edit, after, moved, effort)
        except Unavailable as error:
            self._log.warning("write_unsure", appeal=after.id, error=str(error))
            effort.unsure = edit
        except OutOfGrid:
            pass
        except Refused as refusal:
            restoring = place.head is None and not effort.unguarded
            if place.with_history and not moved and not restoring:
                raise
            self._log.warning("write_refused", appeal=after.id, error=str(refusal))
            effort.unguarded |= moved is not None or restoring
        return None

    async def _archived(self, after: Appeal, moved: Cut) -> Cut | None:
        """None: a person's own tab is in the way. The lines stay as long as the cell holds them."""
        try:
            await self._archive.keep(after, moved)
        except Refused as refusal:
            self._log.error("archive_unusable", appeal=after.id, error=str(refusal))
            return None
        return moved

    async def look_after(self, found: Found, effort: Effort) -> None:
        """The row moved, and the answer of a write to where it stood was lost: did it hit whoever stands there now?"""
        lost, effort.lost = effort.lost, []
        for one in lost:
            other = await self._rows.at(one.row) if one.row != found.place.row else None
            if other is None or other.appeal.id == found.appeal.id:
                continue
            hit = guard.suspects(one.cells, other.appeal, other.place.trace_cell, one.at)
            if hit:
                self._log.warning("stray_found", appeal=other.appeal.id, cells=len(hit))
                effort.damage.append(Strayed(victim=other.appeal.id, row=one.row, cells=hit))

    async def flag(self, found: Found, receipt: str) -> None:
        """Write the receipt of a row that is nobody's: guarded by the one that stands there, if the guard sees it."""
        layout, row, old = found.place.layout, found.place.row, found.appeal.receipt
        if old:
            cell = Cell(column=AppealColumn.RECEIPT, find=old, replacement=receipt)
            requests = guard.requests_of([cell], sheet=layout.sheet, row=row, columns=layout.columns)
            committed = await self._gateway.write(self._spreadsheet, requests)
            now = None if guard.outcome_of([cell], committed.replies).hit else await self._rows.at(row)
            if now is None or (now.appeal.receipt, now.appeal.reply) != (old, found.appeal.reply):
                return
        requests = guard.placed({AppealColumn.RECEIPT: receipt}, sheet=layout.sheet, row=row, columns=layout.columns)
        await self._gateway.write(self._spreadsheet, requests)

    async def _write_guarded(
        self, found: Found, edit: Edit, after: Appeal, moved: Cut | None, effort: Effort
    ) -> Written | None:
        layout, row, head = found.place.layout, found.place.row, found.place.head
        headless = head is None and found.appeal.history
        if headless:
            head = history.head(number=after.number, at=edit.at, token=self._token())
        cells = guard.cells_of(found.appeal, after, edit, head=head, trace_cell=found.place.trace_cell)
        sheet, columns = layout.sheet, layout.columns
        before = []
        if head and headless:
            text = found.appeal.history
            before.append(guard.head_request(text, head=head, sheet=sheet, row=row, columns=columns))
        if head and moved:  # the cut comes first: the new lines may not fit in beside the old ones
            before.append(guard.cut_request(moved, head=head, sheet=sheet, row=row, columns=columns))
        requests = [*before, *guard.requests_of(cells, sheet=sheet, row=row, columns=columns)]
        try:
            committed = await self._gateway.write(self._spreadsheet, requests, echoes=layout.identity_areas(row))
        except Unavailable:
            effort.lost.append(Lost(row=row, cells=cells, at=edit.at))
            raise
        outcome = guard.outcome_of(cells, committed.replies[len(before) :])
        if outcome.guarded:
            kept = await self._complete(found, after, outcome.missed, effort)
            if found.place.head is None:
                self._log.warning("head_restored", appeal=after.id, written=AppealColumn.HISTORY not in kept)
            if AppealColumn.HISTORY in kept:
                return None
            return Written(appeal=after, changed=True, status_kept=AppealColumn.STATUS in kept)
        effort.missed.add(found.place)
        self._log.info("guard_missed", appeal=after.id, strays=len(outcome.strays))
        if outcome.strays:
            victim = committed.echoes[0][0][0]
            effort.damage.append(Strayed(victim=victim, row=found.place.row, cells=outcome.strays))
        return None

    async def _complete(self, found: Found, after: Appeal, missed: Sequence[Cell], effort: Effort) -> set[AppealColumn]:
        """The guard hit, so the write counts: cells that were empty, and those that it did not see, by position.

        Answers the columns that stay as they are, because somebody changed them in between.
        """
        values = guard.empty_cells(found.appeal, after, trace_cell=found.place.trace_cell)
        kept = {cell.column for cell in missed}
        if found.place.head is None and not found.appeal.history:
            values[AppealColumn.HISTORY] = after.history
            kept.add(AppealColumn.HISTORY)
        try:
            if missed and (now := await self._rows.find(after.id, with_history=False)):
                shown = guard.shown(now.appeal, now.place.trace_cell)
                unchanged = {cell.column: cell.replacement for cell in missed if shown[cell.column] == cell.find}
                found, values = now, values | unchanged
            if values:
                landed = await self._by_position.write(found, values, version=after.known_trace.token)
                if skipped := {cell.column for cell in missed} & set(values):
                    self._log.warning("guard_skipped", appeal=after.id, written=landed.written, columns=_names(skipped))
                self._check(after, landed, effort)
                kept -= set(values) if landed.written else set()
        except Unavailable as error:
            self._log.warning("cells_left_empty", appeal=after.id, error=str(error))
        return kept

    async def _write_by_position(self, found: Found, after: Appeal, effort: Effort) -> Written | None:
        """For a history without its head, which gets it back, and for a row that the guard does not see."""
        place = found.place
        shown = guard.shown(found.appeal, place.trace_cell)
        values = {column: value for column, value in own_cells(after).items() if value != shown[column]}
        version = (history.token_of(place.head) if place.head else None) or found.appeal.known_trace.token
        attempt = effort.refused.at(place)
        landed = await self._by_position.write(found, values, version=version, attempt=attempt)
        event = "guard_skipped" if place.head else "head_restored"
        self._log.warning(event, appeal=after.id, written=landed.written, columns=_names(values))
        if place.head:
            self._skipped.note()
        self._check(after, landed, effort)
        if landed.written:
            return Written(appeal=after, changed=True)
        effort.refused.add(place)
        return None

    def _check(self, after: Appeal, landed: Landed, effort: Effort) -> None:
        if landed.overwritten:
            self._log.error(
                "row_overwritten",
                appeal=landed.overwritten.victim,
                by=after.id,
                columns=_names(landed.overwritten.values),
            )
            effort.damage.append(landed.overwritten)


def _has_nothing_to_compare(found: Found) -> bool:
    """No head, no text, no technical cell of ours."""
    return found.place.head is None and not found.appeal.history and found.appeal.trace is None


def _names(columns: Iterable[AppealColumn]) -> list[str]:
    return [column.value for column in columns]
