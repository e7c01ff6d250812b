"""Rows that were edited at once: each has its own fate."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain import texts
from shared.domain.access import Partner
from shared.ports import ChatGone, NeedsRepair, Refused, Say, Unavailable
from shared.usecases.memory.together import MOST
from tests import virtual_time
from tests.fakes import ADMIN, World
from tests.usecases.chat import Chat, replies_typed

BROKEN = RuntimeError("a fault of ours")


async def office(*replies: str) -> list[Chat]:
    """Partners of one world, each handed over, each with a reply typed beside the question; nothing is announced."""
    world = World()
    chats = [Chat(world, chat=601 + n) for n in range(len(replies))]
    for chat, reply in zip(chats, replies, strict=True):
        world.directory.partners.append(_partner(chat.chat))
        await chat.say("Позовите менеджера")
        world.journal.person_sets((await chat.appeal()).id, reply=reply)
        chat.events_memory = chats[0].events_memory
    return chats


def _partner(chat: int) -> Partner:
    return Partner(code=f"K{chat}", phone=f"+7912000{chat:04d}", name=f"Имя {chat}", authorised=True, chat=chat)


async def pasted(chats: list[Chat]) -> dict[str, object]:
    typed = replies_typed(*[await chat.appeal() for chat in chats])
    return {**typed, "published": chats[0].world.clock.now(), "editor": "ivanov@example.com"}


def arrived(chats: list[Chat]) -> list[int]:
    """How many replies each partner has."""
    return [len([t for t in c.world.messenger.to(c.chat) if t.startswith("Ответ специалиста")]) for c in chats]


async def test_a_row_that_raises_goes_on_alone() -> None:
    """The others are done and the event is over; the row comes again in an event of its own, as old as it was."""
    chats = await office("Да", "Нет", "Готово")
    world, event = chats[0].world, await pasted(chats)
    world.messenger.gone[602] = BROKEN
    await chats[0].event(event)
    assert arrived(chats) == [1, 0, 1]
    [alone] = [one for one in world.events.published if one["kind"] == "appeals.edited"]
    assert alone["appeals"] == [{"id": (await chats[1].appeal()).id, "row": 3, "edited": ["reply"]}]
    assert (alone["typed"], alone["editor"]) == (event["published"], "ivanov")
    world.clock.advance(30)
    with pytest.raises(RuntimeError):
        await chats[0].event({**alone, "published": world.clock.now()})
    assert ("ERROR", "row_failed") in [line[:2] for line in world.log.lines]
    del world.messenger.gone[602]
    await chats[0].event({**alone, "published": world.clock.now()})
    assert arrived(chats) == [1, 1, 1]
    assert (await chats[1].appeal()).receipt == "доставлено 14:03 · ivanov"


async def test_a_row_published_anew_is_as_old_as_it_was() -> None:
    """A question asked in the meantime is not answered by the words that were typed before it."""
    chats = await office("Да", "Нет")
    world = chats[0].world
    await chats[0].event(await pasted(chats))
    world.clock.advance(5)
    event = await pasted(chats)
    world.messenger.gone[602] = BROKEN
    world.journal.person_sets((await chats[1].appeal()).id, reply="Да")
    await chats[0].event(event)
    alone = world.events.published[-1]
    del world.messenger.gone[602]
    await chats[0].event({**alone, "published": world.clock.now()})
    world.clock.advance(60)
    await chats[1].say("А завтра?")
    world.clock.advance(1)
    before = arrived(chats)
    await chats[0].event({**alone, "published": world.clock.now()})
    assert arrived(chats) == before


async def test_what_a_person_chose_goes_with_the_row() -> None:
    """The status as it was when it was chosen, and that the reply was typed, are in the new event as well."""
    chats = await office("Да", "Нет")
    world = chats[0].world
    rows = [
        {"id": (await chat.appeal()).id, "row": n, "edited": ["reply", "status"], "by_hand": True, "status": "Решено"}
        for n, chat in enumerate(chats, 2)
    ]
    world.messenger.gone[601] = BROKEN
    await chats[0].event({"kind": "appeals.edited", "appeals": rows})
    assert world.events.published[-1]["appeals"] == rows[:1]


async def test_a_row_that_cannot_be_published_anew_brings_its_event_again() -> None:
    """Nothing is acknowledged that nobody takes over."""
    chats = await office("Да", "Нет")
    world, event = chats[0].world, await pasted(chats)
    world.messenger.gone[601] = BROKEN
    world.events.failing.append(Unavailable("pubsub: 503"))
    with pytest.raises(Unavailable):
        await chats[0].event(event)
    del world.messenger.gone[601]
    await chats[0].event(event)
    assert arrived(chats) == [1, 1]


async def test_an_outage_beside_a_row_that_raises() -> None:
    """The event comes again for the outage, and publishes nothing anew before that: one event a row is enough."""
    chats = await office("Да", "Нет", "Готово")
    world, event = chats[0].world, await pasted(chats)
    published = len(world.events.published)
    closed = NeedsRepair("sheets: 403", place="таблица", problem="доступ закрыт")
    world.messenger.gone |= {601: BROKEN, 602: Unavailable("telegram: 502"), 603: closed}
    with pytest.raises(NeedsRepair):
        await chats[0].event(event)
    assert len(world.events.published) == published


@pytest.mark.parametrize("fault", [ChatGone("blocked"), Refused("telegram: 400")])
async def test_a_reply_that_telegram_refuses_is_over(fault: Refused) -> None:
    """It has a receipt, and the event is acknowledged."""
    chats = await office("Да", "Нет")
    chats[0].world.messenger.gone[601] = fault
    await chats[0].event(await pasted(chats))
    assert (await chats[0].appeal()).receipt.startswith("не доставлено")
    assert arrived(chats) == [0, 1]


async def test_rows_are_dealt_with_side_by_side() -> None:
    """No partner waits for Telegram's answer about another."""
    chats = await office(*["Да"] * 5)
    world, under_way, most = chats[0].world, 0, 0
    say = world.messenger.say

    async def slow(message: Say) -> int:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return await say(message)

    world.messenger.say = slow  # type: ignore[method-assign]
    await chats[0].event(await pasted(chats))
    assert most == 5
    assert arrived(chats) == [1] * 5


async def test_receipts_are_written_in_groups() -> None:
    """One that is killed doubles a group at the most: nobody's receipt waits for more than so many messages."""
    chats = await office(*["Да"] * 45)
    world = chats[0].world
    change, say = world.journal.change, world.messenger.say
    at: list[int] = []

    async def one_by_one(message: Say) -> int:
        for _ in range(4 * (message.chat - 600)):
            await asyncio.sleep(0)
        return await say(message)

    async def counted(*args, **more):  # type: ignore[no-untyped-def]
        at.append(sum(arrived(chats)))
        return await change(*args, **more)

    world.messenger.say = one_by_one  # type: ignore[method-assign]
    world.journal.change = counted  # type: ignore[method-assign]
    await chats[0].event(await pasted(chats))
    assert sorted(set(at)) == [MOST, 2 * MOST, 45]


async def test_an_admin_whose_message_fails_stops_no_other() -> None:
    """Whatever is wrong with one of them, the others are told."""
    chat = Chat(World(specialists_chat=None, admins=(ADMIN, ADMIN + 1)))
    chat.world.messenger.gone[ADMIN] = BROKEN
    await chat.say("Позовите менеджера")
    await chat.events()
    assert len(chat.world.messenger.to(ADMIN + 1)) == 1
    assert texts.CONFUSED not in chat.world.messenger.to(ADMIN + 1)[0]


def test_a_row_that_hangs() -> None:
    """Telegram never answers for one partner: the others have their replies, and after a minute the row comes again."""

    async def hanging() -> None:
        chats = await office("Да", "Нет", "Готово")
        messenger = chats[0].world.messenger
        say = messenger.say

        async def never_answers_602(message: Say) -> int:
            if message.chat == 602:
                await asyncio.Event().wait()
            return await say(message)

        messenger.say = never_answers_602  # type: ignore[method-assign]
        began = asyncio.get_running_loop().time()
        with pytest.raises(Unavailable):
            await chats[0].event(await pasted(chats))
        assert asyncio.get_running_loop().time() - began == pytest.approx(60)
        assert arrived(chats) == [1, 0, 1]
        assert (await chats[2].appeal()).receipt.startswith("доставлено")

    virtual_time.run(hanging())
