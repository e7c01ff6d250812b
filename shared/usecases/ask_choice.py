"""A question of the knowledge base was chosen by its button."""

from __future__ import annotations

from dataclasses import replace

from shared.domain import texts
from shared.domain.access import Partner
from shared.domain.incoming import Message, Press
from shared.ports import Action, Answer, Outside, React, Say, Verdict
from shared.usecases.answer_message import answer_message
from shared.usecases.memory import Memory


async def ask_choice(outside: Outside, memory: Memory, press: Press, partner: Partner, mark: str) -> Answer | None:
    """Take the press for a message with the entry's question. Its answer needs no model.

    An entry that is gone, or not published any more, is asked for in other words. Raises Unavailable.
    """
    entry = next((entry for entry in await outside.knowledge.entries() if entry.mark == mark), None)
    if entry is None:
        return Say(chat=press.chat, text=texts.ASK_DIFFERENTLY)
    memory.verdicts.put(press.update, Verdict(action=Action.ANSWER, text=entry.answer, sources=(entry.id,)))
    # the update's number in place of a message's, so that an appeal opened for the press has an id of its own
    message = Message(
        update=press.update,
        chat=press.chat,
        message=int(press.update),
        text=entry.question,
        arrived=press.arrived,
        sent_at=press.button_sent_at,
        button=press.message,
    )
    answer = await answer_message(outside, memory, message, partner)
    return replace(answer, message=press.message) if isinstance(answer, React) else answer
