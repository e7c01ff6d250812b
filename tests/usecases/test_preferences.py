"""What ops change in «Настройки» takes effect in the chat."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.preferences import Preferences
from shared.domain.status import Status
from shared.usecases.list_due_promotions import list_due_promotions
from shared.usecases.list_promotions import list_promotions
from tests.fakes import LOGO
from tests.usecases.chat import SALE, Chat


async def test_the_assistant_switched_off() -> None:
    """Every message goes to the specialists, the partner is told so, no model is asked."""
    chat = Chat()
    chat.world.preferences.said = Preferences(assistant_on=False)
    answer = await chat.say(LOGO.question)
    appeal = await chat.appeal()
    assert answer == texts.handed_over(appeal.number)
    assert appeal.status == Status.HANDED_OVER
    assert not chat.world.assistant.asked


async def test_a_phrase_of_ops_calls_a_specialist() -> None:
    """As they typed it, in any case; without it the same words are a question."""
    chat = Chat()
    await chat.say("соедините с отделом")
    assert len(chat.world.assistant.asked) == 1
    chat.world.preferences.said = Preferences(phrases=("Соедините с отделом",))
    assert await chat.say("Пожалуйста, СОЕДИНИТЕ с  отделом!") == texts.handed_over((await chat.appeal()).number)
    assert len(chat.world.assistant.asked) == 1


async def test_instructions_reach_the_assistant() -> None:
    """What ops add is handed to it with every question."""
    chat = Chat()
    chat.world.preferences.said = Preferences(instructions="Называй срок.")
    await chat.say(LOGO.question)
    assert chat.world.assistant.instructed == ["Называй срок."]


async def test_promotions_switched_off() -> None:
    """None in the chat, none in the cabinet, none to be sent."""
    chat = Chat()
    chat.world.promotions.listed = [SALE]
    outside = chat.world.outside()
    assert SALE.title in await chat.say("/promotions")
    assert await list_promotions(outside) == await list_due_promotions(outside) == [SALE]
    chat.world.preferences.said = Preferences(promotions_on=False)
    assert await chat.say("/promotions") == texts.NO_PROMOTIONS
    assert await list_promotions(outside) == await list_due_promotions(outside) == []
