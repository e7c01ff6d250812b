"""One order of what is said in a chat that several instances answer."""

from __future__ import annotations

from shared.ports import Outside, Written
from shared.usecases.memory import Memory

RECENT_S = 2.0
WAIT_S = 1.0


async def after_others(outside: Outside, memory: Memory, written: Written | None, update: str) -> None:
    """Wait until other instances have said what they recorded in the row just before *update*.

    Who wrote last then says last, and what the partner reads last agrees with the row. An instance that was recorded
    after another one waits as well, so each of them counts. This instance's own updates take turns (`ChatOrder`).
    """
    if written is None:
        return
    seen_at = dict(written.appeal.known_trace.seen_at)
    mine = seen_at.pop(update, outside.clock.now())
    recent = [other for other, at in seen_at.items() if mine - at < RECENT_S]
    others = [other for other in recent if not memory.taken.holds(other)]
    if others:
        outside.log.info("waited_for_others", update=update, others=len(others))
        await outside.clock.sleep(WAIT_S * len(others))
