"""Several questions of the knowledge base may be meant: the partner chooses by a button."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import texts
from shared.domain.knowledge import Entry
from shared.domain.preferences import Preferences
from shared.domain.status import Status
from shared.domain.trace import Under, parse_trace
from shared.ports import Action, React, Say, Unavailable, Verdict
from shared.usecases.receive import receive
from tests.fakes import LOGO, World
from tests.usecases.chat import Chat

SIZE = Entry(
    id="размеры-макетов-для-наружной-рекламы", question="Какой размер " + "у макета " * 8 + "?", answer="3×6 м."
)
BANNER = Entry(id="kb-2", question="Где взять баннер?", answer="Баннеры в кабинете.", link="https://p.example.com/b")
UNSURE = Verdict(action=Action.CLARIFY, text="О чём вы?", sources=(BANNER.id, SIZE.id, LOGO.id, BANNER.id))


def unsure() -> Chat:
    chat = Chat(World())
    chat.world.knowledge.listed = [LOGO, BANNER, SIZE]
    chat.world.assistant.verdicts = [UNSURE]
    return chat


def last(chat: Chat) -> Say:
    return [said for said in chat.world.messenger.said if said.chat == chat.chat][-1]


async def chose(chat: Chat, number: int) -> str:
    return await chat.press(last(chat).buttons[number][0].data)


async def test_the_questions_are_buttons() -> None:
    """As written, in the assistant's order, cut at 60; what a press carries fits into Telegram's 64 bytes."""
    chat = unsure()
    assert await chat.say("Где взять?") == "Возможно, вы об этом?"
    labels = [row[0].text for row in last(chat).buttons]
    assert labels == [BANNER.question, f"{SIZE.question[:59].rstrip()}…", LOGO.question, texts.CALL_SPECIALIST]
    assert all(len(row[0].data.encode()) <= 64 for row in last(chat).buttons)


async def test_a_press_asks_the_question() -> None:
    """The entry's answer with its link, without a model; both are in the history, and what was offered, too."""
    chat = unsure()
    await chat.say("Где взять?")
    assert await chose(chat, 0) == f"{BANNER.answer}\n{BANNER.link}"
    assert len(chat.world.assistant.asked) == 1
    appeal = await chat.appeal()
    assert [line.text for line in appeal.lines] == [
        f"{BANNER.answer}\n{BANNER.link}",
        BANNER.question,
        f"Возможно, вы об этом?\n• {BANNER.question}\n• {SIZE.question}\n• {LOGO.question}",
        "Где взять?",
    ]
    assert appeal.asked_last == BANNER.question


async def test_the_offer_that_comes_again_has_its_buttons() -> None:
    """Recorded, and not sent: an instance that knows nothing of it offers the same."""
    chat = unsure()
    chat.world.messenger.failing = [Unavailable("telegram: 502")]
    with pytest.raises(Unavailable):
        await chat.say("Где взять?")
    assert await chat.again(on_new_instance=True) == texts.MAYBE_THIS
    assert [row[0].text for row in last(chat).buttons][::2] == [BANNER.question, LOGO.question]


async def test_a_press_that_comes_again_is_answered_once_and_recorded_once() -> None:
    """Also in an appeal that it opened."""
    chat = unsure()
    await chat.say("Где взять?")
    await chat.person(status=Status.RESOLVED)
    data = [said for said in chat.world.messenger.said if said.buttons][-1].buttons[2][0].data
    press = replace(chat.pressed(data), button_sent_at=int(chat.world.clock.now()))
    assert await chat.update(press) == LOGO.answer
    assert await chat.again(on_new_instance=True) == LOGO.answer
    opened = await chat.appeal()
    assert len(chat.world.journal.rows) == 2
    assert [line.text for line in opened.lines] == [LOGO.answer, LOGO.question]


async def test_a_press_while_specialists_have_the_appeal() -> None:
    """The question waits for them; the reaction is on the message with the buttons."""
    chat = unsure()
    await chat.say("Где взять?")
    offer = last(chat)
    await chat.press(offer.buttons[-1][0].data)
    press = chat.pressed(offer.buttons[0][0].data)
    answer = await receive(chat.world.outside(), chat.memory, press)
    assert answer == React(chat=chat.chat, message=press.message, emoji="👀")
    assert (await chat.appeal()).question == f"› Где взять? · {BANNER.question}"


async def test_an_entry_that_is_gone() -> None:
    """Not published any more: the partner asks in words."""
    chat = unsure()
    await chat.say("Где взять?")
    chat.world.knowledge.listed = [LOGO]
    assert await chose(chat, 0) == texts.ASK_DIFFERENTLY


async def test_the_assistant_switched_off_meanwhile() -> None:
    """The question goes to the specialists, as every message does then."""
    chat = unsure()
    await chat.say("Где взять?")
    chat.world.preferences.said = Preferences(assistant_on=False)
    assert await chose(chat, 0) == texts.handed_over((await chat.appeal()).number)


async def test_a_clarification_without_sources_is_a_question_of_the_assistant() -> None:
    """Nothing to choose from."""
    chat = unsure()
    chat.world.assistant.verdicts = [replace(UNSURE, sources=())]
    assert await chat.say("Где взять?") == UNSURE.text


async def test_the_previous_revision_reads_the_state() -> None:
    """The choices are a key of their own: what it knew is where it was."""
    chat = unsure()
    await chat.say("Где взять?")
    written = (await chat.appeal()).known_trace.written()
    assert '"b":"c","o":["kb-2",' in written
    read = parse_trace(written)
    assert read is not None
    assert read.sent is not None
    assert (read.sent.under, read.sent.choices) == (Under.CALL, (BANNER.id, SIZE.id, LOGO.id))


@pytest.mark.parametrize("knows_the_date", [True, False])
async def test_a_press_on_an_old_offer_opens_the_newest_appeal(knows_the_date: bool) -> None:
    """Another appeal was opened and closed since: a specialist called in the new one gets what is written next."""
    chat = unsure()
    await chat.say("Где взять?")
    offer, sent_at = last(chat), int(chat.world.clock.now())
    await chat.person(status=Status.RESOLVED)
    chat.world.clock.advance(3600)
    await chat.say("Позовите менеджера")
    await chat.person(status=Status.RESOLVED)
    chat.world.clock.advance(3600)
    press = chat.pressed(offer.buttons[2][0].data)
    assert await chat.update(replace(press, button_sent_at=sent_at if knows_the_date else 0)) == LOGO.answer
    opened = await chat.appeal()
    assert opened.asked_last == LOGO.question
    assert await chat.press(f"call:{opened.id}") == texts.handed_over(opened.number)
    assert await chat.say("И ещё макет") == "👀"
    assert len(chat.world.journal.rows) == 3
