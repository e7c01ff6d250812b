"""One notice in the specialists' chat for each hand-over, however often and however late its event comes."""

from __future__ import annotations

import contextlib

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.status import Status
from shared.ports import Outside, Refused, RowConfused, Say
from shared.usecases.admins import tell_admins
from shared.usecases.memory import Memory

NOTICE = "notice"


async def tell_specialists(outside: Outside, memory: Memory, appeal_id: str, since: str) -> None:
    """`since`: when the hand-over was made. Raises Unavailable: the event is to come again."""
    appeal = await outside.journal.find(appeal_id)
    if appeal is None or _is_told(appeal, since):
        return
    text = _notice(outside, appeal)
    if text is None:
        return
    this = f"{NOTICE} {appeal_id} {since}"
    await memory.unrecorded.once(this, lambda: _tell(outside, text))

    def change(now: Appeal) -> Edit | None:
        if _is_told(now, since):
            return None
        return Edit(at=outside.clock.local(), trace=now.known_trace.noted(NOTICE, since))

    with contextlib.suppress(RowConfused):
        await outside.journal.change(appeal_id, change, seen=appeal)


def _notice(outside: Outside, appeal: Appeal) -> str | None:
    """None when the partner has taken the call back: nobody waits. A confused row keeps its question, not its name."""
    asked = appeal.question.removeprefix("› ") if appeal.question != NOTHING else ""
    link = f"{outside.office.public_url}/r/{appeal.id}"
    if appeal.is_confused:
        named = texts.notice(number=appeal.number, name=texts.CONFUSED, question=asked, link=link)
        return named if appeal.was_with_people else None
    said = {"number": appeal.number, "name": appeal.partner, "question": asked or appeal.asked_last, "link": link}
    if appeal.known_status is Status.HANDED_OVER:
        return texts.notice(**said)
    return texts.late_notice(**said) if appeal.is_with_people or appeal.is_resolved else None


async def _tell(outside: Outside, text: str) -> None:
    """The specialists' chat; where there is none, or it does not take the bot, every admin that can be reached."""
    chat = outside.office.specialists_chat
    if chat is not None:
        try:
            await outside.messenger.say(Say(chat=chat, text=text))
            return
        except Refused as error:
            outside.log.error("specialists_not_told", error=str(error))
    await tell_admins(outside, text)


def _is_told(appeal: Appeal, since: str) -> bool:
    """Of this hand-over, or of a later one whose event was faster. Times as they stand in the sheet sort as text."""
    told = appeal.known_trace.delivered.get(NOTICE, "")
    return told == since or (told[:1].isdecimal() and told > since)
