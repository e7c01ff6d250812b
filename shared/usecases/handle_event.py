"""What Pub/Sub brings: "look at this row". The handler does everything that is due there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from shared.domain import ids
from shared.ports import ChatGone, Outside
from shared.usecases.deliver_reply import deliver_reply
from shared.usecases.hand_over import HANDED_OVER
from shared.usecases.memory import Memory
from shared.usecases.resolve import tell_resolved
from shared.usecases.tell_specialists import tell_specialists


async def handle_event(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Raises Unavailable: the event is to come again. An event that nobody knows is logged and done."""
    match event.get("kind"):
        case "appeals.edited":
            for appeal_id in edited_ids(event):
                await memory.appeals.run(appeal_id, partial(look_at, outside, appeal_id))
        case "appeal.handed_over":
            appeal_id = str(event.get("appeal", ""))
            await memory.appeals.run(f"{HANDED_OVER}/{appeal_id}", partial(tell_specialists, outside, appeal_id))
        case kind:
            outside.log.warning("unknown_event", kind=str(kind))


async def look_at(outside: Outside, appeal_id: str) -> None:
    """A person edited the row: first the reply, then what the status says."""
    appeal = await outside.journal.find(appeal_id)
    if appeal is None or appeal.chat != ids.chat_of(appeal_id):
        outside.log.warning("row_not_ours", appeal=appeal_id)
        return
    appeal = await deliver_reply(outside, appeal)
    try:
        await tell_resolved(outside, appeal)
    except ChatGone:
        outside.log.info("partner_gone", appeal=appeal_id)


def edited_ids(event: Mapping[str, object]) -> list[str]:
    """The ids of an event, each once, in the order of the sheet. What is no id is left out."""
    listed = event.get("appeals")
    rows = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else []
    found = [str(row.get("id", "")).strip() for row in rows if isinstance(row, Mapping)]
    return list(dict.fromkeys(appeal_id for appeal_id in found if ids.chat_of(appeal_id) is not None))
