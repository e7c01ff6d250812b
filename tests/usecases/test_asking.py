"""A partner asks, the assistant answers, the journal keeps both."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain import texts
from shared.domain.knowledge import Entry
from shared.domain.status import Status
from shared.ports import Action, Verdict
from tests.fakes import LOGO
from tests.usecases.chat import Chat


async def test_a_question_is_answered_and_journaled() -> None:
    """Question and answer stand in one appeal, newest first, status «Ответ ИИ»."""
    chat = Chat()
    assert await chat.say(LOGO.question) == LOGO.answer
    appeal = await chat.appeal()
    assert appeal.status == Status.ANSWERED
    assert [(line.author, line.text) for line in appeal.lines] == [
        ("Помощник", LOGO.answer),
        ("Белова Анна Петровна", LOGO.question),
    ]


BOOK = Entry(
    id="kb-2", question="Где брендбук?", answer="Скачать можно по ссылке.", link="https://partners.example/book"
)


async def test_the_link_of_the_source_goes_with_the_answer() -> None:
    """In the chat and in the history, and again when the update comes again."""
    chat = Chat()
    chat.world.knowledge.listed = [LOGO, BOOK]
    said = "Скачать можно по ссылке.\nhttps://partners.example/book"
    assert await chat.say(BOOK.question) == said
    assert (await chat.appeal()).lines[0].text == said
    assert await chat.again(on_new_instance=True) == said


@pytest.mark.parametrize(
    ("text", "sources", "said"),
    [
        ("Он здесь: https://partners.example/book.", ("kb-2",), "Он здесь: https://partners.example/book."),
        ("Он на https://partners.example/books", ("kb-2",), f"Он на https://partners.example/books\n{BOOK.link}"),
        ("Оба там.", ("kb-1", "kb-2"), f"Оба там.\n{BOOK.link}"),
        ("Логотипы в кабинете.", ("kb-1",), "Логотипы в кабинете."),
    ],
    ids=["the text has it", "the text has a longer one", "the first source has none", "no source has one"],
)
async def test_which_link_goes_with_it(text: str, sources: tuple[str, ...], said: str) -> None:
    """The first that a source of the answer has, once."""
    chat = Chat()
    chat.world.knowledge.listed = [LOGO, BOOK]
    chat.world.assistant.verdicts.append(Verdict(action=Action.ANSWER, text=text, sources=sources))
    assert await chat.say("Где брендбук?") == said


async def test_the_next_question_continues_the_appeal() -> None:
    """An appeal stays open until it is resolved."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.say(LOGO.question)
    assert len(chat.world.journal.rows) == 1
    assert len((await chat.appeal()).lines) == 4


async def test_no_source_offers_a_specialist_and_yes_calls_one() -> None:
    """An answer without a source is not given; «да» right after the offer hands over."""
    chat = Chat()
    assert await chat.say("Когда приедет курьер?") == texts.NO_ANSWER
    number = (await chat.appeal()).number
    assert await chat.say("да, пожалуйста") == texts.handed_over(number)
    assert (await chat.appeal()).status == Status.HANDED_OVER


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(action=Action.ESCALATE),
        Verdict(action=Action.ANSWER, text="Всё бесплатно.", sources=("kb-404",)),
        Verdict(action=Action.CLARIFY),
    ],
    ids=["the assistant escalates", "unknown source", "empty clarification"],
)
async def test_code_decides_after_the_model(verdict: Verdict) -> None:
    """What is not a grounded answer is handed over, in our words."""
    chat = Chat()
    chat.world.assistant.verdicts.append(verdict)
    assert "Передали вопрос" in await chat.say("Верните деньги")


async def test_messages_at_the_same_moment_open_one_appeal() -> None:
    """The second belongs to what the first one opened."""
    chat = Chat()
    await asyncio.gather(*(chat.say(LOGO.question) for _ in range(5)))
    assert len(chat.world.journal.rows) == 1
    assert len((await chat.appeal()).lines) == 10


async def test_a_deleted_row_is_a_persons_will() -> None:
    """The next message opens a new appeal."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.world.journal.rows.clear()
    assert await chat.say(LOGO.question) == LOGO.answer
    assert len(chat.world.journal.rows) == 1
