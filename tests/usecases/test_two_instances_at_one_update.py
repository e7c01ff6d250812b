"""An update that another instance records while this one is at work on it changes nothing a second time."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.status import Status
from shared.ports import Action, Verdict
from tests.fakes import LOGO, SPECIALISTS
from tests.usecases.chat import Chat

ANSWER = Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))


class Overtaken:
    """A model during whose time another instance handles the same update from beginning to end."""

    def __init__(self, chat: Chat, verdict: Verdict) -> None:
        self._chat = chat
        self._verdict = verdict
        self._others = [chat.world.memory()]

    async def consider(self, *args: object, **kwargs: object) -> Verdict:
        while self._others:
            assert self._chat.last is not None
            await self._chat.update(self._chat.last, memory=self._others.pop())
        return self._verdict


@pytest.mark.parametrize("verdict", [ANSWER, Verdict(action=Action.ESCALATE)], ids=["answered", "handed over"])
async def test_a_message_that_another_instance_recorded_during_the_models_time(verdict: Verdict) -> None:
    """The row has seen the update when the write is computed: no second pair of lines, no second notice."""
    chat = Chat()
    await chat.say(LOGO.question)
    before = len((await chat.appeal()).lines)
    chat.world.assistant = Overtaken(chat, verdict)  # type: ignore[assignment]
    await chat.say("А где макет?")
    added = (await chat.appeal()).lines[:-before]
    assert [line.text for line in added].count("А где макет?") == 1
    assert len(chat.world.journal.rows) == 1
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == (verdict.action is Action.ESCALATE)


async def test_a_call_that_comes_again_after_it_was_taken_back() -> None:
    """«Позвать», «Отменить», and Telegram brings the first press again: nobody is called a second time."""
    chat = Chat()
    call = chat.pressed(await chat.offered("call"))
    await chat.update(call)
    await chat.press(f"cancel:{(await chat.appeal()).id}")
    before = await chat.appeal()
    chat.last = call
    await chat.again(on_new_instance=True)
    now = await chat.appeal()
    assert (now.status, now.history) == (Status.ANSWERED, before.history)


async def test_a_cancellation_that_comes_again_after_another_call() -> None:
    """«Отменить», «Позвать» again, and Telegram brings the cancellation again: the second call stands, and is told."""
    chat = Chat()
    cancel = chat.pressed(await chat.offered("cancel"))
    await chat.update(cancel)
    await chat.say("Позовите менеджера")
    before = await chat.appeal()
    chat.last = cancel
    assert await chat.again(on_new_instance=True) == texts.about_what(before.number)
    now = await chat.appeal()
    assert (now.status, now.history) == (Status.HANDED_OVER, before.history)
