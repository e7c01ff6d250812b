"""Reading the Authorisation tab so that an import into it takes nobody's login.

Nobody loses access on the word of one read: a tab that is being rewritten looks as if partners were gone. What an
import took is shown as restored at once, and written back by the first who can wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.directory.roster import Roster, accounts_of
from shared.adapters.sheets.repair_notices import RepairNotices
from shared.domain.crm_import import REMEMBERED_S, Known, Look, look
from shared.domain.events import Event
from shared.domain.logins import PartnerRow
from shared.ports import BotError, Clock, Events, Log, NeedsRepair, Refused, Unavailable

SETTLE_S = 2.0
"""An import that clears and fills has gone on by then."""
READS = 4
TRIES = 3


class Restoring:
    def __init__(
        self,
        read: Callable[[Purpose], Awaitable[Roster]],
        commit: Callable[[Roster, Sequence[PartnerRow]], Awaitable[None]],
        *,
        clock: Clock,
        events: Events,
        log: Log,
        notices: RepairNotices,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._read = read
        self._commit = commit
        self._clock = clock
        self._events = events
        self._log = log
        self._notices = notices
        self._sleep = sleep
        self._known: Mapping[int, Known] = {}
        self._looked_at = float("-inf")
        self._under_way: dict[int, PartnerRow] = {}
        self._written: dict[int, PartnerRow] = {}
        self._to_restore: Roster | None = None
        self._untold: int | None = None
        self._is_due = self._paying = False

    async def load(self, purpose: Purpose) -> Roster:
        """The tab with the logins that an import took put back. BotError: while it cannot be read, or is empty."""
        if self._clock.now() - self._looked_at > REMEMBERED_S:
            self._known = {}
        self._looked_at = self._clock.now()
        written = dict(self._written)
        roster, seen = await self._settled(purpose)
        self._known = seen.known
        self._written = {chat: row for chat, row in self._written.items() if written.get(chat) is not row}
        if seen.strays:
            self._log.warning("login_strayed", rows=seen.strays)
        put_back = {row.number: row for row in seen.owed}
        rows = tuple(put_back.get(row.number, row) for row in roster.rows) if put_back else roster.rows
        roster = replace(roster, rows=rows, by_chat=accounts_of(rows), owed=tuple(seen.owed))
        self._to_restore = roster if roster.owed else None
        if seen.is_import or seen.has_lost_many:
            self._untold = max(self._untold or 0, len(roster.owed))
        self._is_due = self._to_restore is not None or self._untold is not None
        return roster

    async def pay(self, anew: Callable[[], Awaitable[Roster]]) -> None:
        """Write back what an import took, unless somebody does so already; `anew` reads the tab again.

        What fails is owed again after the next read.
        """
        if self._paying or not self._is_due:
            return
        self._paying = True
        try:
            for _ in range(TRIES):
                if self._to_restore:
                    await self._commit(self._to_restore, self._to_restore.owed)
                    await anew()
            if self._to_restore:
                raise Unavailable("authorisation: the rows kept moving")
            if self._untold is not None:
                await self._tell(restored=self._untold)
                self._untold = None
        except BotError as error:
            self._log.error("logins_not_restored", error=str(error))
            if isinstance(error, NeedsRepair):
                self._notices.note(error)
        finally:
            self._paying = self._is_due = False

    async def write(self, roster: Roster, row: PartnerRow) -> None:
        """Put the row's login where the row was read. Should it land in another's row, the next read sees that.

        Unavailable: it may have been written; whatever the next read shows is put right.
        """
        chat = row.partner.chat or 0
        self._under_way[chat] = row
        try:
            await self._commit(roster, [row])
            self._written[chat] = row
        except NeedsRepair:
            raise
        except Unavailable:
            self._written[chat] = row
            raise
        finally:
            del self._under_way[chat]

    def forget(self, chat: int) -> None:
        self._written.pop(chat, None)
        self._known = {known: login for known, login in self._known.items() if known != chat}

    async def _settled(self, purpose: Purpose) -> tuple[Roster, Look]:
        """A read that nobody is missing from, or two alike."""
        earlier = None
        for _ in range(READS):
            roster = await self._read(purpose)
            ours = {**self._under_way, **self._written}
            known = {**self._known, **{chat: Known(row=row, owed=True) for chat, row in ours.items()}}
            # thousands of phones written anew take a quarter of a second to compare
            seen = await asyncio.to_thread(look, known, roster.rows, now=self._clock.now())
            people = [(row.partner.code, row.partner.phone) for row in roster.rows]
            if people == earlier or not seen.left:
                break
            earlier = people
            await self._sleep(SETTLE_S)
        else:
            raise Unavailable("authorisation: the tab is being rewritten")
        if known and not people:
            raise Refused("authorisation: the tab holds nobody")
        return roster, seen

    async def _tell(self, *, restored: int) -> None:
        gone = sum(login.gone_at is not None for login in self._known.values())
        self._log.warning("partners_imported", restored=restored, gone=gone)
        await self._events.publish(Event.IMPORTED, {"restored": restored, "gone": gone})
