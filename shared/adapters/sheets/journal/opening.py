"""Opening an appeal: its row is appended exactly once, whatever becomes of the calls."""

from __future__ import annotations

from enum import Enum, auto

from shared.adapters.sheets.calls.refusals import Denied, MarkStands, NoSheet, OutOfGrid
from shared.adapters.sheets.journal.marks import row_mark
from shared.adapters.sheets.journal.misplaced import Misplaced, stands_askew
from shared.adapters.sheets.journal.new_rows import append_request, cells_of_new, unappended
from shared.adapters.sheets.journal.rows import ATTEMPTS, AppealRows
from shared.adapters.sheets.journal.tools import Tools
from shared.domain.appeals import Appeal, NewAppeal, opened
from shared.ports import NeedsRepair, Unavailable, Written
from shared.turns import Turns


class Appended(Enum):
    """What came of one append."""

    DONE = auto()
    REFUSED = auto()
    TAKEN_OUT = auto()
    NO_PLACE = auto()
    """The tab was deleted or has become smaller: nothing was done."""
    UNSURE = auto()
    """Nobody knows; it may also be done later."""

    @property
    def mark_exists(self) -> bool:
        return self in (Appended.DONE, Appended.REFUSED, Appended.TAKEN_OUT)


class Opening:
    def __init__(self, tools: Tools, rows: AppealRows, turns: Turns) -> None:
        self._book = tools.book
        self._clock = tools.clock
        self._token = tools.token
        self._log = tools.log
        self._rows = rows
        self._turns = turns
        self._misplaced = Misplaced(tools)

    async def open(self, draft: NewAppeal) -> Written:
        """Append first and look then: the mark refuses a row that stands already. Raises Unavailable."""
        async with self._turns.of(draft.id):
            ours: set[str] = set()
            mark = 0
            for _ in range(ATTEMPTS):
                row = opened(draft, self._token())
                ours.add(row.known_trace.token)
                appended = await self._append(row, mark)
                if appended is Appended.DONE and await self._rows.stands(draft.id):
                    return Written(appeal=row, changed=True)
                found = await self._found(draft.id)
                if found:
                    stands = row if found.is_confused else found
                    return Written(appeal=stands, changed=found.known_trace.token in ours)
                # A batch whose answer was lost may be applied later: under another mark it would make a second row.
                if appended.mark_exists:
                    mark += 1
        raise Unavailable(f"journal: {draft.id} could not be appended")

    async def _found(self, appeal_id: str) -> Appeal | None:
        """Return the appeal as it stands; one whose cells stand under wrong titles is taken out, and is not there."""
        found = await self._rows.find(appeal_id, with_history=False)
        if found and stands_askew(found.appeal):
            await self._misplaced.take_out(appeal_id, found.place.trace_cell, found.place.layout)
            return None
        return found.appeal if found else None

    async def _append(self, row: Appeal, mark: int) -> Appended:
        layout = await self._rows.layout()
        requests = [append_request(cells_of_new(row), layout), row_mark(row.id, mark, self._clock.now())]
        try:
            committed = await self._book.write(requests, echoes=[layout.titles()], moves_nothing=False)
            if layout.moved(committed.echoes[0]):
                await self._misplaced.take_out(row.id, row.known_trace.written(), layout)
                return Appended.TAKEN_OUT
        except NeedsRepair:
            raise
        except Unavailable as error:
            self._log.warning("append_unsure", appeal=row.id, error=str(error))
            return Appended.UNSURE
        except MarkStands:
            self._log.info("append_refused", appeal=row.id, attempt=mark)
            return Appended.REFUSED
        except (NoSheet, OutOfGrid):
            await self._rows.look_for_the_tab()
            return Appended.NO_PLACE
        except Denied as refusal:
            raise unappended(refusal) from None
        return Appended.DONE
