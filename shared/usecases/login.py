"""A partner proves with code and phone who they are."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from shared.domain import admin_texts, texts
from shared.domain.access import Partner, code_mark, e164, plain_code
from shared.ports import Outside, Unavailable
from shared.usecases import keyboards
from shared.usecases.admins import tell_admins
from shared.usecases.contact import with_contact
from shared.usecases.memory import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    partner: Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """No row has this code with this phone; which of the two is wrong is not said. `tries`: wrong ones of late."""

    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Another account has the row; an admin was told and can free it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """`fields`: what is wrong with «code» and «phone», for the person."""

    fields: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    seconds: float

    @property
    def minutes(self) -> int:
        return max(1, -(-int(self.seconds) // 60))


LOST_AFTER = 3
"""So many wrong pairs, and the person is told how to reach somebody."""

Login = LoggedIn | NotFound | Taken | Invalid | Paused


async def login(outside: Outside, memory: Memory, *, chat: int, code: str, phone: str) -> Login:
    """Raises Unavailable when the sheet cannot be read or written."""
    fields = _wrong_fields(code, phone)
    if fields:
        return Invalid(fields=fields)
    pause = memory.wrong_tries.pause_s(chat)
    if pause > 0:
        return Paused(seconds=pause)
    with memory.wrong_tries.counted(chat) as tried:
        partner = await outside.directory.matching(code, phone)
        tried.was_wrong = partner is None
    if partner is None:
        outside.log.info("login_not_found", chat=chat)
        return NotFound(tries=memory.wrong_tries.count(chat))
    if partner.chat not in (None, chat) or not await outside.directory.authorise(partner, chat):
        await _tell_admins(outside, memory, partner, chat)
        return Taken()
    outside.log.info("login", chat=chat)
    return LoggedIn(partner=partner)


async def refusal(outside: Outside, outcome: NotFound | Taken | Paused) -> str:
    """Return what the person reads; the contact with it where trying again will hardly help."""
    match outcome:
        case NotFound():
            is_lost = outcome.tries >= LOST_AFTER
            return await with_contact(outside, texts.NOT_FOUND) if is_lost else texts.NOT_FOUND
        case Taken():
            return await with_contact(outside, texts.TAKEN)
        case Paused():
            return await with_contact(outside, texts.paused(outcome.minutes))


def _wrong_fields(code: str, phone: str) -> dict[str, str]:
    fields = {}
    if not plain_code(code) or len(code) > 64:
        fields["code"] = texts.INVALID_CODE
    if len(phone) > 64 or e164(phone) is None:
        fields["phone"] = texts.INVALID_PHONE
    return fields


async def _tell_admins(outside: Outside, memory: Memory, partner: Partner, chat: int) -> None:
    """Once in ten minutes, however often they try. The refusal stands whether or not the admin can be told."""
    outside.log.warning("login_taken", chat=partner.chat)
    this = f"taken {chat} {partner.chat} {code_mark(partner.code)}"
    if memory.told.holds(this):
        return
    notice = admin_texts.taken_notice(code=partner.code, name=partner.name)
    with contextlib.suppress(Unavailable):
        await tell_admins(outside, notice, keyboards.free(partner.chat or 0, partner.code))
        memory.told.put(this, True)
