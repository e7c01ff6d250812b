"""The Authorisation sheet replaced by an export of the CRM: which logins it took, and which partners.

A person frees a row by clearing status, Telegram ID and date, or the ID alone; an import clears it everywhere, though
it may bring a status or a date along. How the two are told apart where only few are logged in, and why:
docs/decisions/05-crm-import.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from shared.domain.access import Partner
from shared.domain.logins import Login, PartnerRow, PeopleByCode, mark_of, same_person, with_login

REMEMBERED_S = 3600.0
"""A login that was last known so long ago is not restored: it may have been withdrawn since."""
LEAST_OVERWRITTEN = 1
LEAST_UNMARKED = 3
LEAST_CLEARED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A login as its row held it last. `gone_at`: since when no row has this code and phone.

    `owed`: the sheet is to have it and has not: an import took it, or a write of ours was not seen there yet.
    """

    row: PartnerRow
    gone_at: float | None = None
    owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen. `known`: account → login from now on. `owed`: rows with the login that they are to have again.

    `left`: accounts whose rows are not there any more, since this look. `strays`: rows that held somebody else's login.
    """

    known: Mapping[int, Known]
    owed: Sequence[PartnerRow] = ()
    left: Sequence[int] = ()
    is_import: bool = False
    strays: int = 0

    @property
    def has_lost_many(self) -> bool:
        """An import that renumbers everybody locks everybody out: somebody must hear of it."""
        return len(self.left) >= LEAST_UNMARKED and len(self.left) > len(self.known) - len(self.left)


def look(known: Mapping[int, Known], rows: Sequence[PartnerRow], *, now: float) -> Look:
    """Compare what was known with what stands there now."""
    strays = {row.number for row in rows if _has_strayed(row, known)}
    own = [replace(row, login=Login(), partner=_nobodys(row.partner)) if row.number in strays else row for row in rows]
    standing = {row.partner.chat for row in own}
    current = {row.partner.chat: Known(row=row) for row in reversed(own) if row.partner.chat and row.partner.authorised}
    missing = {chat: login for chat, login in known.items() if chat not in standing}
    if not missing and not strays:
        return Look(known=current)
    found = _search(missing, own)
    is_import = _is_import(found.cleared, len(known) - len(found.nowhere))
    restored = {
        chat: with_login(row, chat, replace(login.row.login, mark=login.row.login.mark or mark_of(chat)))
        for chat, (login, row) in found.cleared.items()
        if is_import or login.owed or row.number in strays
    }
    emptied = strays - {row.number for row in restored.values()}
    gone = {chat: replace(known[chat], gone_at=known[chat].gone_at or now) for chat in found.nowhere}
    return Look(
        known=current
        | {chat: Known(row=row, owed=True) for chat, row in restored.items()}
        | {chat: login for chat, login in gone.items() if now - (login.gone_at or now) < REMEMBERED_S},
        owed=(*restored.values(), *(row for row in own if row.number in emptied)),
        left=[chat for chat in gone if known[chat].gone_at is None],
        is_import=is_import,
        strays=len(strays),
    )


def _has_strayed(row: PartnerRow, known: Mapping[int, Known]) -> bool:
    """Was a login that we owed to one partner written to another, because rows moved under the write?"""
    login = known.get(row.partner.chat or 0)
    if login is None or not login.owed or row.login.visible != login.row.login.visible:
        return False
    return not same_person(row.partner, login.row.partner)


def _nobodys(partner: Partner) -> Partner:
    return replace(partner, authorised=False, chat=None)


@dataclass(slots=True)
class _Found:
    """`cleared`: account → its login and the row that names nobody now; `nowhere`: no row has this code and phone."""

    cleared: dict[int, tuple[Known, PartnerRow]] = field(default_factory=dict)
    nowhere: list[int] = field(default_factory=list)


def _search(missing: Mapping[int, Known], rows: Sequence[PartnerRow]) -> _Found:
    """Where code and phone stand in several rows, each login gets a row of its own."""
    people, given, found = PeopleByCode(rows), set[int](), _Found()
    for chat, login in missing.items():
        partner = login.row.partner
        theirs = people.of(partner) if partner.code else []
        cleared = next((row for row in theirs if row.login.names_nobody and row.number not in given), None)
        if cleared:
            given.add(cleared.number)
            found.cleared[chat] = (login, cleared)
        elif not theirs:
            found.nowhere.append(chat)
    return found


def _is_import(cleared: Mapping[int, tuple[Known, PartnerRow]], there: int) -> bool:
    """`there`: how many of the known logins have a row with their code and phone."""
    pairs: list[tuple[Login, Login]] = [(login.row.login, row.login) for login, row in cleared.values()]
    unmarked = sum(not after.mark for _, after in pairs)
    overwritten = sum(bool(before.mark) and not after.mark for before, after in pairs)
    return any(
        count >= least and count * 2 > there
        for count, least in (
            (overwritten, LEAST_OVERWRITTEN),
            (unmarked, LEAST_UNMARKED),
            (len(pairs), LEAST_CLEARED),
        )
    )
