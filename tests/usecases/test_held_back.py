"""Replies that were held back: only a person's edit of the reply sends one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import admin_texts, texts
from shared.domain.status import Status
from shared.ports import Unavailable
from tests.fakes import ADMIN
from tests.usecases.chat import Chat, replies_typed
from tests.usecases.test_rows_of_one_event import arrived, office
from tests.usecases.test_sweep import SWEEP, lie


async def held(count: int = 21) -> list[Chat]:
    """So many replies were pasted by mistake, and held back."""
    chats = await office(*["Старый ответ"] * count)
    await sweeps(chats, 2)
    assert {(await chat.appeal()).receipt for chat in chats} == {texts.REPLY_HELD_BACK}
    return chats


async def sweeps(chats: list[Chat], count: int, *, every: float = 300) -> None:
    for _ in range(count):
        await chats[0].event(SWEEP)
        chats[0].world.clock.advance(every)


@pytest.mark.parametrize("left", [21, 5])
async def test_a_promise_beside_a_reply_that_was_held_back(left: int) -> None:
    """The event of a status did not leave: the status counts, the reply stays held back, nobody is told again."""
    chats = await held()
    world = chats[0].world
    for chat in chats[left:]:
        world.journal.person_sets((await chat.appeal()).id, reply="")
    for chat in chats[:left]:
        lie(chat, (await chat.appeal()).id, texts.REPLY_WILL_REPEAT)
        world.journal.person_sets((await chat.appeal()).id, status=Status.RESOLVED)
    chats[0].events_memory = world.memory()
    await sweeps(chats, 5, every=700)
    assert arrived(chats) == [0] * 21
    assert {(await chat.appeal()).receipt for chat in chats[:left]} == {texts.REPLY_HELD_BACK}
    assert world.messenger.to(601).count(texts.resolved((await chats[0].appeal()).number)) == 1
    assert world.messenger.to(ADMIN) == [admin_texts.held_back(21)]
    assert len(await chats[0].person(reply="Старый ответ")) == 1


@pytest.mark.parametrize("protected", [{"receipt"}, {"row"}, {"receipt", "row"}])
async def test_the_admins_are_told_once_a_day_of_the_same_replies(protected: set[str]) -> None:
    """Nothing can be written beside them: each sweep finds them again, and says nothing more until tomorrow."""
    chats = await office(*["Старый ответ"] * 21)
    world = chats[0].world
    world.journal.protected = protected
    await sweeps(chats, 10, every=3600)
    assert (arrived(chats), world.messenger.to(ADMIN)) == ([0] * 21, [admin_texts.held_back(21)])
    assert await chats[0].person(status=Status.IN_WORK) == []


async def test_rows_whose_columns_were_sorted_apart() -> None:
    """None of them can be marked as held back: each sweep finds them again, and the admins are told once a day."""
    chats = await office(*["Старый ответ"] * 21)
    world = chats[0].world
    world.journal.rows = {appeal: replace(row, chat=999) for appeal, row in world.journal.rows.items()}
    await sweeps(chats, 10, every=3600)
    assert (arrived(chats), world.messenger.to(ADMIN)) == ([0] * 21, [admin_texts.held_back(21)])


@pytest.mark.parametrize("protected", [set(), {"receipt"}], ids=["", "protected"])
@pytest.mark.parametrize("texts_before", [("Да", ""), ("Да", "Нет")], ids=["emptied", "another"])
async def test_many_old_replies_that_came_back(texts_before: tuple[str, str], protected: set[str]) -> None:
    """Somebody undid or restored a column: five partners wait for other answers, whichever instance looks."""
    chats = await office(*["—"] * 21)
    world = chats[0].world
    for text in texts_before:
        for chat in chats:
            world.journal.person_sets((await chat.appeal()).id, reply=text)
        event = replies_typed(*[await chat.appeal() for chat in chats])
        await chats[0].event({**event, "published": world.clock.now()})
    for chat in chats[:5]:
        await chat.say("А завтра?")
    for chat in chats:
        world.journal.person_sets((await chat.appeal()).id, reply="Да")
    sent, world.journal.protected = arrived(chats), protected
    await sweeps(chats, 3)
    chats[0].events_memory = world.memory()
    for chat in chats[4:]:
        world.journal.person_sets((await chat.appeal()).id, reply="")
    await sweeps(chats, 3)
    assert arrived(chats) == sent
    said = (await chats[0].appeal()).receipt
    assert (said == texts.REPLY_AS_BEFORE) == (not protected)
    assert admin_texts.held_back(21) not in world.messenger.to(ADMIN)


async def test_admins_that_cannot_be_told_now() -> None:
    """Telegram is out of reach: the next sweep tells them."""
    chats = await office(*["Старый ответ"] * 21)
    world = chats[0].world
    await sweeps(chats, 1)
    world.messenger.gone[ADMIN] = Unavailable("telegram: 502")
    with pytest.raises(Unavailable):
        await sweeps(chats, 1)
    del world.messenger.gone[ADMIN]
    await sweeps(chats, 3)
    assert world.messenger.to(ADMIN) == [admin_texts.held_back(21)]


async def test_other_replies_on_the_same_day() -> None:
    """A second paste by mistake is told as well."""
    chats = await held()
    world = chats[0].world
    for chat in chats:
        world.journal.person_sets((await chat.appeal()).id, reply="Ещё старее")
    await sweeps(chats, 3)
    assert world.messenger.to(ADMIN) == [admin_texts.held_back(21)] * 2
    assert arrived(chats) == [0] * 21
