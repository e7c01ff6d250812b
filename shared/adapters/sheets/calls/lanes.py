"""Threads that call Google, each with a transport of its own: a client and its token belong to one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from shared.adapters.sheets.calls.transport import Transport

T = TypeVar("T")


class Lane:
    """One thread. One batch at a time is served on it, by a task of the same name."""

    def __init__(self, transport: Transport, name: str) -> None:
        self.transport = transport
        self._name = name
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._serving: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        return self._serving is None or self._serving.done()

    def serve(self, work: Coroutine[Any, Any, None], then: Callable[[], None]) -> None:
        """Start `work`, which may call; `then` is called when it has ended, however it ended."""
        self._serving = asyncio.create_task(work, name=self._name)
        self._serving.add_done_callback(lambda _: then())

    async def call(self, call: Callable[[Transport], T]) -> T:
        """The result of `call` in the thread; who calls meanwhile waits for its turn there."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, self.transport)
