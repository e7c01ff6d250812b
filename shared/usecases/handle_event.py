"""What Pub/Sub brings: "look at this row". The handler does everything that is due there."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.events import Event, edited_rows
from shared.ports import Outside
from shared.usecases.daily import daily
from shared.usecases.hand_over_events import HandOver
from shared.usecases.look_at_rows import look_at_all
from shared.usecases.memory import Memory
from shared.usecases.report_broken import tell_broken
from shared.usecases.report_problems import tell_problems
from shared.usecases.strangers import tell_stranger
from shared.usecases.sweep import sweep
from shared.usecases.tell_imported import tell_imported
from shared.usecases.tell_specialists import tell_specialists


async def handle_event(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Raises Unavailable: the event is to come again. An event that nobody knows is logged and done."""
    match event.get("kind"):
        case Event.EDITED:
            await look_at_all(outside, memory, edited_rows(event))
        case Event.HANDED_OVER:
            made = HandOver.of_event(event)
            async with memory.appeals.of(made.appeal):
                await tell_specialists(outside, memory, made)
        case Event.IMPORTED:
            await tell_imported(outside, memory, event)
        case Event.BROKEN:
            await tell_broken(outside, memory, event)
        case Event.SWEEP:
            await memory.updates.run(Event.SWEEP, lambda: sweep(outside, memory))
        case Event.DAILY:
            await memory.updates.run(Event.DAILY, lambda: daily(outside, memory))
        case Event.CHECK:
            await tell_problems(outside, memory, event)
        case Event.STRANGER:
            await tell_stranger(outside, memory, event)
        case kind:
            outside.log.warning("unknown_event", length=len(str(kind)))
