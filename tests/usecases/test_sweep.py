"""Replies that no event told of: the sweep compares every reply cell with the digest of what was sent."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from shared.domain import admin_texts, texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import ChatGone, NeedsRepair, Refused, Unavailable
from tests.fakes import ADMIN, World
from tests.usecases.chat import Chat, replies_typed
from tests.usecases.test_rows_of_one_event import arrived, office

SWEEP: dict[str, object] = {"kind": "sweep"}


async def answered(reply: str) -> Chat:
    """A partner who has this reply of a specialist; the sweep has seen it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply=reply)
    await chat.event(SWEEP)
    return chat


async def swept(chat: Chat) -> list[str]:
    """What the partner reads after the next sweep."""
    chat.world.clock.advance(300)
    before = len(chat.world.messenger.to(chat.chat))
    await chat.event(SWEEP)
    return chat.world.messenger.to(chat.chat)[before:]


def lie(chat: Chat, appeal: str, receipt: str, *, reply: str | None = None) -> None:
    """The script writes a receipt, a person a reply, and no event leaves."""
    if reply is not None:
        chat.world.journal.person_sets(appeal, reply=reply)
    row = chat.world.journal.rows[appeal]
    chat.world.journal.rows[appeal] = replace(row, receipt=receipt)


async def test_a_reply_that_no_event_told_of() -> None:
    """The sheet was sorted between typing and trigger: the sweep sends it, with a receipt, once."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Готово")
    assert await swept(chat) == [texts.reply(appeal.number, "Готово")]
    assert (await chat.appeal()).receipt == "доставлено 14:08"
    assert await swept(chat) == []


async def test_a_reply_typed_over_a_delivered_one() -> None:
    """Its event did not leave: the receipt of the first counts for nothing."""
    chat = await answered("Первый")
    appeal = await chat.appeal()
    lie(chat, appeal.id, texts.REPLY_WILL_REPEAT, reply="Второй")
    assert await swept(chat) == [texts.reply(appeal.number, "Второй")]
    chat.world.journal.person_sets(appeal.id, reply="Третий")
    assert await swept(chat) == [texts.reply(appeal.number, "Третий")]
    assert (await chat.appeal()).receipt == "доставлено 14:13"


async def test_a_push_and_the_sweep_together() -> None:
    """One message, whoever comes first."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Готово")
    event = {**replies_typed(appeal), "published": chat.world.clock.now()}
    assert len(await swept(chat)) == 1
    await chat.event(event)
    assert len([t for t in chat.world.messenger.to(501) if "Готово" in t]) == 1


async def test_a_promise_beside_a_reply_that_was_sent() -> None:
    """The event of a status did not leave: the receipt says again when the reply went, and the status counts."""
    chat = await answered("Готово")
    appeal = await chat.appeal()
    lie(chat, appeal.id, texts.REPLY_WILL_REPEAT)
    chat.world.journal.person_sets(appeal.id, status=Status.RESOLVED)
    assert await swept(chat) == [texts.resolved(appeal.number)]
    assert (await chat.appeal()).receipt == "доставлено 14:03"


async def test_a_promise_beside_an_empty_cell() -> None:
    """Nothing is to be repeated."""
    chat = await answered("Готово")
    lie(chat, (await chat.appeal()).id, texts.REPLY_WILL_REPEAT, reply="")
    assert await swept(chat) == []
    assert (await chat.appeal()).receipt == NOTHING


async def test_the_same_words_typed_again_after_the_cell_was_emptied() -> None:
    """With the promise beside them they are sent; without it somebody undid, and they are not."""
    for receipt, sent in ((texts.REPLY_WILL_REPEAT, 1), ("доставлено 14:03", 0)):
        chat = await answered("Да")
        await chat.person(reply="")
        lie(chat, (await chat.appeal()).id, receipt, reply="Да")
        assert len(await swept(chat)) == sent


async def test_an_older_reply_that_came_back() -> None:
    """«Первый», «Второй», undone to «Первый»: not sent, and the receipt of the second does not stand beside it."""
    chat = await answered("Первый")
    await chat.person(reply="Второй")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Первый")
    assert await swept(chat) == []
    assert (await chat.appeal()).receipt == texts.REPLY_AS_BEFORE


async def test_an_old_reply_does_not_answer_a_later_question() -> None:
    """Nobody knows when it was typed: the specialist is told what to do."""
    chat = await answered("Да")
    chat.world.clock.advance(60)
    await chat.say("А завтра?")
    lie(chat, (await chat.appeal()).id, texts.REPLY_WILL_REPEAT)
    assert await swept(chat) == []
    assert (await chat.appeal()).receipt == texts.REPLY_AS_BEFORE


async def test_a_reply_that_failed_is_not_tried_by_every_sweep() -> None:
    """Blocked, and beside a formula: both said once."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.messenger.gone[501] = ChatGone("blocked")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Готово")
    await swept(chat)
    del chat.world.messenger.gone[501]
    assert await swept(chat) == []
    chat.world.journal.person_sets((await chat.appeal()).id, reply="#ERROR!")
    await swept(chat)
    assert (await chat.appeal()).receipt == texts.REPLY_IS_FORMULA
    compared = len(chat.world.journal.compared)
    await swept(chat)
    assert len(chat.world.journal.compared) == compared


async def test_known_replies_cost_one_read() -> None:
    """What was seen to be sent is not looked up again, on the same instance."""
    chat = await answered("Готово")
    chat.events_memory = chat.world.memory()
    for _ in range(3):
        await swept(chat)
        assert chat.world.journal.compared == [(await chat.appeal()).id]


async def test_what_was_there_before_the_bot() -> None:
    """The set-up said so beside it, and there is no technical cell: nothing older is ever sent to anybody."""
    chat = await answered("Готово")
    appeal = await chat.appeal()
    chat.world.journal.wiped(appeal.id)
    lie(chat, appeal.id, texts.BEFORE_CONNECTION, reply="Прежний ответ")
    chat.events_memory = chat.world.memory()
    assert await swept(chat) == []


async def test_twenty_replies_arrive() -> None:
    """The sheet's trigger is switched off."""
    chats = await office(*["Да"] * 20)
    await chats[0].event(SWEEP)
    assert arrived(chats) == [1] * 20


async def test_more_than_twenty_are_held_back() -> None:
    """A paste by mistake: none is sent, each says so, the admins are told once; a reply typed anew is sent."""
    chats = await office(*["Старый ответ"] * 21)
    world = chats[0].world
    for _ in range(3):
        await chats[0].event(SWEEP)
        world.clock.advance(300)
    assert arrived(chats) == [0] * 21
    assert {(await chat.appeal()).receipt for chat in chats} == {texts.REPLY_HELD_BACK}
    assert world.messenger.to(ADMIN) == [admin_texts.held_back(21)]
    assert len(await chats[0].person(reply="Новый ответ")) == 1
    chats[1].events_memory = world.memory()
    await chats[1].event({**replies_typed(await chats[1].appeal()), "published": world.clock.now()})
    assert arrived(chats)[:3] == [1, 1, 0]


async def test_more_than_twenty_that_failed_hold_nothing_back() -> None:
    """Their partners stopped the bot, which each receipt says: a new instance sends and says nothing more."""
    chats = await office(*["Готово"] * 22)
    world = chats[0].world
    world.messenger.gone = {chat.chat: ChatGone("blocked") for chat in chats}
    for chat in chats:
        await chats[0].event(replies_typed(await chat.appeal()))
    chats[0].events_memory = world.memory()
    for _ in range(3):
        await chats[0].event(SWEEP)
        world.clock.advance(300)
    assert {(await chat.appeal()).receipt for chat in chats} == {texts.NOT_DELIVERED_GONE}
    assert world.messenger.to(ADMIN) == []


async def test_a_row_that_was_held_back() -> None:
    """Choosing a status sends nothing; a push of what stands there, typed anew, does."""
    chats = await office(*["Старый ответ"] * 21)
    for _ in range(2):
        await chats[0].event(SWEEP)
        chats[0].world.clock.advance(300)
    assert await chats[0].person(status=Status.IN_WORK) == []
    assert len(await chats[0].person(reply="Старый ответ")) == 1


async def test_rows_held_back_stop_the_sweep() -> None:
    """The older version of the sheet is still there: a reply that nobody announced is held back as well, in silence."""
    chats = await office(*["Старый ответ"] * 22)
    world = chats[0].world
    world.journal.person_sets((await chats[0].appeal()).id, reply="")
    for _ in range(2):
        await chats[0].event(SWEEP)
        world.clock.advance(100)
    world.journal.person_sets((await chats[0].appeal()).id, reply="Новый")
    for _ in range(2):
        await chats[0].event(SWEEP)
        world.clock.advance(100)
    assert (arrived(chats), world.messenger.to(ADMIN)) == ([0] * 22, [admin_texts.held_back(21)])
    assert (await chats[0].appeal()).receipt == texts.REPLY_HELD_BACK


async def test_replies_that_were_held_back_and_taken_back() -> None:
    """Ctrl+Z: what was sent stands there again, and its receipt says so."""
    chats = await office(*["Да"] * 21)
    world = chats[0].world
    await chats[0].event({**replies_typed(*[await c.appeal() for c in chats]), "published": world.clock.now()})
    for text in ("Чужое", "Да"):
        for chat in chats:
            world.journal.person_sets((await chat.appeal()).id, reply=text)
        for _ in range(2):
            world.clock.advance(300)
            await chats[0].event(SWEEP)
    assert arrived(chats) == [1] * 21
    assert {(await chat.appeal()).receipt for chat in chats} == {"доставлено 14:03"}


async def test_replies_whose_event_is_on_its_way() -> None:
    """Forty are pasted a moment before the sweep, or Telegram fails for a while: their event deals with them."""
    chats = await office(*["Да"] * 40)
    world = chats[0].world
    event = {**replies_typed(*[await c.appeal() for c in chats]), "published": world.clock.now()}
    await chats[0].event(SWEEP)
    world.messenger.gone |= {chat.chat: Unavailable("telegram: 502") for chat in chats}
    with pytest.raises(Unavailable):
        await chats[0].event(event)
    for _ in range(2):
        world.clock.advance(300)
        await chats[0].event(SWEEP)
    world.messenger.gone.clear()
    await chats[0].event(event)
    assert arrived(chats) == [1] * 40
    assert world.messenger.to(ADMIN) == []


@pytest.mark.parametrize("fault", [Unavailable("sheets: 503"), Refused("sheets: 400"), RuntimeError("ours")])
async def test_a_step_that_fails_stops_no_other(fault: Exception) -> None:
    """Old marks cannot be deleted: the partners are watched all the same, and waiting replies leave."""
    chats = await office("Да")
    chats[0].world.journal.failing_marks = fault
    with pytest.raises(type(fault)) if not isinstance(fault, Refused) else contextlib.nullcontext():
        await chats[0].event(SWEEP)
    assert chats[0].world.directory.watched == 1
    assert arrived(chats) == [1]


async def test_an_outage_of_one_step_hides_no_repair_that_another_needs() -> None:
    """The admins hear of the column, although a 503 of an earlier step would pass by itself."""
    chat = Chat()
    chat.world.journal.failing_marks = Unavailable("sheets: 503")
    chat.world.directory.failing = NeedsRepair("no column", place="вкладка «Авторизация»", problem="нет столбца")
    with pytest.raises(NeedsRepair):
        await chat.event(SWEEP)


async def test_a_row_that_raises_stops_no_other_row_of_a_sweep() -> None:
    """It comes again with the next one."""
    chats = await office("Да", "Нет")
    chats[0].world.messenger.gone[601] = RuntimeError("ours")
    await chats[0].event(SWEEP)
    assert arrived(chats) == [0, 1]
    chats[0].world.messenger.gone.clear()
    await chats[0].event(SWEEP)
    assert arrived(chats) == [1, 1]


async def test_an_empty_world() -> None:
    """Nobody has written yet."""
    await Chat(World()).event(SWEEP)
