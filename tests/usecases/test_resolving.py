"""«Решено», by a specialist in the sheet or by the partner under a reply."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import ChatGone, Say, Unavailable
from tests.fakes import LOGO
from tests.usecases.chat import Chat


async def test_resolved_by_a_person_the_partner_is_told_once() -> None:
    """«Решено» in the sheet → partner told; the next message opens a new appeal."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(number)]
    assert await chat.person() == []
    await chat.say(LOGO.question)
    assert len(chat.world.journal.rows) == 2


async def test_resolved_while_the_partner_has_stopped_the_bot() -> None:
    """Nobody can be told; the row is closed all the same, and nobody waits."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.messenger.gone[501] = ChatGone("blocked")
    await chat.person(status=Status.RESOLVED)
    assert (await chat.appeal()).waiting_since == NOTHING


async def test_resolved_again_the_partner_is_told_again() -> None:
    """«Решено», taken back, and «Решено» once more: two closings, two messages."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(number)]
    assert await chat.person(status=Status.IN_WORK) == []
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(number)]


async def test_reply_and_resolved_together_bring_the_reply_first() -> None:
    """The order a partner expects."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    told = await chat.person(reply="Готово", status=Status.RESOLVED)
    assert told == [texts.reply(number, "Готово"), texts.resolved(number)]
    assert (await chat.appeal()).status == Status.RESOLVED


async def test_solved_under_a_reply_resolves() -> None:
    """«Вопрос решён» → «Решено»; pressing again says the same."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal = await chat.appeal()
    assert await chat.press(f"solved:{appeal.id}") == texts.resolved(appeal.number)
    assert (await chat.appeal()).status == Status.RESOLVED
    assert await chat.person() == []


async def test_solved_that_comes_again_after_a_person_reopened_it() -> None:
    """Telegram refused the answer and brings the press again: «В работе», set meanwhile, stands; one line says it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal = await chat.appeal()
    chat.world.messenger.failing.append(Unavailable("telegram: 500"))
    with pytest.raises(Unavailable):
        await chat.press(f"solved:{appeal.id}")
    await chat.person(status=Status.IN_WORK)
    assert await chat.again() == texts.NOT_CLOSED
    now = await chat.appeal()
    assert now.status == Status.IN_WORK
    assert [line.text for line in now.lines].count(texts.PRESSED_SOLVED) == 1


async def test_reopened_while_the_partner_is_told_of_the_closing() -> None:
    """«В работе» set again before the closing is noted: the question waits as it did."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    say = chat.world.messenger.say

    async def said_and_reopened(message: Say) -> int:
        chat.world.journal.person_sets(appeal.id, status=Status.IN_WORK)
        return await say(message)

    chat.world.messenger.say = said_and_reopened  # type: ignore[method-assign]
    await chat.person(status=Status.RESOLVED)
    now = await chat.appeal()
    assert (now.status, now.waiting_since) == (Status.IN_WORK, appeal.waiting_since)


async def test_solved_while_a_person_resolves_is_answered() -> None:
    """«Решено» typed while «Вопрос решён» is written: closed, and the partner hears it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal = await chat.appeal()
    await chat.person_acts_before_the_write(Status.RESOLVED)
    assert await chat.press(f"solved:{appeal.id}") == texts.resolved(appeal.number)


async def test_solved_while_a_person_hands_it_on_stays_open() -> None:
    """«Передано специалисту» typed while «Вопрос решён» is written: the partner does not read that it is closed."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal_id = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.HANDED_OVER)
    assert await chat.press(f"solved:{appeal_id}") == texts.NOT_CLOSED
    appeal = await chat.appeal()
    assert (appeal.status, appeal.waiting_since) == (Status.HANDED_OVER, "2026-11-22 14:03:00")
    assert len(await chat.person(status=Status.RESOLVED)) == 1


async def test_a_closing_that_is_taken_back_while_the_partner_reads_it() -> None:
    """«В работе» again, and the partner asks something else: that question waits, and the next closing is told."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal, say = await chat.appeal(), chat.world.messenger.say

    async def slow(message: Say) -> int:
        chat.world.messenger.say = say  # type: ignore[method-assign]
        number = await say(message)
        chat.world.journal.person_sets(appeal.id, status=Status.IN_WORK)
        await chat.say("И ещё макет")
        return number

    chat.world.messenger.say = slow  # type: ignore[method-assign]
    await chat.person(status=Status.RESOLVED)
    now = await chat.appeal()
    assert (now.id, now.status, now.question) == (appeal.id, Status.IN_WORK, "› Позовите менеджера · И ещё макет")
    assert now.waiting_since != NOTHING
    assert len(await chat.person(status=Status.RESOLVED)) == 1
