"""Topics, subscriptions and what waits in them; no I/O."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from playground.kernel.emulator import Kernel
from playground.pubsub.backlog import Backlog, Waiting
from playground.pubsub.errors import already_exists, invalid, not_found
from playground.pubsub.messages import Draft, Message, check
from playground.pubsub.subscriptions import SubscriptionConfig

DELETED = "_deleted-topic_"
HELD_BACK_S = 0.5
"""With `reorder` a message waits so long for a later one to overtake it."""
SOONEST_RETRY_S = 0.1
"""Without a retry policy a message comes again at once; 100 ms is the shortest push back-off Google documents."""

_NAME = re.compile(r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}\Z")


@dataclass(slots=True)
class Counters:
    published: int = 0
    delivered: int = 0
    dead: int = 0
    failed: int = 0


class Subscription:
    def __init__(self, config: SubscriptionConfig) -> None:
        self.config = config
        self.backlog = Backlog()
        self._held_until = 0.0
        self._news = asyncio.Event()

    def out_of_turn(self, due: float) -> float:
        """When a message that would be due then is due, so that it overtakes the one before it or is overtaken."""
        overtakes = due < self._held_until
        self._held_until = 0.0 if overtakes else due + HELD_BACK_S
        return due if overtakes else self._held_until

    def changed(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def news(self) -> Coroutine[Any, Any, object]:
        """Returns when something changes after this call."""
        return self._news.wait()


@dataclass(slots=True)
class Broker:
    kernel: Kernel
    chance: random.Random
    opened: Callable[[Subscription], None]
    closed: Callable[[Subscription], None]
    topics: dict[str, dict[str, object]] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    counters: Counters = field(default_factory=Counters)
    _last_id: int = 10_000_000_000

    def create_topic(self, name: str, resource: dict[str, object]) -> dict[str, object]:
        self._check_name(name)
        if name in self.topics:
            raise already_exists(short(name))
        self.topics[name] = {**resource, "name": name}
        return self.topics[name]

    def delete_topic(self, name: str) -> None:
        self.topic(name)
        del self.topics[name]
        for subscription in self.subscriptions.values():
            if subscription.config.topic == name:
                subscription.config = replace(subscription.config, topic=DELETED)

    def topic(self, name: str) -> dict[str, object]:
        if name not in self.topics:
            raise not_found(short(name))
        return self.topics[name]

    def create_subscription(self, config: SubscriptionConfig) -> SubscriptionConfig:
        self._check_name(config.name)
        self.topic(config.topic)
        if config.name in self.subscriptions:
            raise already_exists(short(config.name))
        subscription = self.subscriptions[config.name] = Subscription(config)
        self.opened(subscription)
        return config

    def change_subscription(self, config: SubscriptionConfig) -> SubscriptionConfig:
        subscription = self.subscription(config.name)
        subscription.config = config
        subscription.changed()
        return config

    def delete_subscription(self, name: str) -> None:
        self.closed(self.subscription(name))
        del self.subscriptions[name]

    def subscription(self, name: str) -> Subscription:
        if name not in self.subscriptions:
            raise not_found(short(name))
        return self.subscriptions[name]

    def publish(self, topic: str, drafts: Sequence[Draft]) -> list[str]:
        """The ids of the messages, in their order."""
        self.topic(topic)
        check(list(drafts))
        self.counters.published += len(drafts)
        return [self._publish(topic, draft) for draft in drafts]

    def fail(self, subscription: Subscription, waiting: Waiting) -> None:
        """A delivery failed: once more after a while, or to the dead-letter topic."""
        config, now = subscription.config, self.kernel.clock.now()
        dead = config.dead_letter
        if waiting.echo:
            subscription.backlog.done(waiting)
        elif dead and waiting.attempts >= dead.attempts and dead.topic in self.topics:
            self._bury(subscription, waiting, dead.topic)
        else:
            wait = config.retry.wait(waiting.attempts) if config.retry else SOONEST_RETRY_S
            subscription.backlog.retry(waiting, now + wait)
        subscription.changed()

    def drop_everything(self) -> None:
        for name in list(self.subscriptions):
            self.delete_subscription(name)
        self.topics.clear()
        self.counters = Counters()

    def _publish(self, topic: str, draft: Draft) -> str:
        self._last_id += self.chance.randrange(1, 1_000)
        message = Message(id=str(self._last_id), published=self.kernel.clock.now(), draft=draft)
        details = {"attributes": dict(draft.attributes), "bytes": len(draft.data)}
        self.kernel.events.record("pubsub", "published", topic=short(topic), message_id=message.id, **details)
        for subscription in self.subscriptions.values():
            if subscription.config.topic == topic:
                self._enqueue(subscription, message)
        return message.id

    def _enqueue(self, subscription: Subscription, message: Message) -> None:
        switches = self.kernel.settings.pubsub
        key = message.ordering_key if subscription.config.ordering else ""
        due = message.published + switches.delay_ms / 1000
        if switches.reorder and not key:
            due = subscription.out_of_turn(due)
        for echo in (False, True) if switches.duplicate else (False,):
            subscription.backlog.add(Waiting(message, due, key, echo))
        subscription.changed()

    def _bury(self, subscription: Subscription, waiting: Waiting, topic: str) -> None:
        message = waiting.message
        self.counters.dead += 1
        self.kernel.events.record(
            "pubsub",
            "dead",
            topic=short(subscription.config.topic),
            subscription=short(subscription.config.name),
            message_id=message.id,
            attempt=waiting.attempts,
        )
        source = {
            "CloudPubSubDeadLetterSourceDeliveryCount": str(waiting.attempts),
            "CloudPubSubDeadLetterSourceSubscription": short(subscription.config.name),
            "CloudPubSubDeadLetterSourceSubscriptionProject": subscription.config.name.split("/")[1],
            "CloudPubSubDeadLetterSourceTopicPublishTime": str(message.as_json()["publishTime"]),
        }
        self._publish(topic, replace(message.draft, attributes={**message.draft.attributes, **source}))
        subscription.backlog.done(waiting)

    def _check_name(self, name: str) -> None:
        if not _NAME.match(short(name)):
            raise invalid(
                f"Invalid resource name given (name={name}). Refer to "
                "https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names for more information."
            )


def short(name: str) -> str:
    return name.rpartition("/")[2]
