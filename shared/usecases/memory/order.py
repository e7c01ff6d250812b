"""The order of a chat: its updates decide, write and answer one after the other."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator

from shared.turns import Turns


class ChatOrder:
    """Two locks a chat: the turn, which messages and presses hold, and the queue of messages among themselves.

    A message gives the turn up while the assistant thinks and keeps its place in the queue: a press takes effect
    meanwhile, the next message waits.
    """

    def __init__(self) -> None:
        self._queues = Turns()
        self._turns = Turns()
        self._holders: dict[int, str] = {}
        self._waiting: Counter[int] = Counter()

    @contextlib.asynccontextmanager
    async def message(self, chat: int, update: str) -> AsyncIterator[None]:
        """Hold the chat's queue of messages and its turn."""
        queue = self._queues.of(str(chat))
        await self._acquired(queue, chat)
        try:
            async with self.turn(chat, update):
                yield
        finally:
            queue.release()

    @contextlib.asynccontextmanager
    async def turn(self, chat: int, update: str) -> AsyncIterator[None]:
        """Hold the chat's turn."""
        lock = self._turns.of(str(chat))
        await self._take(lock, chat, update)
        try:
            yield
        finally:
            # not so where the block of `given_up` failed, or the turn was not taken again
            if self._holders.get(chat) == update:
                self._give_up(lock, chat)

    @contextlib.asynccontextmanager
    async def given_up(self, chat: int, update: str) -> AsyncIterator[None]:
        """Let others have the turn that *update* holds during the block, and take it again when the block ends well."""
        lock = self._turns.of(str(chat))
        self._give_up(lock, chat)
        yield
        await self._take(lock, chat, update)

    def others_wait(self, chat: int) -> bool:
        """Does another update of the chat wait for its turn?"""
        return self._waiting[chat] > 0

    async def _take(self, lock: asyncio.Lock, chat: int, update: str) -> None:
        await self._acquired(lock, chat)
        self._holders[chat] = update

    def _give_up(self, lock: asyncio.Lock, chat: int) -> None:
        del self._holders[chat]
        lock.release()

    async def _acquired(self, lock: asyncio.Lock, chat: int) -> None:
        self._waiting[chat] += 1
        try:
            await lock.acquire()
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat]
