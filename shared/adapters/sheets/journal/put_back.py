"""Rows that were met by a write meant for another: they are mended before anything is computed from them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from shared.adapters.sheets.journal.by_position import ByPosition
from shared.adapters.sheets.journal.mending import Damage, Mending
from shared.adapters.sheets.journal.rows import ATTEMPTS, AppealRows
from shared.adapters.sheets.journal.skipped import InVain
from shared.adapters.sheets.journal.tools import Tools
from shared.domain import ids
from shared.ports import Refused
from shared.shielded import shielded
from shared.turns import Turns


class PutBack:
    def __init__(self, tools: Tools, rows: AppealRows, by_position: ByPosition, turns: Turns) -> None:
        self._log = tools.log
        self._mending = Mending(tools, rows, by_position, turns)
        self._owed: defaultdict[str, list[Damage]] = defaultdict(list)
        self._menders = Turns()

    def owes(self, appeal_id: str) -> bool:
        """Nothing is computed from such a row: it holds what was never meant for it."""
        return bool(self._owed.get(appeal_id))

    async def mend(self, damage: Sequence[Damage]) -> None:
        """All rows at once: they share their calls. Unavailable: they stay owed."""
        for one in damage:
            self._owed[one.victim].append(one)
        await self._settle_all({one.victim for one in damage})

    async def settle(self, appeal_id: str) -> None:
        """That row is what it was when this returns: mended now, or by whoever is mending it.

        Mended as well: all rows that nobody is working on. Whoever met them has given up and will not come back.
        Unavailable: they stay owed.
        """
        await shielded(self._settle_all(self._given_up() | ({appeal_id} & self._owed.keys())))

    async def settle_chat(self, chat: int) -> None:
        """The same for all rows of a chat."""
        of_chat = {owed for owed in self._owed if ids.chat_of(owed) == chat}
        await shielded(self._settle_all(self._given_up() | of_chat))

    def _given_up(self) -> set[str]:
        return {owed for owed in self._owed if not self._menders.of(owed).locked()}

    async def _settle_all(self, victims: set[str]) -> None:
        """What the mending itself did is mended too."""
        for _ in range(ATTEMPTS):
            if not victims:
                return
            met = await asyncio.gather(*(self._settle(victim) for victim in victims))
            victims = {victim for one in met for victim in one}

    async def _settle(self, victim: str) -> set[str]:
        """Answers whose rows the mending met."""
        met: set[str] = set()
        async with self._menders.of(victim):
            while owed := self._owed.get(victim):
                damage = owed[0]
                met |= await self._mended(damage)
                owed.remove(damage)
            self._owed.pop(victim, None)
        return met

    async def _mended(self, damage: Damage) -> set[str]:
        """Answers whose rows the mending met; these are owed from that moment, whatever comes of the next try."""
        met: set[str] = set()
        refused = InVain()
        try:
            for attempt in range(ATTEMPTS):
                tried = await self._mending.once(damage, attempt, refused)
                if tried is None:
                    break
                if tried.further:
                    self._owed[tried.further.victim].append(tried.further)
                    met.add(tried.further.victim)
                if tried.over:
                    return met
            self._log.error("not_put_back", appeal=damage.victim, columns=damage.columns)
        except Refused as refusal:
            self._log.error("not_put_back", appeal=damage.victim, error=str(refusal))
        return met
