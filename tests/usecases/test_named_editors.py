"""Whom the receipt of a reply names."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.events import typed_print
from shared.domain.status import Status
from tests.usecases.chat import Chat, replies_typed


async def test_the_receipt_names_who_typed() -> None:
    """The responsible person of the row, else the editor."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Готово")
    await chat.event({**replies_typed(appeal), "editor": "ivanov@example.com"})
    assert (await chat.appeal()).receipt == "доставлено 14:03 · ivanov"


def typed_by(appeal: Appeal, editor: str, text: str) -> dict[str, object]:
    """The event of somebody who typed *text* into the reply cell."""
    row = {"id": appeal.id, "row": 2, "edited": ["reply"], "by_hand": True, "print": typed_print(text)}
    return {"kind": "appeals.edited", "appeals": [row], "editor": editor}


async def test_of_two_editors_the_one_whose_words_were_sent_is_named() -> None:
    """Anna's event finds what Boris has typed over her text: it is sent without a name, then his event adds his."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Отправим завтра")
    await chat.event(typed_by(appeal, "anna@example.com", "Отправим сегодня"))
    assert (await chat.appeal()).receipt == "доставлено 14:03"
    await chat.event(typed_by(appeal, "boris@example.com", "Отправим завтра"))
    assert (await chat.appeal()).receipt == "доставлено 14:03 · boris"
    await chat.event(typed_by(appeal, "anna@example.com", "Отправим сегодня"))
    assert (await chat.appeal()).receipt == "доставлено 14:03 · boris"
    assert chat.world.messenger.to(501)[-1] == texts.reply(appeal.number, "Отправим завтра")


@pytest.mark.parametrize(
    "editor", ["bot@demo.iam.gserviceaccount.com", "123-compute@developer.GServiceAccount.com", ""]
)
async def test_a_program_is_never_named(editor: str) -> None:
    """A service account types nothing: the receipt names nobody."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Готово")
    await chat.event(typed_by(appeal, editor, "Готово"))
    assert (await chat.appeal()).receipt == "доставлено 14:03"


async def test_who_edited_another_cell_is_not_named() -> None:
    """Whoever sets the status has not typed the reply beside it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Готово", status=Status.IN_WORK)
    row = {"id": appeal.id, "row": 2, "edited": ["status"], "status": Status.IN_WORK.value}
    await chat.event({"kind": "appeals.edited", "appeals": [row], "editor": "anna@example.com"})
    assert (await chat.appeal()).receipt == "доставлено 14:03"
