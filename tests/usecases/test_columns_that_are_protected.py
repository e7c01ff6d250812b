"""What was sent is not sent again because Google does not let the bot write that it was."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from tests.fakes import ADMIN, SPECIALISTS
from tests.usecases.chat import Chat

TOLD = "таблица не принимает запись бота"


def told(chat: Chat) -> int:
    return len([text for text in chat.world.messenger.to(ADMIN) if TOLD in text])


async def test_a_protected_receipt_column() -> None:
    """The reply is journaled and counts as sent, the admin hears of it once a day, and no later edit sends it again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"receipt"}
    assert len(await chat.person(reply="Готово")) == 1
    for _ in range(3):
        chat.world.clock.advance(3600)
        assert await chat.person(status=Status.IN_WORK) == []
        assert await chat.person(reply="Готово") == []
    appeal = await chat.appeal()
    assert (appeal.receipt, appeal.status, appeal.lines[0].text) == (NOTHING, Status.IN_WORK, "Готово")
    assert len(await chat.person(reply="Второй")) == 1
    assert told(chat) == 1
    chat.events_memory = chat.world.memory()
    assert await chat.person(reply="Второй") == []


async def test_a_row_that_takes_nothing_at_all() -> None:
    """The receipt stands alone, and this instance remembers as long as it lives."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"row"}
    assert len(await chat.person(reply="Готово")) == 1
    assert chat.world.journal.flagged[-1][1] == "доставлено 14:03, в обращение не записано: снимите защиту столбцов"
    for _ in range(3):
        chat.world.clock.advance(3600)
        assert await chat.person(status=Status.IN_WORK) == []
        assert await chat.person(reply="Готово") == []
        await chat.event({"kind": "sweep"})
    assert len([text for text in chat.world.messenger.to(501) if "Готово" in text]) == 1
    assert told(chat) == 1
    chat.world.journal.protected = set()
    assert await chat.person(status=Status.IN_WORK) == []
    assert (await chat.appeal()).receipt == "доставлено 14:03"


async def test_a_reply_typed_for_another_question_is_another_one() -> None:
    """Nothing could be recorded of the first «Да»; after the cell was emptied «Да» is a new reply."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"row"}
    assert len(await chat.person(reply="Да")) == 1
    await chat.person(reply="")
    assert len(await chat.person(reply="Да")) == 1


@pytest.mark.parametrize("what", ["notice", "closing"])
async def test_notices(what: str) -> None:
    """The specialists hear of a hand-over once, the partner of the closing once, for hours."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"row"}
    for _ in range(3):
        if what == "notice":
            await chat.events_again()
        else:
            await chat.person(status=Status.RESOLVED)
        chat.world.clock.advance(3600)
    number = (await chat.appeal()).number
    assert chat.world.messenger.to(501).count(texts.resolved(number)) == (what == "closing")
    assert len(chat.world.messenger.to(SPECIALISTS)) == (what == "notice")
    assert told(chat) == 1
