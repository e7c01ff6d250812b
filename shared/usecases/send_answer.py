"""Sending the answer of an update by a call."""

from __future__ import annotations

from shared.ports import Outside, Refused, Say
from shared.shielded import shielded
from shared.usecases.memory import Memory


async def send_answer(outside: Outside, memory: Memory, update: str, answer: Say) -> None:
    """Send the answer and note the update as answered, once in this instance.

    The update's deadline ends the waiting for Telegram, not the call: the repetition waits for the same call, or finds
    the update answered. Raises Unavailable; Refused, after which the update counts as answered too.
    """
    await shielded(memory.sending.run(update, lambda: _send(outside, memory, update, answer)))


async def _send(outside: Outside, memory: Memory, update: str, answer: Say) -> None:
    if memory.sent.get(update):
        return
    try:
        await outside.messenger.say(answer)
    except Refused:
        memory.sent.put(update, True)
        raise
    memory.sent.put(update, True)
