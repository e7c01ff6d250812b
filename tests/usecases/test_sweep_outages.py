"""What fails while the sweep looks at rows: every row has its turn, and the worst is raised in the end."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.status import Status
from shared.ports import NeedsRepair, Unavailable
from tests.usecases.test_rows_of_one_event import arrived, office
from tests.usecases.test_sweep import SWEEP, lie


async def test_of_several_outages_the_one_that_a_person_can_repair() -> None:
    """The admins are told of that one; the other rows have their replies."""
    chats = await office("Да", "Нет", "Готово")
    closed = NeedsRepair("sheets: 403", place="таблица", problem="доступ закрыт")
    chats[0].world.messenger.gone |= {601: Unavailable("telegram: 502"), 602: closed}
    with pytest.raises(NeedsRepair):
        await chats[0].event(SWEEP)
    assert arrived(chats) == [0, 0, 1]


async def test_an_outage_beside_a_promise_stops_no_reply() -> None:
    """The closing of one row cannot be told now: a reply of another row is sent all the same."""
    chats = await office("", "Нет")
    world = chats[0].world
    world.journal.person_sets((await chats[0].appeal()).id, status=Status.RESOLVED)
    lie(chats[0], (await chats[0].appeal()).id, texts.REPLY_WILL_REPEAT)
    world.messenger.gone[601] = Unavailable("telegram: 502")
    with pytest.raises(Unavailable):
        await chats[0].event(SWEEP)
    assert arrived(chats) == [0, 1]
    world.messenger.gone.clear()
    await chats[0].event({**world.events.published[-1], "published": world.clock.now()})
    assert world.messenger.to(601)[-1] == texts.resolved((await chats[0].appeal()).number)
