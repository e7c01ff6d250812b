"""One notice in the specialists' chat for each hand-over, however often and however late its event comes."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import Appeal, Edit
from shared.domain.instants import NOTICED, with_instant
from shared.domain.questions import said_before, unanswered
from shared.domain.row_links import row_link
from shared.domain.status import Status
from shared.domain.truncation import one_line, truncate
from shared.ports import Outside, Refused, RowConfused, Say
from shared.usecases.admins import tell_admins, tell_unrecordable
from shared.usecases.hand_over_events import NOTICE, HandOver
from shared.usecases.memory import Memory

BEFORE_LENGTH = 200


async def tell_specialists(outside: Outside, memory: Memory, made: HandOver) -> None:
    """Send the notice of the hand-over unless it was sent. Raises Unavailable: the event is to come again."""
    memory.notices.announced(made.appeal, made.since)
    appeal = await outside.journal.find(made.appeal)
    if appeal is None:
        return
    if made.is_told(appeal.known_trace):
        memory.notices.told(made.appeal, made.since)
        return
    text = _notice(outside, appeal)
    if text is None:
        return
    this = f"{NOTICE} {made.since} {made.since_ms}"
    await memory.unrecorded.once(made.appeal, this, lambda: _tell(outside, text))
    memory.notices.told(made.appeal, made.since)

    def change(now: Appeal) -> Edit | None:
        if made.is_told(now.known_trace):
            return None
        trace = now.known_trace.noted(NOTICE, made.since).without(NOTICED)
        exact = with_instant(trace, NOTICED, made.since, made.since_ms) if made.since_ms else trace
        return Edit(at=outside.clock.local(), trace=exact)

    try:
        await outside.journal.change(made.appeal, change, seen=appeal)
    except RowConfused:
        return
    except Refused as error:
        outside.log.error("notice_not_recorded", appeal=made.appeal, error=str(error))
        await tell_unrecordable(outside, memory, appeal)
        return
    memory.unrecorded.recorded(made.appeal, this)


def _notice(outside: Outside, appeal: Appeal) -> str | None:
    """None when the partner has taken the call back: nobody waits. A confused row keeps its question, not its name."""
    asked = unanswered(appeal)
    link = row_link(outside.office.public_url, appeal.id, outside.office.link_secrets)
    if appeal.is_confused:
        named = texts.notice(number=appeal.number, name=texts.CONFUSED, question=asked, link=link)
        return named if appeal.was_with_people else None
    said = {"number": appeal.number, "name": appeal.partner, "question": asked or appeal.asked_last, "link": link}
    if appeal.known_status is Status.HANDED_OVER:
        return texts.notice(**said, before=_before_call(appeal))
    return texts.late_notice(**said) if appeal.is_with_people or appeal.is_resolved else None


def _before_call(appeal: Appeal) -> str:
    line = said_before(appeal)
    if line is None:
        return ""
    return texts.before_call(author=line.author, text=truncate(one_line(line.text), BEFORE_LENGTH))


async def _tell(outside: Outside, text: str) -> None:
    """The specialists' chat; where there is none, or it does not take the bot, every admin that can be reached."""
    chat = outside.office.specialists_chat
    if chat is not None:
        try:
            await outside.messenger.say(Say(chat=chat, text=text, preview=False))
            return
        except Refused as error:
            outside.log.error("specialists_not_told", error=str(error))
    await tell_admins(outside, text, preview=False)
