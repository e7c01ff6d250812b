"""Greetings and thanks: what answers them, and thanks for an appeal that is closed."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.access import Partner
from shared.domain.appeals import Appeal, Edit
from shared.domain.courtesy import Courtesy, courtesy_of, greets
from shared.domain.history import Author
from shared.domain.incoming import Message
from shared.domain.trace import Sent, Under
from shared.ports import Answer, Outside, Say
from shared.usecases.record import is_recorded, said, try_change, written_at

JOINS_S = 24 * 3600.0
"""So long after its last change a closed appeal takes thanks."""


def courtesy(text: str, partner: Partner) -> str:
    """Return the answer to a text that the assistant found to be a greeting, thanks or the like."""
    return texts.greeting(partner.first_name) if greets(text) else texts.THANKS


def thanks_for(message: Message, newest: Appeal | None) -> Appeal | None:
    """Return the closed appeal for which the message thanks; None where it says more, or another one is open."""
    if newest is None or newest.is_confused or not newest.is_resolved:
        return None
    return newest if courtesy_of(message.text) is Courtesy.THANKS else None


async def answer_thanks(outside: Outside, message: Message, closed: Appeal) -> Answer:
    """Note the thanks in the closed row, which stays closed, and return the answer. Raises Unavailable.

    Thanks that come later, or that the row does not take, are answered without a note: they are no question that a new
    appeal should be opened for.
    """

    def change(now: Appeal) -> Edit | None:
        if is_recorded(outside, now, message) or not now.is_resolved:
            return None
        sent = Sent(update=message.update, text=texts.THANKS, under=Under.NOTHING)
        return Edit(
            at=outside.clock.local(),
            lines=(said(outside, now.partner, message.text), said(outside, Author.BOT, texts.THANKS)),
            trace=now.known_trace.saw(message.update, sent, at=outside.clock.now(), message=message.place),
        )

    if outside.clock.now() - written_at(outside, closed) < JOINS_S:
        await try_change(outside, closed, change)
    return Say(chat=message.chat, text=texts.THANKS)
