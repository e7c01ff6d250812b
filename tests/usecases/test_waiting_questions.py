"""What waits for a specialist, in the cell «Вопрос» and in the notice."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.ports import Action, Verdict
from tests.fakes import LOGO, SPECIALISTS, World
from tests.usecases.chat import Chat

NO_SOURCE = Verdict(action=Action.ANSWER)
NO_ANSWER = Verdict(action=Action.ESCALATE)


async def notice(chat: Chat) -> list[str]:
    """The lines of the newest notice between its number and its link."""
    await chat.events()
    return chat.world.messenger.to(SPECIALISTS)[-1].splitlines()[1:-1]


async def test_the_cell_holds_everything_unanswered() -> None:
    """Oldest first; «ау» does not push the question out. A reply empties the cell."""
    chat = Chat()
    await chat.say("Позовите менеджера, счёт 77 не приходит")
    for text in ("Жду с утра", "ау", "ау"):
        assert await chat.say(text) == "👀"
    assert (await chat.appeal()).question == "› Позовите менеджера, счёт 77 не приходит · Жду с утра · ау"
    await chat.person(reply="Отправили")
    assert (await chat.appeal()).question == NOTHING
    await chat.say("А где он?")
    assert (await chat.appeal()).question == "› А где он?"


async def test_questions_without_an_answer_wait_together() -> None:
    """No source for either, then the button: both are in the cell, each once."""
    chat = Chat()
    chat.world.assistant.verdicts = [NO_SOURCE, NO_SOURCE]
    await chat.say("Есть ли макет у стойки?")
    await chat.say("А у баннера?")
    await chat.press(f"call:{(await chat.appeal()).id}")
    assert (await chat.appeal()).question == "› Есть ли макет у стойки? · А у баннера?"


@pytest.mark.parametrize("sources", [(), (LOGO.id,)])
async def test_asking_back_answers_no_question(sources: tuple[str, ...]) -> None:
    """«О каком акте речь?» and the choice of buttons: whoever is called then finds all that was asked."""
    chat = Chat()
    asks_back = Verdict(action=Action.CLARIFY, text="О каком акте речь?", sources=sources)
    chat.world.assistant.verdicts = [NO_SOURCE, asks_back, asks_back]
    for text in ("Почему нет бонуса?", "И где акт?", "За март"):
        await chat.say(text)
    await chat.say("Позовите менеджера")
    assert (await chat.appeal()).question == "› Почему нет бонуса? · И где акт? · За март · Позовите менеджера"


async def test_an_answer_to_what_was_asked_back_is_one() -> None:
    """Nothing waits after the answer."""
    chat = Chat()
    asks_back = Verdict(action=Action.CLARIFY, text="О каком логотипе речь?")
    chat.world.assistant.verdicts = [asks_back, Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))]
    await chat.say("Где он?")
    await chat.say("Логотип компании")
    assert (await chat.appeal()).question == NOTHING


async def test_thanks_answer_no_question() -> None:
    """What had no answer before them stays in the cell, and a bare call after them is about it."""
    chat = Chat()
    chat.world.assistant.verdicts = [NO_SOURCE, Verdict(action=Action.COURTESY)]
    await chat.say("Есть ли макет у стойки?")
    await chat.say("Спасибо")
    assert (await chat.appeal()).question == "› Есть ли макет у стойки?"
    await chat.say("Позовите менеджера")
    assert (await chat.appeal()).question == "› Есть ли макет у стойки? · Позовите менеджера"


async def test_a_bare_call_after_thanks_is_about_the_question() -> None:
    """The one that the assistant answered."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.world.assistant.verdicts = [Verdict(action=Action.COURTESY)]
    await chat.say("Понятно, спасибо большое!")
    await chat.say("Позовите менеджера")
    assert (await chat.appeal()).question == f"› {LOGO.question} · Позовите менеджера"


async def test_the_notice_tells_what_was_said_before() -> None:
    """The assistant's answer that was not enough."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.press(f"call:{(await chat.appeal()).id}")
    assert await notice(chat) == [f"Белова Анна Петровна: {LOGO.question}", f"До вызова, помощник: {LOGO.answer}"]


async def test_the_notice_tells_of_a_question_that_waits_no_more() -> None:
    """The first call was taken back: its question stands before the second one's."""
    chat = Chat()
    chat.world.assistant.verdicts = [NO_ANSWER, NO_SOURCE]
    await chat.say("Где мой договор?")
    await chat.press(f"cancel:{(await chat.appeal()).id}")
    await chat.say("А счёт?")
    await chat.press(f"call:{(await chat.appeal()).id}")
    assert await notice(chat) == ["Белова Анна Петровна: А счёт?", "До вызова, партнёр: Где мой договор?"]


async def test_a_long_line_before_the_question_is_shortened() -> None:
    """The notice stays short."""
    chat = Chat(World())
    chat.world.assistant.verdicts = [Verdict(action=Action.ANSWER, text="о\n" * 1_000, sources=(LOGO.id,))]
    await chat.say(LOGO.question)
    await chat.press(f"call:{(await chat.appeal()).id}")
    [_, before] = await notice(chat)
    assert len(before) < 250
    assert before.endswith("…")


async def test_nothing_was_said_before() -> None:
    """No line without content."""
    chat = Chat()
    await chat.say("Позовите менеджера, счёт не приходит")
    assert await notice(chat) == ["Белова Анна Петровна: Позовите менеджера, счёт не приходит"]


@pytest.mark.parametrize("text", ["Позовите специалиста", "Здравствуйте, соедините с оператором"])
async def test_a_bare_call_is_asked_what_it_is_about(text: str) -> None:
    """Handed over all the same, also when the update comes again; what follows is added."""
    chat = Chat()
    answer = await chat.say(text)
    number = (await chat.appeal()).number
    assert answer == f"Позвали специалиста, № {number}. О чём вопрос? Напишите сюда, так ответят быстрее."
    chat.memory.sent.forget("1000")
    assert await chat.again(on_new_instance=True) == answer
    assert (await chat.appeal()).is_with_people
    await chat.say("Не приходит счёт")
    assert (await chat.appeal()).question == f"› {text} · Не приходит счёт"


async def test_a_bare_call_after_a_question_is_about_that() -> None:
    """Also after another bare call that was taken back."""
    chat = Chat()
    await chat.say("Когда выставка?")
    await chat.say("Позовите специалиста")
    appeal = await chat.appeal()
    assert appeal.question == "› Когда выставка? · Позовите специалиста"
    await chat.press(f"cancel:{appeal.id}")
    assert await chat.say("Позовите менеджера") == texts.handed_over(appeal.number)
    assert (await chat.appeal()).question == "› Когда выставка? · Позовите менеджера"
