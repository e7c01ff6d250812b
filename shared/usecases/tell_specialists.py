"""One notice in the specialists' chat for each hand-over, however often and however late its event comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.events import SINCE_MS
from shared.domain.instants import NOTICED, instant_of, with_instant
from shared.domain.row_links import row_link
from shared.domain.status import Status
from shared.ports import Outside, Refused, RowConfused, Say
from shared.usecases.admins import tell_admins, tell_unrecordable
from shared.usecases.memory import Memory

NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over of an appeal: when it was made, as the sheet shows it and in epoch milliseconds (0: not known)."""

    appeal: str
    since: str
    since_ms: int


def hand_over_of(event: Mapping[str, object]) -> HandOver:
    since_ms = event.get(SINCE_MS)
    return HandOver(
        appeal=str(event.get("appeal", "")),
        since=str(event.get("since", "")),
        since_ms=since_ms if isinstance(since_ms, int) else 0,
    )


async def tell_specialists(outside: Outside, memory: Memory, made: HandOver) -> None:
    """Send the notice of the hand-over unless it was sent. Raises Unavailable: the event is to come again."""
    appeal = await outside.journal.find(made.appeal)
    if appeal is None or _is_told(appeal, made):
        return
    text = _notice(outside, appeal)
    if text is None:
        return
    this = f"{NOTICE} {made.since} {made.since_ms}"
    await memory.unrecorded.once(made.appeal, this, lambda: _tell(outside, text))

    def change(now: Appeal) -> Edit | None:
        if _is_told(now, made):
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
    asked = appeal.question.removeprefix("› ") if appeal.question != NOTHING else ""
    link = row_link(outside.office.public_url, appeal.id, outside.office.link_secrets)
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
            await outside.messenger.say(Say(chat=chat, text=text, preview=False))
            return
        except Refused as error:
            outside.log.error("specialists_not_told", error=str(error))
    await tell_admins(outside, text, preview=False)


def _is_told(appeal: Appeal, made: HandOver) -> bool:
    """Were the specialists told of this hand-over, or of a later one whose event was faster?

    Without instants (rows and events of an earlier version) the local times are compared, which sort as text.
    """
    told = appeal.known_trace.delivered.get(NOTICE, "")
    told_ms = instant_of(appeal.known_trace, NOTICED, told)
    if made.since_ms and told_ms:
        return told_ms >= made.since_ms
    return told == made.since or (told[:1].isdecimal() and told > made.since)
