"""One try at writing an appeal's row: guarded, and by position where the guard does not see what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from shared.adapters.sheets.calls.refusals import BookClosed, NoSheet, Outdated, OutOfGrid
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.archive import Archive
from shared.adapters.sheets.journal.by_position import ByPosition, Landed
from shared.adapters.sheets.journal.effort import Effort, Lost
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.guard import Cell, Strayed
from shared.adapters.sheets.journal.guarded_batch import Draft, Readback, composed
from shared.adapters.sheets.journal.new_rows import own_cells
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.journal.skipped import SkippedGuard
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import history
from shared.domain.appeals import Appeal, Edit, edited, without_oldest
from shared.domain.archive import FULL, cut
from shared.ports import NeedsRepair, Refused, Unavailable, Written


class RowWrites:
    def __init__(self, tools: Tools, rows: AppealRows, by_position: ByPosition, archive: Archive) -> None:
        self._book = tools.book
        self._token = tools.token
        self._log = tools.log
        self._rows = rows
        self._by_position = by_position
        self._archive = archive
        self._skipped = SkippedGuard(tools.clock)

    async def write(self, found: Found, edit: Edit, effort: Effort) -> Written | None:
        """None: the row moved, somebody was faster, or nobody knows; read again, the history too."""
        place = found.place
        effort.tries += 1
        if place.head is None and not place.with_history:
            return None
        after = edited(found.appeal, edit, self._token())
        if after.known_trace.length > FULL and not place.with_history:
            return None
        draft = Draft(found=found, edit=edit, after=after)
        try:
            draft = await self._with_its_oldest_archived(draft)
            if effort.missed.at(place) >= self._skipped.patience:
                effort.unguarded = True
            if effort.unguarded or found.has_nothing_to_compare:
                return await self._write_by_position(draft, effort)
            return await self._write_guarded(draft, effort)
        except NeedsRepair:
            raise
        except Unavailable as error:
            self._log.warning("write_unsure", appeal=after.id, error=str(error))
            effort.unsure = edit
        except (OutOfGrid, NoSheet, Outdated):
            pass
        except Refused as refusal:
            restores_head = place.head is None and not effort.unguarded
            has_pattern = draft.archived is not None or restores_head
            if place.with_history and not has_pattern:
                raise
            # a length that was only remembered may be wrong, so the history is read; a regular expression that Google
            # does not take is not sent again
            self._log.warning("write_refused", appeal=after.id, error=str(refusal))
            effort.unguarded = effort.unguarded or has_pattern
        return None

    async def _with_its_oldest_archived(self, draft: Draft) -> Draft:
        """Where only a person can repair the archive, the lines stay as long as the cell holds them."""
        oldest = cut(draft.after.history)
        if oldest is None:
            return draft
        try:
            await self._archive.keep(draft.after, oldest)
        except BookClosed:
            raise
        except (Refused, NeedsRepair) as failure:
            self._log.error("archive_unusable", appeal=draft.after.id, error=str(failure))
            if isinstance(failure, NeedsRepair):
                self._book.notices.note(failure)
            return draft
        return replace(draft, after=without_oldest(draft.after, oldest), archived=oldest)

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

    async def _write_guarded(self, draft: Draft, effort: Effort) -> Written | None:
        place, layout = draft.found.place, draft.found.place.layout
        batch = composed(draft, new_head=self._new_head(draft))
        try:
            still_there = partial(self._rows.still_at, draft.after.id, place)
            committed = await self._book.write(batch.requests, echoes=Readback.areas(place), is_current=still_there)
        except NeedsRepair:
            raise
        except Unavailable:
            effort.lost.append(Lost(row=place.row, cells=batch.cells, at=draft.edit.at))
            raise
        outcome, readback = batch.outcome(committed.replies), Readback.of(place, committed.echoes)
        if outcome.guarded:
            moved = layout.moved(readback.titles)
            astray = [cell for cell in outcome.hit if cell.column in moved]
            if astray:
                await self._take_back(draft, astray)
            chosen = [cell for cell in outcome.missed if not moved and readback.changes_status(cell)]
            missed = [cell for cell in outcome.missed if cell not in chosen]
            written = await self._finish(draft, [*missed, *astray], effort, status_kept=bool(chosen))
            if written and moved:
                readback = await self._read_anew(readback, draft)
            return readback.applied_to(written, draft) if written else None
        effort.missed.add(place)
        self._log.info("guard_missed", appeal=draft.after.id, strays=len(outcome.strays))
        if outcome.strays:
            effort.damage.append(Strayed(victim=readback.id, row=place.row, cells=outcome.strays))
        return None

    async def _read_anew(self, readback: Readback, draft: Draft) -> Readback:
        """Return *readback* with the cells from where their columns stand now."""
        now = await self._rows.find(draft.after.id, with_history=False)
        return readback.seen_in(now.appeal if now and not now.appeal.is_confused else draft.after)

    async def _take_back(self, draft: Draft, astray: Sequence[Cell]) -> None:
        """Columns were moved since the read: another one of this row held the same value, and gets it back."""
        place = draft.found.place
        layout, cells = place.layout, [cell.undone for cell in astray]
        await self._book.write(guard.requests_of(cells, sheet=layout.sheet, row=place.row, columns=layout.columns))
        self._log.warning("columns_moved", appeal=draft.after.id, columns=_names(cell.column for cell in astray))

    def _new_head(self, draft: Draft) -> str | None:
        """For a history that a person took the head from."""
        if draft.found.place.head or not draft.found.appeal.history:
            return None
        return history.head(number=draft.after.number, at=draft.edit.at, token=self._token())

    async def _finish(
        self, draft: Draft, missed: Sequence[Cell], effort: Effort, *, status_kept: bool
    ) -> Written | None:
        """The guard hit, so the write counts. None: its line does not stand in the history yet."""
        kept = await self._complete(draft, missed, effort)
        if draft.found.place.head is None:
            self._log.warning("head_restored", appeal=draft.after.id, written=AppealColumn.HISTORY not in kept)
        if AppealColumn.HISTORY in kept:
            return None
        return Written(appeal=draft.after, changed=True, status_kept=status_kept or AppealColumn.STATUS in kept)

    async def _complete(self, draft: Draft, missed: Sequence[Cell], effort: Effort) -> set[AppealColumn]:
        """Cells that were empty, and those that the guard did not see, by position.

        Answers the columns that stay as they are, because somebody changed them in between.
        """
        found, after = draft.found, draft.after
        values = guard.empty_cells(found.appeal, after, trace_cell=found.place.trace_cell)
        kept = {cell.column for cell in missed}
        if found.place.head is None and not found.appeal.history:
            values[AppealColumn.HISTORY] = after.history
            kept.add(AppealColumn.HISTORY)
        try:
            now = await self._rows.find(after.id, with_history=True) if missed else None
            if now and not now.appeal.is_confused:
                shown = guard.shown(now.appeal, now.place.trace_cell)
                unchanged = {cell.column: cell.replacement for cell in missed if shown[cell.column] == cell.find}
                found, values = now, values | unchanged
            if values:
                landed = await self._by_position.write(found, values, version=after.known_trace.token)
                if skipped := {cell.column for cell in missed} & set(values):
                    self._log.warning("guard_skipped", appeal=after.id, written=landed.written, columns=_names(skipped))
                self._note_whom_it_met(after, landed, effort)
                kept -= set(values) if landed.written else set()
        except Unavailable as error:
            self._log.warning("cells_left_empty", appeal=after.id, error=str(error))
        return kept

    async def _write_by_position(self, draft: Draft, effort: Effort) -> Written | None:
        """For a history without its head, which gets it back, and for a row that the guard does not see."""
        found, place, after = draft.found, draft.found.place, draft.after
        shown = guard.shown(found.appeal, place.trace_cell)
        values = {column: value for column, value in own_cells(after).items() if value != shown[column]}
        attempt = effort.refused.at(place)
        landed = await self._by_position.write(found, values, version=found.version, attempt=attempt)
        event = "guard_skipped" if place.head else "head_restored"
        self._log.warning(event, appeal=after.id, written=landed.written, columns=_names(values))
        if place.head:
            self._skipped.note()
        self._note_whom_it_met(after, landed, effort)
        if landed.written:
            return Written(appeal=after, changed=True)
        effort.refused.add(place)
        return None

    def _note_whom_it_met(self, after: Appeal, landed: Landed, effort: Effort) -> None:
        if met := landed.overwritten:
            self._log.error("row_overwritten", appeal=met.victim, by=after.id, columns=met.columns)
            effort.damage.append(met)


def _names(columns: Iterable[AppealColumn]) -> list[str]:
    return [column.value for column in columns]
