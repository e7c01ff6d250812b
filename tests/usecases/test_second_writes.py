"""What takes two writes is made good when the second one fails and the update comes again."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from shared.ports import Unavailable
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat

CALL = "Позовите менеджера"
ASIDE = "Ждём склад"
"""A status of a person's own."""
ON_NEW_INSTANCE = pytest.mark.parametrize("on_new_instance", [False, True], ids=["here", "elsewhere"])


async def overtaken(chat: Chat, status: Status | str | None = None, *, owner: str | None = None) -> None:
    """A person types between read and write of the next change, and the write after that one fails."""
    await chat.person_acts_before_the_write(status, owner=owner)
    chat.world.journal.before_write.append(lambda: setattr(chat.world.journal, "failing_writes", 1))


async def failed(chat: Chat, *, say: str = "", press: str = "") -> None:
    with pytest.raises(Unavailable):
        await (chat.say(say) if say else chat.press(press))


@ON_NEW_INSTANCE
@pytest.mark.parametrize("status", [Status.IN_WORK, Status.HANDED_OVER])
async def test_an_answer_that_a_specialist_outran(status: Status, on_new_instance: bool) -> None:
    """Not sent by the repetition either; the journal says so, and the question waits."""
    chat = Chat()
    await chat.say("Где мой договор?")
    await overtaken(chat, status)
    await failed(chat, say=LOGO.question)
    assert await chat.again(on_new_instance=on_new_instance) == "👀"
    appeal = await chat.appeal()
    assert (appeal.status, appeal.lines[0].text, appeal.question) == (
        status,
        texts.ANSWER_DROPPED,
        f"› {LOGO.question}",
    )
    assert appeal.waiting_since != NOTHING
    assert LOGO.answer not in chat.world.messenger.to(501)


@ON_NEW_INSTANCE
@pytest.mark.parametrize(("status", "owner"), [(Status.IN_WORK, None), (None, "Иванов")], ids=["a status", "an owner"])
async def test_a_cancellation_that_a_specialist_outran(
    status: Status | None, owner: str | None, on_new_instance: bool
) -> None:
    """The question waits as it did, and the partner reads that somebody has it."""
    chat = Chat()
    await chat.say("Где мой договор?")
    await chat.say(CALL)
    before = await chat.appeal()
    chat.world.clock.advance(30)
    await overtaken(chat, status, owner=owner)
    await failed(chat, press=f"cancel:{before.id}")
    for _ in range(2):
        assert await chat.again(on_new_instance=on_new_instance) in (texts.CALL_TOO_LATE, "")
    now = await chat.appeal()
    assert (now.status, now.question, now.waiting_since) == (
        status or before.status,
        before.question,
        before.waiting_since,
    )
    assert [line.text for line in now.lines].count(texts.CANCEL_CAME_LATE) == 1


@ON_NEW_INSTANCE
async def test_a_closing_that_a_specialist_outran(on_new_instance: bool) -> None:
    """The question that waited waits again, and the next closing is told."""
    chat = Chat()
    await chat.say(CALL)
    await chat.person(reply="Готово")
    await chat.say("И ещё макет")
    before = await chat.appeal()
    chat.world.clock.advance(30)
    await overtaken(chat, ASIDE)
    await failed(chat, press=f"solved:{before.id}")
    assert await chat.again(on_new_instance=on_new_instance) == texts.NOT_CLOSED
    now = await chat.appeal()
    assert (now.status, now.question, now.waiting_since) == (ASIDE, before.question, before.waiting_since)
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(now.number)]


async def test_a_closing_in_the_sheet_that_was_taken_back() -> None:
    """«Решено» and at once «В работе»: the event that comes again lets the question wait as it did."""
    chat = Chat()
    await chat.say(CALL)
    before = await chat.appeal()
    await overtaken(chat, Status.IN_WORK)
    with pytest.raises(Unavailable):
        await chat.person(status=Status.RESOLVED)
    await chat.event({"kind": "appeals.edited", "appeals": [{"id": before.id, "row": 2, "edited": ["status"]}]})
    now = await chat.appeal()
    assert (now.status, now.question, now.waiting_since) == (Status.IN_WORK, before.question, before.waiting_since)


@ON_NEW_INSTANCE
async def test_a_question_that_moved_out_of_a_closed_appeal(on_new_instance: bool) -> None:
    """Nobody waits in the closed row, whose history says where the question is."""
    chat = Chat()
    await chat.say(LOGO.question)
    closed = (await chat.appeal()).id
    await overtaken(chat, Status.RESOLVED)
    await failed(chat, say=CALL)
    opened = await chat.appeal()
    assert await chat.again(on_new_instance=on_new_instance) == texts.handed_over(opened.number)
    old = chat.world.journal.rows[closed]
    assert (old.waiting_since, old.question) == (NOTHING, NOTHING)
    assert old.lines[0].text == texts.moved_to_new(opened.number)
    await chat.again(on_new_instance=True)
    assert len(chat.world.journal.rows[closed].lines) == len(old.lines)


@ON_NEW_INSTANCE
@pytest.mark.parametrize("by", ["message", "press"])
async def test_a_hand_over_that_a_person_outran(by: str, on_new_instance: bool) -> None:
    """«Новое» stands, nobody waits, and the partner can call again."""
    chat = Chat()
    await chat.say(LOGO.question)
    await overtaken(chat, Status.NEW)
    if by == "message":
        await failed(chat, say=CALL)
    else:
        await failed(chat, press=f"call:{(await chat.appeal()).id}")
    assert await chat.again(on_new_instance=on_new_instance) == texts.CALL_AGAIN
    appeal = await chat.appeal()
    assert (appeal.status, appeal.question, appeal.waiting_since) == (Status.NEW, NOTHING, NOTHING)
    await chat.events()
    assert chat.world.messenger.to(SPECIALISTS) == []


async def test_a_second_write_that_is_refused() -> None:
    """The row takes no more lines: the question waits in a new appeal, and the update is not brought for a day."""
    chat = Chat()
    await chat.say(LOGO.question)
    row = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.IN_WORK)
    chat.world.journal.before_write.append(lambda: chat.world.journal.full.add(row))
    assert await chat.say(LOGO.question) == texts.handed_over((await chat.appeal()).number)
    assert (await chat.appeal()).id != row
