"""The bot gets a new token: its message ids begin again, and its update ids may be those of the old one."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace

import pytest

from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.status import Status
from shared.ports import Action, Verdict
from shared.usecases.receive import receive
from tests.fakes import LOGO, START
from tests.usecases.chat import BUTTONS, Chat

DAY_S = 86_400
SECOND = int(START.timestamp())
OLD = f"a501-9001-{SECOND}"


def new_bot(chat: Chat, *messages: int, first_update: int = 50_000) -> None:
    """A day later another bot speaks in the chat, from a new process."""
    chat.world.clock.advance(DAY_S)
    chat.messages = itertools.chain(messages, itertools.count(100))
    chat.updates = itertools.count(first_update)
    chat.memory = chat.world.memory()


def old_bot() -> Chat:
    """Its first update is 1000, its first message 9001."""
    chat = Chat()
    chat.messages = itertools.count(9001)
    return chat


def rows(chat: Chat) -> dict[str, Appeal]:
    return chat.world.journal.rows


def said_in(appeal: Appeal) -> list[str]:
    return [line.text for line in reversed(appeal.lines) if line.author == appeal.partner]


async def test_messages_after_a_resolved_appeal_go_where_they_belong() -> None:
    """9001 was resolved. 5 opens a row and reaches the assistant; handed over, that row gets 7 and 9."""
    chat = old_bot()
    await chat.say(LOGO.question)
    await chat.person(status=Status.RESOLVED)
    new_bot(chat, 5, 7, 8, 9)
    new = f"a501-5-{SECOND + DAY_S}"
    assert await chat.say(LOGO.question) == LOGO.answer
    assert (await chat.appeal()).id == new
    assert await chat.say("Позовите менеджера") == texts.handed_over((await chat.appeal()).number)
    assert await chat.say("И ещё макет") == "👀"
    assert await chat.say("Спасибо, а баннер?") == "👀"
    assert sorted(rows(chat)) == sorted([OLD, new])
    assert said_in(rows(chat)[OLD]) == [LOGO.question]
    assert said_in(rows(chat)[new]) == [LOGO.question, "Позовите менеджера", "И ещё макет", "Спасибо, а баннер?"]


async def test_an_open_appeal_goes_on_under_the_new_bot() -> None:
    """The partner need not know that the token changed."""
    chat = old_bot()
    await chat.say(LOGO.question)
    new_bot(chat, 5)
    assert await chat.say(LOGO.question) == LOGO.answer
    assert list(rows(chat)) == [OLD]
    assert said_in(rows(chat)[OLD]) == [LOGO.question] * 2


async def test_a_message_id_that_was_used_opens_a_row_of_its_own() -> None:
    """The old bot's message 9001 opened one as well: the question is answered, not waved off."""
    chat = old_bot()
    await chat.say("Позовите менеджера")
    await chat.person(status=Status.RESOLVED)
    new_bot(chat, 9001)
    assert await chat.say(LOGO.question) == LOGO.answer
    assert (await chat.appeal()).id == f"a501-9001-{SECOND + DAY_S}"
    assert len(rows(chat)) == 2


@pytest.mark.parametrize("times", ["kept", "before times were kept"])
async def test_an_update_id_that_was_used_swallows_nothing(times: str) -> None:
    """It was recorded a day before this message was written; the same update coming again is known."""
    chat = old_bot()
    await chat.say(LOGO.question)
    if times != "kept":
        old = rows(chat)[OLD]
        rows(chat)[OLD] = replace(old, trace=replace(old.known_trace, seen_at={}))
    new_bot(chat, 5, first_update=1000)
    assert await chat.say(LOGO.question) == LOGO.answer
    assert said_in(rows(chat)[OLD]) == [LOGO.question] * 2
    assert await chat.again(on_new_instance=True) == LOGO.answer
    assert said_in(rows(chat)[OLD]) == [LOGO.question] * 2


async def test_an_update_id_whose_time_is_forgotten_swallows_nothing() -> None:
    """The row holds the times of three updates and the ids of twenty; the new bot has written in it by now."""
    chat = old_bot()
    for number in range(5):
        await chat.say(f"Вопрос {number}")
    new_bot(chat, 5)
    await chat.say("Вопрос 5")
    chat.updates = itertools.count(1001)
    assert await chat.say("Вопрос 6") == texts.NO_ANSWER
    assert said_in(rows(chat)[OLD]) == [f"Вопрос {number}" for number in range(7)]


async def test_a_reply_to_the_old_bots_update_is_not_sent_for_the_new_ones() -> None:
    """Specialists have the appeal: the message of the same update id is passed on and acknowledged."""
    chat = old_bot()
    await chat.say("Позовите менеджера")
    new_bot(chat, 5, first_update=1000)
    assert await chat.say("И ещё макет") == "👀"
    assert await chat.again(on_new_instance=True) == "👀"
    assert said_in(rows(chat)[OLD]) == ["Позовите менеджера", "И ещё макет"]


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_press_whose_update_id_was_used_is_done(button: str) -> None:
    """Telegram does not say when a button was pressed, but when the message with the button was sent."""
    chat = old_bot()
    data = await chat.offered(button)
    chat.updates = itertools.count(1000)
    chat.world.clock.advance(DAY_S)
    before = (await chat.appeal()).status
    press = replace(chat.pressed(data), button_sent_at=int(chat.world.clock.now()))
    await chat.update(press, memory=chat.world.memory())
    assert (await chat.appeal()).status != before
    assert "reply_repeated" not in [event for _, event, _ in chat.world.log.lines]


async def test_a_press_that_comes_too_late_hears_so() -> None:
    """A specialist has acted: that the old bot's update had this press's id is no cancellation of the call."""
    chat = old_bot()
    data = await chat.offered("cancel")
    await chat.person(status=Status.IN_WORK)
    new_bot(chat, 5, first_update=1000)
    press = replace(chat.pressed(data), button_sent_at=int(chat.world.clock.now()))
    assert await chat.update(press) == texts.CALL_TOO_LATE


@pytest.mark.parametrize("button", BUTTONS)
async def test_such_a_press_on_two_instances_is_answered_once(button: str) -> None:
    """Who wrote first answers."""
    chat = old_bot()
    data = await chat.offered(button)
    new_bot(chat, 5, first_update=1000)
    press = replace(chat.pressed(data), button_sent_at=int(chat.world.clock.now()))
    other = chat.world.memory()
    chat.world.journal.slow = True
    before = len(chat.world.messenger.to(chat.chat))
    await asyncio.gather(*(receive(chat.world.outside(), memory, press) for memory in (chat.memory, other)))
    assert len(chat.world.messenger.to(chat.chat)) == before + 1


async def test_a_hand_over_under_an_update_id_that_was_used_stays_in_the_appeal() -> None:
    """The assistant answered the old bot's update; the new one's asks for a person."""
    chat = old_bot()
    await chat.say(LOGO.question)
    new_bot(chat, 5, first_update=1000)
    assert await chat.say("Позовите менеджера") == texts.handed_over((await chat.appeal()).number)
    assert list(rows(chat)) == [OLD]


async def test_a_row_that_its_partner_closes_meanwhile_does_not_swallow_it_either() -> None:
    """«Вопрос решён» is pressed while the assistant thinks: the message is recorded in a new appeal, as any other."""
    chat = old_bot()
    await chat.say(LOGO.question)
    new_bot(chat, 5, first_update=1000)

    class Slow:
        async def consider(self, *args: object, **kwargs: object) -> Verdict:
            await receive(chat.world.outside(), chat.world.memory(), press)
            return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    chat.world.assistant = Slow()  # type: ignore[assignment]
    press = replace(chat.pressed(f"solved:{OLD}"), update="70000")
    chat.updates = itertools.count(1000)
    assert (await chat.say(LOGO.question)).endswith(LOGO.answer)
    assert said_in(await chat.appeal()) == [LOGO.question]
    assert len(rows(chat)) == 2


async def test_a_clock_that_is_behind_telegrams_doubles_nothing() -> None:
    """By some seconds: an update that was recorded is known when it comes again."""
    chat = old_bot()
    ahead = replace(chat.written(LOGO.question), sent_at=SECOND + 4)
    assert await chat.update(ahead) == LOGO.answer
    assert await chat.again(on_new_instance=True) == LOGO.answer
    chat.world.clock.advance(60)
    assert await chat.again(on_new_instance=True) == LOGO.answer
    assert said_in(rows(chat)[f"a501-9001-{SECOND + 4}"]) == [LOGO.question]


async def test_a_message_without_a_date_is_answered_once() -> None:
    """Telegram always sends one; without it the id is as it was before there were seconds."""
    chat = old_bot()
    assert await chat.update(replace(chat.written(LOGO.question), sent_at=0)) == LOGO.answer
    assert await chat.again(on_new_instance=True) == LOGO.answer
    assert list(rows(chat)) == ["a501-9001"]
    assert said_in(rows(chat)["a501-9001"]) == [LOGO.question]
