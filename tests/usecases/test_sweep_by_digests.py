"""The sweep goes by digests and by the lines of the histories, never by receipts."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.usecases.hold_back import MOST_READ
from tests.fakes import ADMIN
from tests.usecases.chat import Chat, replies_typed
from tests.usecases.test_rows_of_one_event import arrived, office
from tests.usecases.test_sweep import SWEEP, answered, lie, swept


async def test_a_reply_beside_an_old_receipt_whose_state_was_wiped() -> None:
    """The receipt is about another reply: what no line of the history says is sent, what one says is not."""
    chat = await answered("Готово")
    appeal = await chat.appeal()
    chat.world.journal.wiped(appeal.id)
    chat.events_memory = chat.world.memory()
    assert await swept(chat) == []
    chat.world.journal.person_sets(appeal.id, reply="Второй")
    assert await swept(chat) == [texts.reply(appeal.number, "Второй")]
    assert (await chat.appeal()).receipt == "доставлено 14:13"


async def test_a_column_of_states_that_was_wiped() -> None:
    """Thirty histories prove that the replies were sent: nothing is sent again, no receipt changes, nobody is told."""
    chats = await office(*["Да"] * 30)
    world = chats[0].world
    await chats[0].event({**replies_typed(*[await c.appeal() for c in chats]), "published": world.clock.now()})
    for chat in chats:
        world.journal.wiped((await chat.appeal()).id)
    await chats[0].say("А завтра?")  # the state is back, without its digest
    chats[0].events_memory = world.memory()
    for _ in range(3):
        world.clock.advance(300)
        await chats[0].event(SWEEP)
    assert arrived(chats) == [1] * 30
    assert {(await chat.appeal()).receipt for chat in chats} == {"доставлено 14:03"}
    assert world.messenger.to(ADMIN) == []
    world.journal.person_sets((await chats[7].appeal()).id, reply="Нет")
    await chats[0].event(SWEEP)
    assert arrived(chats) == [1] * 7 + [2] + [1] * 22


async def test_a_promise_beside_a_reply_whose_state_was_wiped() -> None:
    """The event of «Решено» did not leave: it is told, and the reply, which the history proves, is not sent again."""
    chat = await answered("Готово")
    appeal = await chat.appeal()
    chat.world.journal.wiped(appeal.id)
    await chat.say("Спасибо, ещё вопрос")
    chat.world.journal.person_sets(appeal.id, status=Status.RESOLVED)
    lie(chat, appeal.id, texts.REPLY_WILL_REPEAT)
    assert await swept(chat) == [texts.resolved(appeal.number)]
    assert (await chat.appeal()).receipt == texts.REPLY_AS_BEFORE


async def test_more_wiped_states_than_are_read_at_once() -> None:
    """Until all were read, nobody knows how many replies are new: they wait for the next sweeps."""
    chats = await office(*["Да"] * (MOST_READ + 1))
    world = chats[0].world
    await chats[0].event({**replies_typed(*[await c.appeal() for c in chats]), "published": world.clock.now()})
    for chat in chats:
        world.journal.wiped((await chat.appeal()).id)
    world.journal.person_sets((await chats[0].appeal()).id, reply="Нет")
    chats[0].events_memory = world.memory()
    await chats[0].event(SWEEP)
    assert arrived(chats)[0] == 1
    world.clock.advance(300)
    await chats[0].event(SWEEP)
    assert arrived(chats) == [2] + [1] * MOST_READ


async def test_the_same_words_for_a_new_question_without_an_event() -> None:
    """The bot was told that the cell was emptied, or the sweep saw it: what is there later answers the question."""
    for is_told in (True, False):
        chat = await answered("Да")
        await chat.say("А завтра?")
        appeal = await chat.appeal()
        if is_told:
            await chat.person(reply="")
        else:
            chat.world.journal.person_sets(appeal.id, reply="")
            assert await swept(chat) == []
        chat.world.journal.person_sets(appeal.id, reply="Да")
        assert await swept(chat) == [texts.reply(appeal.number, "Да")]
        assert (await chat.appeal()).waiting_since == NOTHING
        assert await swept(chat) == []


async def test_old_words_after_another_reply_without_an_event() -> None:
    """«Да», «Нет», «Да», the trigger being switched off: the partner waits, and the cell holds another reply."""
    chat = await answered("Да")
    for text in ("Нет", "Да"):
        await chat.say("А завтра?")
        chat.world.journal.person_sets((await chat.appeal()).id, reply=text)
        assert await swept(chat) == [texts.reply((await chat.appeal()).number, text)]


async def test_words_that_came_back_before_the_question() -> None:
    """Emptied and undone, asked later: no instance takes the old words for an answer."""
    chat = await answered("Да")
    await chat.person(reply="")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Да")
    assert await swept(chat) == []
    assert (await chat.appeal()).receipt == "доставлено 14:03"
    await chat.say("А завтра?")
    chat.events_memory = chat.world.memory()
    assert await swept(chat) == []
    assert len(await chat.person(reply="Да")) == 1


async def test_words_that_came_back_and_an_event_that_may_be_about_another_row() -> None:
    """«Первый», «Второй», undone: a paste or a promise of the script sends nothing; emptied and retyped it is sent."""
    chat = await answered("Первый")
    await chat.person(reply="Второй")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Первый")
    assert await swept(chat) == []
    before = len(chat.world.messenger.to(501))
    await chat.event({**replies_typed(await chat.appeal()), "published": chat.world.clock.now()})
    lie(chat, appeal.id, texts.REPLY_WILL_REPEAT)
    assert await swept(chat) == []
    assert len(chat.world.messenger.to(501)) == before
    assert (await chat.appeal()).receipt == texts.REPLY_AS_BEFORE
    await chat.say("А завтра?")
    chat.world.journal.person_sets(appeal.id, reply="")
    assert await swept(chat) == []
    chat.world.journal.person_sets(appeal.id, reply="Первый")
    assert await swept(chat) == [texts.reply(appeal.number, "Первый")]


async def test_a_row_that_is_not_confused_any_more() -> None:
    """Its columns were sorted apart when the reply was looked at; they are back, and nobody types it again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    lie(chat, appeal.id, texts.CONFUSED, reply="Готово")
    assert await swept(chat) == [texts.reply(appeal.number, "Готово")]
    assert (await chat.appeal()).receipt == "доставлено 14:08"


@pytest.mark.parametrize("receipt", ["доставлено 14:03", texts.NOT_DELIVERED_GONE, "уже ответил по телефону", "ок"])
async def test_no_receipt_keeps_a_reply_from_its_partner(receipt: str) -> None:
    """Whatever is beside it: the digest says that it was not sent."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    lie(chat, (await chat.appeal()).id, receipt, reply="Готово")
    assert len(await swept(chat)) == 1
