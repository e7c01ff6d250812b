"""One notice in the specialists' chat for each hand-over, however often its event comes."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.status import Status
from shared.ports import BotError, Outside, Say

NOTICE = "notice"


async def tell_specialists(outside: Outside, appeal_id: str) -> None:
    """Raises Unavailable: the event is to come again."""
    appeal = await outside.journal.find(appeal_id)
    if appeal is None or appeal.known_status is not Status.HANDED_OVER or _is_told(appeal):
        return
    question = appeal.question.removeprefix("› ") if appeal.question != NOTHING else ""
    text = texts.notice(
        number=appeal.number,
        name=appeal.name,
        question=question,
        link=f"{outside.office.public_url}/r/{appeal.id}",
    )
    await _tell(outside, text)

    def change(now: Appeal) -> Edit | None:
        if _is_told(now):
            return None
        return Edit(at=outside.clock.local(), trace=now.known_trace.noted(NOTICE, appeal.waiting_since))

    await outside.journal.change(appeal_id, change, seen=appeal)


async def _tell(outside: Outside, text: str) -> None:
    """The specialists' chat; where there is none, every admin that can be reached."""
    office = outside.office
    if office.specialists_chat is not None:
        await outside.messenger.say(Say(chat=office.specialists_chat, text=text))
        return
    for admin in office.admins:
        try:
            await outside.messenger.say(Say(chat=admin, text=text))
        except BotError as error:
            outside.log.warning("admin_not_told", error=str(error))


def _is_told(appeal: Appeal) -> bool:
    return appeal.known_trace.delivered.get(NOTICE) == appeal.waiting_since
