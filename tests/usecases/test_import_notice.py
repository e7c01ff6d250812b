"""The admin hears of a CRM import, once."""

from __future__ import annotations

import pytest

from shared.domain import admin_texts
from shared.ports import ChatGone, Refused, Unavailable
from tests.fakes import ADMIN
from tests.usecases.chat import Chat

EVENT: dict[str, object] = {"kind": "partners.imported", "restored": 1998, "gone": 12}


async def test_the_admin_is_told_once_an_import() -> None:
    """Every instance that saw it says so, and events come twice; the next import is another one."""
    chat = Chat()
    for _ in range(3):
        await chat.event(EVENT)
    assert chat.world.messenger.to(ADMIN) == [admin_texts.imported(restored=1998, gone=12)]
    chat.world.clock.advance(3600)
    await chat.event(EVENT)
    assert len(chat.world.messenger.to(ADMIN)) == 2


async def test_telegram_out_of_reach_brings_the_event_again() -> None:
    """The notice is not lost; an admin who stopped the bot stops nothing."""
    chat = Chat()
    chat.world.messenger.failing.append(Unavailable("telegram"))
    with pytest.raises(Unavailable):
        await chat.event(EVENT)
    await chat.event(EVENT)
    assert len(chat.world.messenger.to(ADMIN)) == 1
    chat.world.clock.advance(3600)
    chat.world.messenger.gone[ADMIN] = ChatGone("blocked")
    await chat.event(EVENT)


async def test_the_sweep_watches_the_partners() -> None:
    """Every five minutes, so that an import at night meets somebody who knew the logins."""
    chat = Chat()
    await chat.event({"kind": "sweep"})
    assert chat.world.directory.watched == 1
    chat.world.directory.failing = Refused("no column Telegram ID")
    await chat.event({"kind": "sweep"})
