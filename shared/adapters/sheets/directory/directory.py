"""The Authorisation tab behind the port `Directory`.

A login writes into cells that are empty, so there is nothing that a guarded write could compare. Instead it is read
afterwards: had rows moved, whoever was hit gets back what they held, and the login is written again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from shared.adapters.sheets.cache import PATIENCE_S, Cached
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.refusals import Protected
from shared.adapters.sheets.calls.transport import Area, Committed, Request
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.directory.restoring import Restoring
from shared.adapters.sheets.directory.roster import Roster, roster_of
from shared.adapters.sheets.tables import AuthorisationColumn, TabTitle, TabUnusable
from shared.adapters.sheets.tabs import WholeTab
from shared.domain import problem_texts
from shared.domain.access import AUTHORISED, Partner, code_mark
from shared.domain.logins import Login, PartnerRow, mark_of, same_person, with_login
from shared.ports import Clock, Events, Log, Unavailable
from shared.shielded import shielded

UNKNOWN_FRESH_S = 30.0
WATCHED_S = 240.0
TRIES = 5
JUST_READ_S = 2.0


class SheetDirectory:
    def __init__(
        self,
        book: Workbook,
        *,
        clock: Clock,
        events: Events,
        log: Log,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._book = book
        self._clock = clock
        self._log = log
        self._tab = WholeTab(book, TabTitle.AUTHORISATION, AuthorisationColumn)
        self._restoring = Restoring(
            self._read, self._commit, clock=clock, events=events, log=log, notices=book.notices, sleep=sleep
        )
        self._cached = Cached(self._restoring.load, name="authorisation", clock=clock, log=log, notices=book.notices)

    async def partner_of(self, chat: int) -> Partner | None:
        """Somebody unknown may have logged in on another instance: for them the cache is 30 s old at most."""
        partner = (await self._cached.get()).by_chat.get(chat)
        if partner is None:
            partner = (await self._cached.get(max_age_s=UNKNOWN_FRESH_S, purpose=Purpose.TAB)).by_chat.get(chat)
        await self._pay_for_a_while()
        return partner

    async def _pay_for_a_while(self) -> None:
        """Write back what an import took. The write goes on where it takes longer than a partner should wait."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await shielded(self._restoring.pay(self._cached.anew))

    async def watch(self) -> None:
        await self._cached.get(max_age_s=WATCHED_S)
        if self._cached.broken:
            raise self._cached.broken
        await shielded(self._restoring.pay(self._cached.anew))

    async def matching(self, code: str, phone: str) -> Partner | None:
        rows = (await self._cached.anew()).matching(Partner(code=code, phone=phone, name=""))
        return rows[0].partner if rows else None

    async def authorise(self, partner: Partner, chat: int) -> bool:
        return await shielded(self._authorise(partner, chat))

    async def _authorise(self, partner: Partner, chat: int) -> bool:
        roster = await self._cached.anew(max_age_s=JUST_READ_S)
        for _ in range(TRIES):
            rows = roster.matching(partner)
            if any(row.partner.chat == chat and row.partner.authorised and row not in roster.owed for row in rows):
                return True
            row = next((row for row in rows if row.partner.chat in (None, chat)), None)
            if row is None:
                return False
            await self._free(roster, chat, but=row)
            date = self._clock.local().strftime("%d.%m.%Y %H:%M")
            login = Login(status=AUTHORISED, chat=str(chat), date=date, mark=mark_of(chat))
            await self._restoring.write(roster, with_login(row, chat, login))
            await self._cached.anew()
            await self._restoring.pay(self._cached.anew)
            roster = await self._cached.anew(max_age_s=JUST_READ_S)
        raise Unavailable("authorisation: the row could not be written")

    async def free(self, chat: int, code: str) -> bool:
        return await shielded(self._free_code(chat, code))

    async def _free_code(self, chat: int, code: str) -> bool:
        roster = await self._cached.anew()
        held = {code_mark(row.partner.code) for row in roster.rows if row.partner.chat == chat}
        if code not in held:
            return False
        if held == {code}:
            self._restoring.forget(chat)
        had = await self._free(roster, chat, code=code)
        await self._cached.anew()
        return had

    async def _free(self, roster: Roster, chat: int, *, but: PartnerRow | None = None, code: str | None = None) -> bool:
        """The account's rows hold no login any more. Their mark stays: it was nobody's import that emptied them.

        `code`: only those with that code, given as its mark.
        """
        had = False
        for _ in range(TRIES):
            held = [row for row in roster.rows if row.partner.chat == chat and row != but]
            rows = [row for row in held if code in (None, code_mark(row.partner.code))]
            had = had or bool(rows)
            if all([await self._is_emptied(roster, row) for row in rows]):
                return had
            roster = await self._cached.anew()
        raise Unavailable("authorisation: the rows kept moving")

    async def _is_emptied(self, roster: Roster, row: PartnerRow) -> bool:
        """The write brings back code and phone of the row that it hit; another's login is put back there."""
        emptied = replace(row, login=Login(mark=row.login.mark))
        echoes = roster.key_areas(row.number)
        committed = await self._write(roster.requests([emptied]), echoes)
        code, phone = (echo[0][0] for echo in committed.echoes)
        hit = Partner(code=code, phone=phone, name="")
        if same_person(hit, row.partner):
            return True
        self._log.warning("login_strayed", row=row.number)
        now = await self._cached.anew()
        standing = {row.partner.chat for row in now.rows}
        lost = [one for one in roster.matching(hit) if one.partner.chat and one.partner.chat not in standing]
        for victim, own in zip((one for one in now.matching(hit) if one.login.is_blank), lost, strict=False):
            await self._restoring.write(now, replace(own, number=victim.number))
        return False

    async def _commit(self, roster: Roster, rows: Sequence[PartnerRow]) -> None:
        await self._write(roster.requests(rows))

    async def _write(self, requests: Sequence[Request], echoes: Sequence[Area] = ()) -> Committed:
        """TabUnusable when a person protected the cells: nobody can log in until that is undone."""
        try:
            return await self._book.write(requests, echoes=echoes)
        except Protected as refusal:
            problem = problem_texts.CELLS_PROTECTED
            raise TabUnusable(str(refusal), tab=TabTitle.AUTHORISATION, problem=problem) from None

    async def _read(self, purpose: Purpose) -> Roster:
        return roster_of(await self._tab.read(purpose))
