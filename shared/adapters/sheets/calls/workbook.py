"""One spreadsheet, through the gateway that all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab


@dataclass(frozen=True, slots=True)
class Workbook:
    gateway: Gateway
    id: str

    async def tabs(self, *, anew: bool = False) -> list[Tab]:
        return await self.gateway.tabs(self.id, anew=anew)

    def title(self, sheet: int) -> str | None:
        return self.gateway.title(self.id, sheet)

    async def read(self, areas: Sequence[Area]) -> list[Grid]:
        return await self.gateway.read(self.id, areas)

    async def write(
        self, requests: Sequence[Request], *, echoes: Sequence[Area] = (), moves_nothing: bool = True
    ) -> Committed:
        return await self.gateway.write(self.id, requests, echoes=echoes, moves_nothing=moves_nothing)
