"""«Решено»: by the partner's button, or by a person in the sheet. The partner is told once."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.history import Author
from shared.domain.incoming import Press
from shared.domain.status import Status
from shared.ports import Answer, Outside, Say
from shared.usecases.record import said

TOLD_RESOLVED = "resolved"


async def resolve_press(outside: Outside, press: Press, appeal: Appeal) -> Answer:
    """«Вопрос решён» under a reply."""

    def change(now: Appeal) -> Edit | None:
        if now.is_resolved:
            return None
        return Edit(
            at=outside.clock.local(),
            lines=(said(outside, Author.BOT, texts.PRESSED_SOLVED),),
            status=Status.RESOLVED,
            question=NOTHING,
            waiting_since=NOTHING,
            trace=now.known_trace.saw(press.update).noted(TOLD_RESOLVED, press.update),
        )

    await outside.journal.change(appeal.id, change)
    return Say(chat=press.chat, text=texts.resolved(appeal.number))


async def tell_resolved(outside: Outside, appeal: Appeal) -> None:
    """A person set «Решено» in the sheet."""
    if not appeal.is_resolved or TOLD_RESOLVED in appeal.known_trace.delivered:
        return
    await outside.messenger.say(Say(chat=appeal.chat, text=texts.resolved(appeal.number)))

    def change(now: Appeal) -> Edit | None:
        return Edit(
            at=outside.clock.local(),
            question=NOTHING,
            waiting_since=NOTHING,
            trace=now.known_trace.noted(TOLD_RESOLVED, outside.clock.local().isoformat()),
        )

    await outside.journal.change(appeal.id, change, seen=appeal)
