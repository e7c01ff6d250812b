"""A world in which every call takes its time, for what happens in between. Runs in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from shared.domain.appeals import Appeal, Change, NewAppeal
from shared.ports import Say, Written
from tests.fakes import FakeAssistant, FakeJournal, FakeMessenger, World
from tests.virtual_time import LoopClock

Pause = Callable[[], float]


class SlowJournal(FakeJournal):
    """A guarded write: where the row changed between read and write it is read and computed again."""

    def __init__(self, pause: Pause) -> None:
        super().__init__()
        self._pause = pause

    async def newest(self, chat: int) -> Appeal | None:
        await asyncio.sleep(self._pause())
        return await super().newest(chat)

    async def find(self, appeal_id: str) -> Appeal | None:
        await asyncio.sleep(self._pause())
        return await super().find(appeal_id)

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        row = seen
        while True:
            if row is None:
                await asyncio.sleep(self._pause())
                row = self.rows.get(appeal_id)
            if row is None or change(row) is None:
                return None if row is None else Written(appeal=row, changed=False)
            await asyncio.sleep(self._pause())
            if self.rows.get(appeal_id) is row:
                written = await super().change(appeal_id, change, seen=row)
                await asyncio.sleep(self._pause())
                return written
            row = None

    async def open(self, draft: NewAppeal) -> Written:
        await asyncio.sleep(self._pause())
        written = await super().open(draft)
        await asyncio.sleep(self._pause())
        return written


class SlowMessenger(FakeMessenger):
    def __init__(self, pause: Pause) -> None:
        super().__init__()
        self._pause = pause

    async def say(self, message: Say) -> int:
        await asyncio.sleep(self._pause())
        number = await super().say(message)
        await asyncio.sleep(self._pause())
        return number


class SlowAssistant(FakeAssistant):
    def __init__(self, pause: Pause) -> None:
        super().__init__()
        self._pause = pause

    async def consider(self, question: str, **kwargs: object):  # type: ignore[no-untyped-def]
        await asyncio.sleep(self._pause())
        return await super().consider(question, **kwargs)  # type: ignore[arg-type]


def slow_world(*, sheets: Pause, telegram: Pause, model: Pause) -> World:
    return World(
        clock=LoopClock(),
        journal=SlowJournal(sheets),
        messenger=SlowMessenger(telegram),
        assistant=SlowAssistant(model),
    )
