"""The webhook: one update of a queue in flight, repeated until it is taken or too old.

A failed update is sent again at once, then after 2, 4, 8 … seconds, at most 60 to 120, until it expires. While nothing
listens at the address, that is no failure of an update: it is tried again every two seconds.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import httpx2

from playground.kernel.emulator import Kernel
from playground.telegram.webhook.attempt import Outcome, post
from playground.telegram.webhook.connections import Connections
from playground.telegram.webhook.inbox import Inbox, QueueKey, Update

LONGEST_DELAY = 60
RECONNECT_SECONDS = 2.0
GONE_SECONDS = 23 * 3600.0

OnAnswer = Callable[[Update, Outcome], Awaitable[None]]


class Webhook:
    """`on_answer` gets every 2xx answer: its body may hold a method to be executed."""

    def __init__(self, kernel: Kernel, inbox: Inbox, chance: random.Random) -> None:
        self._kernel = kernel
        self._inbox = inbox
        self._chance = chance
        self._connections = Connections(lambda: kernel.settings.max_connections)
        self._client: httpx2.AsyncClient | None = None
        self._workers: dict[QueueKey, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._gone_since = 0.0
        self.on_answer: OnAnswer | None = None
        self.url = ""
        self.secret = ""
        self.last_error_date = 0
        self.last_error = ""
        inbox.on_update = self._serve

    def set(self, url: str, secret: str) -> None:
        """Deliver there from now on; what was in flight is sent again."""
        self._end_workers()
        self.url, self.secret = url, secret
        self.last_error_date, self.last_error, self._gone_since = 0, "", 0.0
        self._inbox.forget_failures()
        self._serve_all()

    def remove(self) -> None:
        self.set("", "")

    async def start(self) -> None:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=100)
        self._client = httpx2.AsyncClient(trust_env=False, timeout=httpx2.Timeout(None, connect=10.0), limits=limits)
        self._serve_all()

    async def stop(self) -> None:
        self._end_workers()
        await asyncio.gather(*self._ending, return_exceptions=True)
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    def _serve_all(self) -> None:
        for queue in self._inbox.queues():
            self._serve(queue)

    def _serve(self, queue: QueueKey) -> None:
        if not self.url or self._client is None:
            return
        self._connections.admit()
        worker = self._workers.get(queue)
        if worker is None or worker.done():
            task = asyncio.create_task(self._deliver(queue, self._client), name=f"telegram webhook {queue}")
            self._workers[queue] = task
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._ending.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._kernel.events.record("telegram", "delivery broke", error=repr(error))

    def _end_workers(self) -> None:
        for task in self._workers.values():
            task.cancel()
        self._ending.update(self._workers.values())
        self._workers.clear()

    async def _deliver(self, queue: QueueKey, client: httpx2.AsyncClient) -> None:
        while update := self._inbox.head(queue):
            await self._kernel.clock.sleep(update.wake_at - self._kernel.clock.now())
            if self._kernel.clock.now() > update.expires_at:
                self._drop(update)
                continue
            async with self._connections:
                outcome = await self._attempt(update, client)
            if not outcome.error:
                self._inbox.remove(update)
            elif not outcome.unreachable:
                self._failed(update, outcome)
            else:
                update.wake_at = self._kernel.clock.now() + RECONNECT_SECONDS
        del self._workers[queue]

    async def _attempt(self, update: Update, client: httpx2.AsyncClient) -> Outcome:
        update.attempts += 1
        clock = self._kernel.clock
        began = clock.now()
        outcome = await post(client, clock, self.url, self.secret, update.body)
        self._kernel.events.record(
            "telegram",
            "update refused" if outcome.error else "update delivered",
            update_id=update.update_id,
            kind=update.kind,
            chat=update.queue[1],
            attempt=update.attempts,
            status=outcome.status,
            ms=round((clock.now() - began) * 1000),
            **({"error": outcome.error} if outcome.error else {}),
        )
        self._remember(outcome)
        if not outcome.error and self.on_answer:
            await self.on_answer(update, outcome)
        return outcome

    def _remember(self, outcome: Outcome) -> None:
        now = self._kernel.clock.now()
        if outcome.error:
            self.last_error_date, self.last_error = int(now), outcome.error
        if outcome.status == 410:
            self._gone_since = self._gone_since or now
        elif outcome.status:
            self._gone_since = 0.0

    def _failed(self, update: Update, outcome: Outcome) -> None:
        now = self._kernel.clock.now()
        if self._gone_since and now > self._gone_since + GONE_SECONDS:
            self._kernel.events.record("telegram", "webhook removed", reason="410 Gone for 23 hours")
            self.remove()
            return
        wait = outcome.retry_after
        if not wait and update.failures:
            update.delay = min(update.delay * 2, self._chance.randint(LONGEST_DELAY, 2 * LONGEST_DELAY))
            wait = update.delay
        if now + wait > update.expires_at:
            self._drop(update)
            return
        update.failures += 1
        update.wake_at = now + wait

    def _drop(self, update: Update) -> None:
        self._inbox.remove(update)
        self._kernel.events.record(
            "telegram", "update dropped", update_id=update.update_id, kind=update.kind, attempts=update.attempts
        )
