"""A question written into a row that a person closes meanwhile is asked in a new appeal, whatever fails."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Change
from shared.domain.status import Status
from shared.ports import Action, Say, Unavailable, Verdict, Written
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat

CALL = "Позовите менеджера, макет не приходит"
UNKNOWN = "Где мой договор?"
ON_NEW_INSTANCE = pytest.mark.parametrize("on_new_instance", [False, True], ids=["here", "elsewhere"])


async def closing_is_told(chat: Chat, appeal_id: str) -> None:
    """The event of «Решено», typed by a person."""
    await chat.event({"kind": "appeals.edited", "appeals": [{"id": appeal_id, "row": 2, "edited": ["status"]}]})


async def notices(chat: Chat) -> int:
    await chat.events()
    return len(chat.world.messenger.to(SPECIALISTS))


@ON_NEW_INSTANCE
@pytest.mark.parametrize("before", [LOGO.question, CALL], ids=["handed over", "passed on"])
@pytest.mark.parametrize("asked", [CALL, UNKNOWN])
async def test_the_closing_is_told_before_the_repetition(asked: str, before: str, on_new_instance: bool) -> None:
    """No new appeal could be opened, and the closing cleared «Ждёт с»: the question is handed over all the same."""
    chat = Chat()
    await chat.say(before)
    told = await notices(chat)
    closed = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.RESOLVED)
    chat.world.journal.failing_opens = 1
    with pytest.raises(Unavailable):
        await chat.say(asked)
    await closing_is_told(chat, closed)
    assert await chat.again(on_new_instance=on_new_instance) == texts.handed_over((await chat.appeal()).number)
    opened = await chat.appeal()
    assert (opened.id != closed, opened.status, opened.lines[0].text) == (True, Status.HANDED_OVER, asked)
    assert chat.world.journal.rows[closed].lines[0].text == texts.moved_to_new(opened.number)
    assert await notices(chat) == told + 1


async def test_an_answered_question_is_not_asked_anew() -> None:
    """Replied to and closed before the update comes again: its 200 was lost, and nothing else."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.say(CALL)
    asked = chat.last
    await chat.person(reply="Готово", status=Status.RESOLVED)
    chat.last = asked
    assert await chat.again(on_new_instance=True) == texts.resolved((await chat.appeal()).number)
    assert len(chat.world.journal.rows) == 1


async def test_a_row_that_was_closed_after_its_own_question_opened_it() -> None:
    """Without a reply: whoever closed it has seen the question. There is no second row of the same message."""
    chat = Chat()
    await chat.say(CALL)
    asked, before = chat.last, await chat.appeal()
    await chat.person(status=Status.RESOLVED)
    chat.last = asked
    assert await chat.again(on_new_instance=True) == texts.resolved(before.number)
    assert texts.moved_to_new(before.number) not in (await chat.appeal()).history
    assert len(chat.world.journal.rows) == 1


async def test_a_question_that_the_partner_called_solved_is_not_asked_anew() -> None:
    """The press is newer than the message that comes again."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.say(CALL)
    asked = chat.last
    await chat.press(f"solved:{(await chat.appeal()).id}")
    chat.last = asked
    await chat.again(on_new_instance=True)
    assert len(chat.world.journal.rows) == 1


async def test_a_specialist_who_takes_over_and_closes_before_the_answer_is_dropped() -> None:
    """«В работе», then «Решено»: nobody has the question any more, so the partner reads the answer."""
    chat = Chat()
    await chat.say(UNKNOWN)
    await chat.person_acts_before_the_write(Status.IN_WORK)
    journal, row, write = chat.world.journal, (await chat.appeal()).id, chat.world.journal.change

    async def then_closed(appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        written = await write(appeal_id, change, seen=seen)
        journal.change = write  # type: ignore[method-assign]
        journal.person_sets(row, status=Status.RESOLVED)
        await closing_is_told(chat, row)
        return written

    journal.change = then_closed  # type: ignore[method-assign]
    assert (await chat.say(LOGO.question)).endswith(LOGO.answer)
    assert (await chat.appeal()).waiting_since == NOTHING


@ON_NEW_INSTANCE
@pytest.mark.parametrize("opens", [True, False], ids=["opened", "opened later"])
async def test_a_specialist_who_closes_while_the_answer_is_dropped(opens: bool, on_new_instance: bool) -> None:
    """The answer is not sent, so the question is handed over in a new appeal."""
    chat = Chat()
    await chat.say(UNKNOWN)
    closed = (await chat.appeal()).id
    journal = chat.world.journal
    await chat.person_acts_before_the_write(Status.IN_WORK)
    journal.later.append(lambda: journal.person_sets(closed, status=Status.RESOLVED))
    if opens:
        answer = await chat.say(LOGO.question)
    else:
        journal.failing_opens = 1
        with pytest.raises(Unavailable):
            await chat.say(LOGO.question)
        await closing_is_told(chat, closed)
        answer = await chat.again(on_new_instance=on_new_instance)
    opened = await chat.appeal()
    assert (answer, opened.status) == (texts.handed_over(opened.number), Status.HANDED_OVER)
    assert (opened.id != closed, opened.lines[0].text) == (True, LOGO.question)
    assert await notices(chat) == 1


async def offered(chat: Chat) -> Say:
    """The partner asks what the assistant does not know, in a row that is closed meanwhile; gives what they read."""
    await chat.say(LOGO.question)
    await chat.person_acts_before_the_write(Status.RESOLVED)
    await chat.say(UNKNOWN)
    return chat.world.messenger.said[-1]


async def test_a_specialist_offered_in_a_row_that_is_closed_meanwhile() -> None:
    """The question and the offer stand in a new appeal: its button hands that one over."""
    chat = Chat()
    offer = await offered(chat)
    opened = await chat.appeal()
    assert (offer.text, len(chat.world.journal.rows)) == (texts.NO_ANSWER, 2)
    assert (opened.status, opened.lines[1].text, opened.question) == (Status.ANSWERED, UNKNOWN, f"› {UNKNOWN}")
    assert await chat.press(offer.buttons[0][0].data) == texts.handed_over(opened.number)
    assert await notices(chat) == 1


async def test_yes_to_a_specialist_offered_in_a_row_that_is_closed_meanwhile() -> None:
    """In words as well as by the button."""
    chat = Chat()
    await offered(chat)
    assert await chat.say("да") == texts.handed_over((await chat.appeal()).number)


@ON_NEW_INSTANCE
async def test_an_offer_whose_appeal_could_not_be_opened(on_new_instance: bool) -> None:
    """The repetition hands the question over: the row says that nobody answered it."""
    chat = Chat()
    await chat.say(LOGO.question)
    closed = (await chat.appeal()).id
    await chat.person_acts_before_the_write(Status.RESOLVED)
    chat.world.journal.failing_opens = 1
    chat.world.assistant.verdicts = [Verdict(action=Action.ANSWER)]
    with pytest.raises(Unavailable):
        await chat.say(UNKNOWN)
    await closing_is_told(chat, closed)
    assert await chat.again(on_new_instance=on_new_instance) == texts.handed_over((await chat.appeal()).number)
    assert (await chat.appeal()).lines[0].text == UNKNOWN
