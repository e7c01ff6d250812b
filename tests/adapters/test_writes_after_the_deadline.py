"""A write outlives the deadline of its update: it stays queued behind a spent quota, and the update comes again."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.sheets.calls.refusals import QuotaSpent
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.incoming import Message, Press
from shared.ports import Action, Unavailable, Verdict
from shared.usecases.receive import receive
from tests.fakes import LOGO, World
from tests.sheets import Sheets
from tests.usecases.chat import Chat

CALL = "Позовите менеджера"
PRESSES = ["call", "cancel", "solved"]


class SpentQuota:
    """The calls of a spreadsheet, of which the next write is refused for its quota when `spent` is set."""

    def __init__(self, calls: Any) -> None:
        self._calls = calls
        self.spent = False

    def write(self, *args: Any) -> Any:
        if self.spent:
            self.spent = False
            raise QuotaSpent("sheets: quota")
        return self._calls.write(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calls, name)


class LateWrite:
    """A chat whose next update reaches its deadline while its write waits for the quota."""

    def __init__(self, sheets: Sheets) -> None:
        self._calls = SpentQuota(sheets.calls())
        world = World()
        world.journal = SheetJournal(sheets.tools(self._calls))  # type: ignore[assignment]
        self.chat = Chat(world)

    async def deadline(self, incoming: Message | Press) -> None:
        self._calls.spent = True
        with contextlib.suppress(Unavailable):
            await receive(
                self.chat.world.outside(), self.chat.memory, replace(incoming, arrived=incoming.arrived - 49.6)
            )
        self.chat.world.clock.advance(2)


@pytest.mark.parametrize("said", [LOGO.question, CALL])
@pytest.mark.parametrize("first", [True, False], ids=["new appeal", "open appeal"])
async def test_a_message_whose_write_lands_late_is_answered_by_its_repetition(
    sheets: Sheets, said: str, first: bool
) -> None:
    """The repetition finds the update recorded by its own first attempt, which was broken off: it answers."""
    late = LateWrite(sheets)
    if not first:
        await late.chat.say(LOGO.question)
    message = late.chat.written(said)
    await late.deadline(message)
    before = len(late.chat.world.messenger.to(501))
    answer = await late.chat.update(replace(message, arrived=late.chat.world.clock.now()))
    assert answer
    assert len(late.chat.world.messenger.to(501)) <= before + 1
    assert len(await sheets.rows()) == 1


@pytest.mark.parametrize("button", PRESSES)
async def test_a_press_whose_write_lands_late_is_answered_by_its_repetition(sheets: Sheets, button: str) -> None:
    late = LateWrite(sheets)
    press = late.chat.pressed(await late.chat.offered(button))
    await late.deadline(press)
    assert await late.chat.update(replace(press, arrived=late.chat.world.clock.now())) != ""


class Thinking:
    """An assistant that answers when the row of the chat has this update."""

    def __init__(self, journal: SheetJournal, update: str) -> None:
        self._journal, self._update = journal, update

    async def consider(self, text: str, **_: Any) -> Verdict:
        while not await self._is_recorded():  # noqa: ASYNC110 - the sheet tells nobody of a write
            await asyncio.sleep(0)
        return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    async def _is_recorded(self) -> bool:
        row = await self._journal.newest(501)
        return row is not None and self._update in row.known_trace.seen_at


async def test_the_repetition_reaches_another_instance_before_the_write_lands(sheets: Sheets) -> None:
    """The update was recorded before it arrived there: nobody else is about to answer it."""
    late, other = LateWrite(sheets), World()
    other.journal = sheets.journal()  # type: ignore[assignment]
    await late.chat.say(LOGO.question)
    message = late.chat.written(LOGO.question)
    await late.deadline(message)
    other.assistant = Thinking(sheets.journal(), message.update)  # type: ignore[assignment]
    other.clock.advance(2)
    await receive(other.outside(), other.memory(), replace(message, arrived=other.clock.now()))
    assert other.messenger.to(501) == [LOGO.answer]
