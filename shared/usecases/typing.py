"""«Печатает…» while the partner waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from shared.ports import BotError, Outside

FIRST_AFTER_S = 2.0
AGAIN_AFTER_S = 4.0


@contextlib.asynccontextmanager
async def typing(outside: Outside, chat: int) -> AsyncIterator[None]:
    """Shown after two seconds and renewed, because Telegram shows it for five; gone when the block ends."""
    showing = asyncio.create_task(_show(outside, chat))
    try:
        yield
    finally:
        showing.cancel()
        # Not `suppress(CancelledError)`: a deadline that ends this wait must still reach the caller.
        await asyncio.gather(showing, return_exceptions=True)


async def _show(outside: Outside, chat: int) -> None:
    await asyncio.sleep(FIRST_AFTER_S)
    with contextlib.suppress(BotError):
        while True:
            await outside.messenger.typing(chat)
            await asyncio.sleep(AGAIN_AFTER_S)
