"""Publishing of events, for every use case: a refusal must reach somebody who can repair the channel itself."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.events import Event
from shared.ports import Outside, Refused
from shared.usecases.admins import tell_unpublishable
from shared.usecases.memory import Memory


async def publish(outside: Outside, memory: Memory, kind: Event, content: Mapping[str, object]) -> None:
    """Publish the event. The admins are told of a refusal, by Telegram and once a day. Raises Unavailable, Refused."""
    try:
        await outside.events.publish(kind, content)
    except Refused as error:
        outside.log.error("publish_refused", kind=kind, error=str(error))
        await tell_unpublishable(outside, memory)
        raise
