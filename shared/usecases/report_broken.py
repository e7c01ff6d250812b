"""A sheet that only a person can repair: an admin is told at once, and once."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain import admin_texts
from shared.domain.events import Event
from shared.ports import BotError, NeedsRepair, Outside
from shared.usecases.admins import tell_admins
from shared.usecases.memory import Memory
from shared.usecases.publish import publish


async def report_broken(outside: Outside, memory: Memory, error: NeedsRepair, *, goes_on: bool = False) -> None:
    """Publish what is broken, or tell the admins where publishing fails.

    `goes_on`: partners are answered meanwhile, from an older copy or without what is broken.
    An instance reports the same place and problem every ten minutes as long as it sees them.
    """
    this = f"reported {error.place} {error.problem} {goes_on}"
    if memory.told.holds(this):
        return
    memory.told.put(this, True)
    content: dict[str, object] = {"place": error.place, "problem": error.problem}
    if goes_on:
        content["goes_on"] = True
    try:
        await publish(outside, memory, Event.BROKEN, content)
    except BotError as failure:
        outside.log.warning("broken_not_published", error=str(failure))
        await _tell_directly(outside, memory, this, content)


async def tell_broken(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Tell the admins what several instances saw: one message a day for each place and problem while it lasts.

    What nobody has seen for hours was repaired: broken anew it is told anew. Raises Unavailable: the event is to come
    again.
    """
    place, problem = str(event.get("place", "")), str(event.get("problem", ""))
    goes_on = bool(event.get("goes_on"))
    this = f"broken {place} {problem} {goes_on}"
    if not (memory.broken.holds(this) and memory.told_today.holds(this)):
        await tell_admins(outside, admin_texts.broken(place=place, problem=problem, goes_on=goes_on))
        memory.told_today.put(this, True)
    memory.broken.put(this, True)


async def _tell_directly(outside: Outside, memory: Memory, this: str, content: Mapping[str, object]) -> None:
    try:
        await tell_broken(outside, memory, content)
    except BotError as failure:
        memory.told.forget(this)
        outside.log.error("broken_not_told", error=str(failure))
