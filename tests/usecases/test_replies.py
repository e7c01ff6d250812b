"""A specialist's reply, from the cell to the partner, and its receipt."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import ChatGone, Say, Unavailable
from tests.usecases.chat import Chat, replies_typed


async def test_a_reply_reaches_the_partner_with_a_receipt() -> None:
    """Typed in the sheet → delivered, journaled, receipt with the time, status «В работе»."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(reply="Пришлём макет завтра") == [texts.reply(number, "Пришлём макет завтра")]
    appeal = await chat.appeal()
    assert appeal.receipt == "доставлено 14:03"
    assert appeal.status == Status.IN_WORK
    assert appeal.lines[0].text == "Пришлём макет завтра"


async def test_the_same_reply_is_delivered_once() -> None:
    """A push that comes twice sends nothing twice."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    assert await chat.person() == []


async def test_the_same_reply_after_another_is_sent_again() -> None:
    """«Да», «Нет», «Да»: three messages, as the receipts say."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    for text in ("Да", "Нет", "Да"):
        assert len(await chat.person(reply=text)) == 1


async def test_the_same_reply_typed_again_after_the_cell_was_emptied() -> None:
    """Another question may have the same answer."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    assert len(await chat.person(reply="Да, можно")) == 1
    await chat.say("А завтра?")
    assert await chat.person(reply="") == []
    assert len(await chat.person(reply="Да, можно")) == 1
    appeal = await chat.appeal()
    assert [line.text for line in appeal.lines].count("Да, можно") == 2
    assert appeal.waiting_since == NOTHING


async def test_the_same_reply_typed_over_itself_answers_a_later_question() -> None:
    """Typed after the question: sent; a push of the earlier one that comes again: not, and its receipt stands."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.clock.advance(1)
    await chat.person(reply="Да, можно")
    earlier = {**replies_typed(await chat.appeal()), "published": chat.world.clock.now()}
    chat.world.clock.advance(60)
    await chat.say("А завтра?")
    chat.world.clock.advance(1)
    before = len(chat.world.messenger.to(chat.chat))
    await chat.event(earlier)
    assert len(chat.world.messenger.to(chat.chat)) == before
    assert (await chat.appeal()).receipt == "доставлено 14:03"
    assert len(await chat.person(reply="Да, можно")) == 1
    appeal = await chat.appeal()
    assert (appeal.receipt, appeal.waiting_since) == ("доставлено 14:04", NOTHING)
    await chat.event(earlier)
    assert len(chat.world.messenger.to(chat.chat)) == before + 1


async def test_an_event_that_names_another_row_sends_nothing_old() -> None:
    """Sorted between typing and trigger, pasted over, or told by a script of before: nobody knows that it was typed."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.clock.advance(1)
    await chat.person(reply="Да, можно")
    chat.world.clock.advance(60)
    await chat.say("А завтра?")
    chat.world.clock.advance(1)
    before = len(chat.world.messenger.to(chat.chat))
    await chat.event({**replies_typed(await chat.appeal()), "published": chat.world.clock.now()})
    appeal = await chat.appeal()
    assert len(chat.world.messenger.to(chat.chat)) == before
    assert (appeal.receipt, appeal.waiting_since != NOTHING) == (texts.REPLY_AS_BEFORE, True)
    assert len(await chat.person(reply="Да, можно")) == 1


async def test_a_reply_that_came_back_into_its_cell_without_being_typed() -> None:
    """Emptied and undone, which no trigger tells: neither an old push nor another edit of the row sends it again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Да, можно")
    earlier = {**replies_typed(await chat.appeal()), "published": chat.world.clock.now()}
    chat.world.clock.advance(5)
    await chat.person(reply="")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Да, можно")
    before = len(chat.world.messenger.to(chat.chat))
    await chat.event(earlier)
    await chat.person(status=Status.IN_WORK)
    assert len(chat.world.messenger.to(chat.chat)) == before


async def test_an_older_reply_that_was_restored_is_not_sent_by_a_status() -> None:
    """«Первый», «Второй», undone to «Первый»: choosing a status sends nothing."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    for text in ("Первый", "Второй"):
        await chat.person(reply=text)
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Первый")
    assert await chat.person(status=Status.IN_WORK) == []


async def test_a_reply_that_did_not_arrive_may_be_typed_again() -> None:
    """The partner had stopped the bot; other edits of the row do not try again, and nothing counts as sent."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.messenger.gone[501] = ChatGone("blocked")
    await chat.person(reply="Готово")
    assert (await chat.appeal()).receipt == texts.NOT_DELIVERED_GONE
    del chat.world.messenger.gone[501]
    assert await chat.person(status=Status.IN_WORK) == []
    assert len(await chat.person(reply="Готово")) == 1
    assert (await chat.appeal()).receipt == "доставлено 14:03"


async def test_a_reply_changed_while_the_first_is_on_its_way() -> None:
    """Both arrive, in order; the same push at the same moment sends nothing twice."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Первый")
    say = chat.world.messenger.say

    async def slow(message: Say) -> int:
        number = await say(message)
        chat.world.journal.person_sets(appeal.id, reply="Второй")
        await asyncio.sleep(0)
        return number

    chat.world.messenger.say = slow  # type: ignore[method-assign]
    await asyncio.gather(*(chat.event(replies_typed(appeal)) for _ in range(3)))
    told = [text for text in chat.world.messenger.to(501) if "Ответ специалиста" in text]
    assert told == [texts.reply(appeal.number, "Первый"), texts.reply(appeal.number, "Второй")]


async def test_one_row_that_fails_stops_no_other() -> None:
    """Twenty replies pasted at once: the one that Telegram cannot take now comes again, the others arrive."""
    anna, boris = Chat(), Chat(chat=777)
    boris.world = anna.world
    await boris.say("00777 89990001122")
    for chat in (anna, boris):
        await chat.say("Позовите менеджера")
        anna.world.journal.person_sets((await chat.appeal()).id, reply="Готово")
    pasted = replies_typed(await anna.appeal(), await boris.appeal())
    anna.world.messenger.failing.append(Unavailable("telegram: 502"))
    with pytest.raises(Unavailable):
        await anna.event(pasted)
    assert [len([t for t in anna.world.messenger.to(c) if "Готово" in t]) for c in (501, 777)] == [0, 1]
    await anna.event(pasted)
    assert [len([t for t in anna.world.messenger.to(c) if "Готово" in t]) for c in (501, 777)] == [1, 1]
