"""A deadline that ends while Telegram takes a message: the message leaves once, whoever comes again for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from shared.domain import texts
from shared.domain.incoming import Message, Press
from shared.domain.status import Status
from shared.ports import Say, Unavailable
from tests import virtual_time
from tests.fakes import LOGO, FakeMessenger, World
from tests.usecases.chat import Chat

LEFT_S = 1.0
TAKES_S = 5.0
CALL = "Позовите менеджера"


class SlowMessenger(FakeMessenger):
    """Telegram takes the next message at once, and says so after so many seconds; or it says that it failed."""

    takes_s = 0.0

    async def say(self, message: Say) -> int:
        takes_s, self.takes_s = self.takes_s, 0.0
        try:
            return await super().say(message)
        finally:
            await asyncio.sleep(takes_s)


def slow_chat() -> tuple[Chat, SlowMessenger]:
    world, messenger = World(), SlowMessenger()
    world.messenger = messenger
    return Chat(world), messenger


async def at_its_deadline(chat: Chat, incoming: Message | Press) -> None:
    """The update has a second left, and Telegram takes five for what is sent."""
    assert isinstance(chat.world.messenger, SlowMessenger)
    chat.world.messenger.takes_s = TAKES_S
    with pytest.raises(Unavailable):
        await chat.update(replace(incoming, arrived=incoming.arrived - 50 + LEFT_S))


def in_virtual_time(test: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await test()

    virtual_time.run(main())


@pytest.mark.parametrize("waits_s", [0, TAKES_S], ids=["still on its way", "sent meanwhile"])
def test_an_answer_leaves_once(waits_s: float) -> None:
    """The repetition waits for the answer that is on its way, or finds it sent."""

    async def main() -> None:
        chat, messenger = slow_chat()
        message = chat.written(LOGO.question)
        await at_its_deadline(chat, message)
        await asyncio.sleep(waits_s)
        await chat.update(message)
        await asyncio.sleep(TAKES_S)
        assert messenger.to(501).count(LOGO.answer) == 1

    in_virtual_time(main)


@pytest.mark.parametrize("waits_s", [0, TAKES_S], ids=["still on its way", "sent meanwhile"])
def test_an_answer_to_a_press_leaves_once(waits_s: float) -> None:
    """Presses are answered by a call always."""

    async def main() -> None:
        chat, messenger = slow_chat()
        press = chat.pressed(await chat.offered("call"))
        before = len(messenger.to(501))
        await at_its_deadline(chat, press)
        await asyncio.sleep(waits_s)
        await chat.update(press)
        await asyncio.sleep(TAKES_S)
        assert len(messenger.to(501)) == before + 1
        assert texts.PRESS_FAILED not in messenger.to(501)

    in_virtual_time(main)


def test_an_answer_that_fails_after_the_deadline_is_sent_by_the_repetition() -> None:
    """Nothing has left, so nothing counts as sent."""

    async def main() -> None:
        chat, messenger = slow_chat()
        message = chat.written(LOGO.question)
        messenger.failing = [Unavailable("telegram: 502")]
        await at_its_deadline(chat, message)
        await asyncio.sleep(TAKES_S)
        assert LOGO.answer not in messenger.to(501)
        await chat.update(message)
        assert messenger.to(501).count(LOGO.answer) == 1

    in_virtual_time(main)


@pytest.mark.parametrize("waits_s", [0, TAKES_S], ids=["still on its way", "sent meanwhile"])
@pytest.mark.parametrize("edit", [{"reply": "Готово"}, {"status": Status.RESOLVED}], ids=["reply", "closing"])
def test_what_an_event_sends_leaves_once(edit: dict[str, str], waits_s: float) -> None:
    """Pub/Sub's deadline ends the waiting for Telegram; the event comes again."""

    async def main() -> None:
        chat, messenger = slow_chat()
        await chat.say(CALL)
        before = len(messenger.to(501))
        messenger.takes_s = TAKES_S
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(LEFT_S):
                await chat.person(**edit)
        await asyncio.sleep(waits_s)
        await chat.person(**edit)
        await asyncio.sleep(TAKES_S)
        assert len(messenger.to(501)) == before + 1

    in_virtual_time(main)


def test_an_answer_that_left_late_ends_the_outage() -> None:
    """The repetition finds it sent: the chat is told of the next outage again."""

    async def test() -> None:
        chat, _ = slow_chat()

        async def fails_for_long(message: Message) -> None:
            chat.world.journal.failing = Unavailable("sheets: 503")
            for _ in range(2):
                with pytest.raises(Unavailable):
                    await chat.update(replace(message, arrived=chat.world.clock.now()))
                chat.world.clock.advance(30)
            chat.world.journal.failing = None

        asked = chat.written(LOGO.question)
        await fails_for_long(asked)
        await at_its_deadline(chat, replace(asked, arrived=chat.world.clock.now()))
        await asyncio.sleep(TAKES_S)
        assert await chat.again() == ""
        await fails_for_long(chat.written("А когда?"))
        assert chat.world.messenger.to(501) == [texts.LATE, LOGO.answer, texts.LATE]

    in_virtual_time(test)
