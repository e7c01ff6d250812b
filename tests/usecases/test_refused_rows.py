"""What a service refuses for good in one row stops no other row of the same event."""

from __future__ import annotations

from shared.domain.status import Status
from shared.ports import Refused
from tests.usecases.chat import Chat, replies_typed


async def test_a_row_that_is_refused_stops_no_other() -> None:
    """Telegram does not take the text for one partner: the reply in the row below arrives, and the event is done."""
    anna, boris = Chat(), Chat(chat=777)
    boris.world = anna.world
    await boris.say("00777 89990001122")
    for chat in (anna, boris):
        await chat.say("Позовите менеджера")
    journal, messenger = anna.world.journal, anna.world.messenger
    journal.person_sets((await anna.appeal()).id, status=Status.RESOLVED)
    journal.person_sets((await boris.appeal()).id, reply="Готово")
    messenger.gone[501] = Refused("telegram: Bad Request")
    await anna.event(replies_typed(await anna.appeal(), await boris.appeal()))
    assert [text for text in messenger.to(777) if "Готово" in text]
    assert [event for level, event, _ in anna.world.log.lines if level == "ERROR"]
