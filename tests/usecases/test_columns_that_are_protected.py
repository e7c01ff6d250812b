"""What was sent is not sent again because Google does not let the bot write that it was."""

from __future__ import annotations

import pytest

from shared.domain import admin_texts, texts
from shared.domain.appeals import NOTHING
from shared.domain.status import Status
from tests.fakes import ADMIN, SPECIALISTS
from tests.usecases.chat import Chat, replies_typed
from tests.usecases.test_sweep import SWEEP, lie, swept

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
    said = (await chat.appeal()).receipt
    assert said == "доставлено 14:03, в обращение не записано: снимите защиту столбцов (код ef05d5)"
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


async def test_a_reply_and_its_closing_at_once() -> None:
    """The reply cannot be recorded; «Решено» typed with it is told all the same, after it, and both once."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"row"}
    number = (await chat.appeal()).number
    told_now = await chat.person(reply="Готово", status=Status.RESOLVED)
    assert told_now == [texts.reply(number, "Готово"), texts.resolved(number)]
    assert await chat.person(reply="Готово", status=Status.RESOLVED) == []


@pytest.mark.parametrize("protected", [{"row"}, {"receipt", "row"}])
async def test_a_cell_that_is_emptied(protected: set[str]) -> None:
    """Remembered although it cannot be noted: the same words typed again are sent, undone they are not."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Да")
    chat.world.journal.protected = protected
    number = (await chat.appeal()).number
    assert await chat.person(reply="", status=Status.RESOLVED) == [texts.resolved(number)]
    assert len(await chat.person(reply="Да")) == 1
    await chat.person(reply="")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Да")
    assert await chat.person(status=Status.IN_WORK) == []
    await chat.event(SWEEP)
    assert len([text for text in chat.world.messenger.to(501) if "Да" in text]) == 2
    assert told(chat) == 1


async def test_a_failed_formula_beside_a_protected_receipt() -> None:
    """Nothing can be said beside it: the admin hears of it, and «Решено» is told."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"receipt"}
    number = (await chat.appeal()).number
    assert await chat.person(reply="#ERROR!", status=Status.RESOLVED) == [texts.resolved(number)]
    await chat.event(SWEEP)
    assert (told(chat), (await chat.appeal()).receipt) == (1, NOTHING)


async def test_another_instance_goes_by_the_receipt_that_stands_alone() -> None:
    """No edit of the row sends the reply again; another reply beside that receipt is sent, by a sweep too, and once."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"row"}
    await chat.person(reply="Готово")
    chat.events_memory = chat.world.memory()
    assert await chat.person(status=Status.IN_WORK) == []
    assert await chat.person(reply="Готово") == []
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Второй")
    for _ in range(3):
        await chat.event(SWEEP)
        chat.events_memory = chat.world.memory()
    assert len([text for text in chat.world.messenger.to(501) if "Второй" in text]) == 1


async def test_a_receipt_of_before_without_a_code() -> None:
    """It is believed of whatever is in the cell, unless a person types."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    lie(chat, (await chat.appeal()).id, f"доставлено 14:03, {texts.NOT_RECORDED}", reply="Готово")
    assert await chat.person(status=Status.IN_WORK) == []
    await chat.event(SWEEP)
    assert len(await chat.person(reply="Готово")) == 1


async def test_a_row_that_takes_no_receipt_either() -> None:
    """What was typed is sent once; no new instance finds it and sends it again, the admin is told what to do."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"receipt", "row"}
    assert len(await chat.person(reply="Готово")) == 1
    for _ in range(3):
        chat.events_memory = chat.world.memory()
        await chat.event(SWEEP)
        assert await chat.person(status=Status.IN_WORK) == []
    assert len([text for text in chat.world.messenger.to(501) if "Готово" in text]) == 1
    assert chat.world.messenger.to(ADMIN)[-1] == admin_texts.cannot_be_sent((await chat.appeal()).number)


async def test_a_row_that_was_left_and_is_repaired() -> None:
    """Nobody was told of the reply and nothing of it could be written: it leaves within an hour after the repair."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.person_sets((await chat.appeal()).id, reply="Готово")
    chat.world.journal.protected = {"receipt", "row"}
    assert await swept(chat) == []
    chat.world.journal.protected = set()
    assert await swept(chat) == []
    chat.world.clock.advance(3600)
    assert len(await swept(chat)) == 1


async def test_another_row_that_cannot_be_flagged() -> None:
    """A copy of the row is edited and its receipt is protected: the closing of the appeal's own row is told."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.protected = {"flag"}
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, status=Status.RESOLVED)
    await chat.event(replies_typed(appeal))
    assert chat.world.messenger.to(501)[-1] == texts.resolved(appeal.number)


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
