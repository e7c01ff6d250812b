"""«Печатает…» while the partner waits."""

from __future__ import annotations

import asyncio

import pytest

from shared.usecases.typing import typing
from tests import virtual_time
from tests.fakes import FakeMessenger, World


class SlowToStop(FakeMessenger):
    """Telegram's client takes its time to let go of a call that is cancelled."""

    async def typing(self, chat: int) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(1)
            raise


def test_a_deadline_reaches_who_waits_for_typing_to_stop() -> None:
    """The block has ended, the call is being let go, and the deadline is over just then: it is not swallowed."""

    async def main() -> None:
        outside = World(messenger=SlowToStop()).outside()
        async with asyncio.timeout(5.5):
            async with typing(outside, 501):
                await asyncio.sleep(5)

    with pytest.raises(TimeoutError):
        virtual_time.run(main())
