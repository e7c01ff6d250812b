"""One spreadsheet, through the gateway that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.refusals import BookClosed
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab
from shared.adapters.sheets.repair_notices import RepairNotices


@dataclass(frozen=True, slots=True)
class Workbook:
    """`name`: what people call it, in Russian. Every method raises BookClosed with that name as its place.

    `notices`: what in it a person has to repair, where nobody hears an exception.
    """

    gateway: Gateway
    id: str
    name: str = "таблица"
    notices: RepairNotices = field(default_factory=RepairNotices)

    async def tabs(self, *, anew: bool = False) -> list[Tab]:
        with self._named():
            return await self.gateway.tabs(self.id, anew=anew)

    def title(self, sheet: int) -> str | None:
        return self.gateway.title(self.id, sheet)

    async def read(self, areas: Sequence[Area], purpose: Purpose = Purpose.ROWS) -> list[Grid]:
        with self._named():
            return await self.gateway.read(self.id, areas, purpose)

    async def write(
        self,
        requests: Sequence[Request],
        *,
        echoes: Sequence[Area] = (),
        moves_nothing: bool = True,
        is_current: Callable[[], bool] = lambda: True,
    ) -> Committed:
        with self._named():
            return await self.gateway.write(
                self.id, requests, echoes=echoes, moves_nothing=moves_nothing, is_current=is_current
            )

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except BookClosed as error:
            raise BookClosed(str(error), place=self.name, problem=error.problem) from None
