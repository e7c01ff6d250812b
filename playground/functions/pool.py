"""The instances of one function, and who gets the next request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from itertools import count

from playground.functions.instance import FunctionStartError, Instance, Revision
from playground.functions.logs import FunctionLogs
from playground.kernel.lifeline import Lifeline

GRACE_SECONDS = 10.0


class Pool:
    """Requests go round robin, as Cloud Run spreads them; an instance that is gone is started by its next request."""

    def __init__(self, revision: Revision, *, logs: FunctionLogs, lifeline: Lifeline) -> None:
        self._revision = revision
        self._places: list[_Place] = []
        self._next = 0
        self._numbers = count(1)
        self._logs = logs
        self._lifeline = lifeline

    @property
    def groups(self) -> list[int]:
        """Process groups that run now."""
        return [group for place in self._places if (group := place.instance.group if place.instance else None)]

    @property
    def up(self) -> bool:
        return bool(self._places) and all(place.instance is not None and place.instance.alive for place in self._places)

    def fresh_instance(self) -> Instance:
        return Instance(self._revision, next(self._numbers), logs=self._logs, lifeline=self._lifeline)

    async def acquire(self) -> Instance:
        """The instance for one request, started when it is cold. Raises FunctionStartError."""
        if not self._places:
            raise FunctionStartError(f"{self._revision.name} is stopped")
        place = self._places[self._next % len(self._places)]
        self._next += 1
        return await place.ready()

    async def deploy(self, revision: Revision, instances: int) -> None:
        """Returns when exactly `instances` of the revision serve; those before finish what they have.

        Raises FunctionStartError.
        """
        self._revision = revision
        before, self._places = self._places, [_Place(self) for _ in range(instances)]
        await asyncio.gather(*(place.close(GRACE_SECONDS) for place in before))
        await asyncio.gather(*(place.ready() for place in self._places))

    async def restart(self, deploy: Callable[[], None], *, grace_s: float = GRACE_SECONDS) -> None:
        """Requests under way are finished first, `deploy` is called when no instance runs; those that come meanwhile
        wait for the fresh instances.
        """
        async with AsyncExitStack() as stack:
            for place in self._places:
                await stack.enter_async_context(place.lock)
            await asyncio.gather(*(place.emptied(grace_s) for place in self._places))
            deploy()
            await asyncio.gather(*(place.filled() for place in self._places))

    async def kill(self) -> None:
        """SIGKILL to every instance; nothing is started."""
        await asyncio.gather(*(place.instance.kill() for place in self._places if place.instance))

    async def stop(self, grace_s: float) -> None:
        places, self._places = self._places, []
        await asyncio.gather(*(place.close(grace_s) for place in places))


class _Place:
    """Where one instance runs; one at a time."""

    def __init__(self, pool: Pool) -> None:
        self.instance: Instance | None = None
        self._serving = False
        self._closed = False
        self._pool = pool
        self.lock = asyncio.Lock()

    async def ready(self) -> Instance:
        if self._serving and self.instance is not None and self.instance.alive:
            return self.instance
        async with self.lock:
            if not self._closed:
                return await self.filled()
        return await self._pool.acquire()

    async def close(self, grace_s: float) -> None:
        """Stops the instance; requests that come here still are sent elsewhere."""
        self._closed = True
        async with self.lock:
            await self.emptied(grace_s)

    async def filled(self) -> Instance:
        """Needs the lock."""
        if self.instance is None or not self.instance.alive:
            self._serving = False
            self.instance = self._pool.fresh_instance()
            await self.instance.start()
            self._serving = True
        return self.instance

    async def emptied(self, grace_s: float) -> None:
        """Needs the lock."""
        self._serving = False
        if self.instance is not None:
            await self.instance.stop(grace_s)
            self.instance = None
