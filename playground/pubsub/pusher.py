"""Pushes the messages of one subscription to its endpoint."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import httpx2

from playground.pubsub.backlog import Waiting
from playground.pubsub.broker import Broker, Subscription, short
from playground.pubsub.subscriptions import Push
from playground.pubsub.timing import either
from playground.pubsub.tokens import Tokens

ACKNOWLEDGED = frozenset({102, 200, 201, 202, 204})
FIRST_WINDOW, LARGEST_WINDOW = 4, 1_000
"""Slow start: each success lets one more push be in flight, each failure halves their number."""


@dataclass(slots=True)
class Pusher:
    broker: Broker
    subscription: Subscription
    client: httpx2.AsyncClient
    tokens: Tokens
    _window: int = FIRST_WINDOW
    _in_flight: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Until cancelled; pushes in flight are cut then."""
        try:
            while True:
                self._push_due()
                await either(self.subscription.news(), self._next_due())
        finally:
            for task in self._in_flight:
                task.cancel()

    def _push_due(self) -> None:
        config, clock = self.subscription.config, self.broker.kernel.clock
        while config.push and len(self._in_flight) < self._window:
            waiting = self.subscription.backlog.take(clock.now(), clock.now() - config.retention)
            if waiting is None:
                return
            task = asyncio.create_task(self._push(waiting, config.push))
            self._in_flight.add(task)
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.subscription.changed()

    async def _next_due(self) -> None:
        due = self.subscription.backlog.next_due()
        if due is None or self.subscription.config.push is None or len(self._in_flight) >= self._window:
            await asyncio.Event().wait()
        else:
            clock = self.broker.kernel.clock
            await clock.sleep(due - clock.now())

    async def _push(self, waiting: Waiting, push: Push) -> None:
        clock = self.broker.kernel.clock
        started = clock.now()
        status = await self._outcome(waiting, push)
        self.broker.kernel.events.record(
            "pubsub",
            "pushed",
            topic=short(self.subscription.config.topic),
            subscription=short(self.subscription.config.name),
            message_id=waiting.message.id,
            attempt=waiting.attempts,
            status=status,
            ms=round((clock.now() - started) * 1000),
        )
        if status in ACKNOWLEDGED:
            self._window = min(self._window + 1, LARGEST_WINDOW)
            self.broker.counters.delivered += 1
            self.subscription.backlog.done(waiting)
        else:
            self._window = max(self._window // 2, 1)
            self.broker.counters.failed += 1
            self.broker.fail(self.subscription, waiting)

    async def _outcome(self, waiting: Waiting, push: Push) -> int | str:
        """The endpoint's status, or in a word why there is none."""
        deadline = self.broker.kernel.clock.sleep(self.subscription.config.ack_deadline)
        return await either(self._post(waiting, push), deadline) or "deadline"

    async def _post(self, waiting: Waiting, push: Push) -> int | str:
        body: dict[str, object] = {
            "message": waiting.message.as_pushed(),
            "subscription": self.subscription.config.name,
        }
        if self.subscription.config.dead_letter:
            body["deliveryAttempt"] = waiting.attempts
        headers = {"User-Agent": "CloudPubSub-Google", "From": "noreply@google.com"}
        if push.service_account:
            now = self.broker.kernel.clock.now()
            token = self.tokens.identity(push.service_account, push.audience or push.endpoint, now)
            headers["Authorization"] = f"Bearer {token}"
        try:
            return (await self.client.post(push.endpoint, json=body, headers=headers)).status_code
        except httpx2.HTTPError:
            return "unreachable"
