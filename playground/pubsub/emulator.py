"""The Pub/Sub emulator: push with retries, dead letters, ordering, and a bad network on demand."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import httpx2
from starlette.types import ASGIApp

from playground.kernel.emulator import Kernel
from playground.pubsub import routes
from playground.pubsub.broker import Broker, Counters, Subscription
from playground.pubsub.errors import sudden_body
from playground.pubsub.messages import Draft
from playground.pubsub.push_subscription import PushSubscription
from playground.pubsub.pusher import Pusher
from playground.pubsub.subscriptions import SubscriptionConfig
from playground.pubsub.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    """What exists only between start and stop."""

    client: httpx2.AsyncClient
    tokens: Tokens


class PubsubEmulator:
    """Topics and subscriptions made here come back with `clear`; those made over REST do not."""

    def __init__(self, kernel: Kernel, *, project: str, seed: int = 1) -> None:
        self._seed = seed
        self._project = project
        self._broker = Broker(kernel=kernel, chance=random.Random(seed), opened=self._open, closed=self._close)
        self._app = routes.app(self._broker)
        self._pushing: dict[str, asyncio.Task[None]] = {}
        self._delivery: _Delivery | None = None
        self._made: list[str | SubscriptionConfig] = []

    @property
    def app(self) -> ASGIApp:
        return self._app

    @property
    def public_key(self) -> bytes:
        """PEM of the key that signs the tokens of pushes; RuntimeError before start."""
        if self._delivery is None:
            raise RuntimeError("the Pub/Sub emulator is not started")
        return self._delivery.tokens.public_key

    def error_body(self, status: int) -> bytes:
        return sudden_body(status)

    def stats(self) -> dict[str, object]:
        return asdict(self._broker.counters)

    def reset_stats(self) -> None:
        self._broker.counters = Counters()

    async def start(self) -> None:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=50)
        self._delivery = _Delivery(
            client=httpx2.AsyncClient(timeout=None, limits=limits, trust_env=False),
            tokens=await asyncio.to_thread(Tokens),
        )
        for subscription in self._broker.subscriptions.values():
            self._open(subscription)

    async def stop(self) -> None:
        pushing, self._pushing = list(self._pushing.values()), {}
        for task in pushing:
            task.cancel()
        await asyncio.gather(*pushing, return_exceptions=True)
        if self._delivery:
            await self._delivery.client.aclose()
            self._delivery = None

    def create_topic(self, name: str) -> None:
        """`name` without the project; PubsubError (400, 409) as over REST."""
        self._broker.create_topic(self._full("topics", name), {"state": "ACTIVE"})
        self._made.append(name)

    def create_push_subscription(self, subscription: PushSubscription) -> None:
        config = subscription.within(self._project)
        self._broker.create_subscription(config)
        self._made.append(config)

    def publish(
        self, topic: str, data: bytes, attributes: Mapping[str, str] | None = None, ordering_key: str = ""
    ) -> str:
        """The message's id."""
        draft = Draft(data=data, attributes=dict(attributes or {}), ordering_key=ordering_key)
        return self._broker.publish(self._full("topics", topic), [draft])[0]

    async def clear(self) -> None:
        """Back to what `create_topic` and `create_push_subscription` made; pushes in flight are cut."""
        self._broker.drop_everything()
        self._broker.chance.seed(self._seed)
        for made in self._made:
            if isinstance(made, str):
                self._broker.create_topic(self._full("topics", made), {"state": "ACTIVE"})
            else:
                self._broker.create_subscription(made)

    def topics(self) -> list[str]:
        prefix = self._full("topics", "")
        return [name.removeprefix(prefix) for name in self._broker.topics if name.startswith(prefix)]

    def idle(self) -> bool:
        """Nothing waits to be pushed and nothing is being pushed."""
        return not any(len(one.backlog) for one in self._broker.subscriptions.values() if one.config.push)

    def _full(self, kind: str, name: str) -> str:
        return f"projects/{self._project}/{kind}/{name}"

    def _open(self, subscription: Subscription) -> None:
        if self._delivery:
            pusher = Pusher(self._broker, subscription, self._delivery.client, self._delivery.tokens)
            self._pushing[subscription.config.name] = asyncio.create_task(pusher.run())

    def _close(self, subscription: Subscription) -> None:
        if task := self._pushing.pop(subscription.config.name, None):
            task.cancel()
