"""Push delivery: what arrives, when it comes again, and where it ends."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from google.auth import jwt

from playground.kernel.emulator import Kernel
from playground.pubsub.emulator import PubsubEmulator
from playground.pubsub.push_subscription import PushSubscription

ACCOUNT = "push@demo.iam.gserviceaccount.com"
Until = Callable[[Callable[[], bool]], Awaitable[None]]


def subscribe(pubsub: PubsubEmulator, url: str, **settings: Any) -> None:
    subscription = PushSubscription(name="events-push", topic="events", endpoint=url, service_account=ACCOUNT)
    pubsub.create_push_subscription(replace(subscription, **settings))


async def test_one_message(pubsub: PubsubEmulator, endpoint: Any, until: Until) -> None:
    """A push carries the message under both spellings and a token of the service account."""
    subscribe(pubsub, endpoint.url)
    message_id = pubsub.publish("events", "привет".encode(), {"kind": "k"})
    await until(pubsub.idle)
    (body,) = endpoint.bodies
    message = body["message"]
    assert body["subscription"] == "projects/demo/subscriptions/events-push"
    assert "deliveryAttempt" not in body
    assert base64.b64decode(message["data"]).decode() == "привет"
    assert message["attributes"] == {"kind": "k"}
    assert message["messageId"] == message["message_id"] == message_id
    assert message["publishTime"] == message["publish_time"]
    scheme, _, token = endpoint.headers[0]["authorization"].partition(" ")
    claims = jwt.decode(token, certs=pubsub.public_key, audience=endpoint.url)  # type: ignore[no-untyped-call]
    assert scheme == "Bearer"
    assert (claims["iss"], claims["email"]) == ("https://accounts.google.com", ACCOUNT)
    assert claims["email_verified"] is True
    assert pubsub.stats() == {"published": 1, "delivered": 1, "dead": 0, "failed": 0}


async def test_a_failure_comes_again(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """Any answer outside 102, 200, 201, 202 and 204 is repeated after the back-off, which doubles."""
    endpoint.statuses = [500, 302, 204]
    subscribe(pubsub, endpoint.url, min_backoff_s=10, max_backoff_s=600)
    pubsub.publish("events", b"x")
    await until(lambda: pubsub.stats()["failed"] == 1)
    kernel.clock.advance(11)
    await until(lambda: pubsub.stats()["failed"] == 2)
    kernel.clock.advance(15)
    await asyncio.sleep(0)
    assert len(endpoint.bodies) == 2
    kernel.clock.advance(6)
    await until(pubsub.idle)
    assert [event.details["status"] for event in kernel.events.since() if event.what == "pushed"] == [500, 302, 204]


async def test_nobody_listens(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """An endpoint that cannot be reached is a failed attempt like any other."""
    subscribe(pubsub, "http://127.0.0.1:1/push", min_backoff_s=10)
    pubsub.publish("events", b"x")
    await until(lambda: pubsub.stats()["failed"] == 1)
    assert kernel.events.since()[-1].details["status"] == "unreachable"
    assert not pubsub.idle()


async def test_a_slow_handler(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """The ack deadline is the timeout of a push: after it the message is pushed again."""
    endpoint.hold = asyncio.Event()
    subscribe(pubsub, endpoint.url, ack_deadline_s=10, min_backoff_s=0)
    pubsub.publish("events", b"x")
    await asyncio.to_thread(endpoint.arrived.wait, 10)
    endpoint.hold = None
    kernel.clock.advance(10)
    await until(pubsub.idle)
    statuses = [event.details["status"] for event in kernel.events.since() if event.what == "pushed"]
    assert statuses == ["deadline", 204]


async def test_dead_letter(
    pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until, rest: httpx2.AsyncClient
) -> None:
    """After the last attempt the message stands in the dead-letter topic and says where it came from."""
    endpoint.statuses = [500]
    pubsub.create_topic("events-dead")
    dead = {"topic": "projects/demo/topics/events-dead"}
    assert (await rest.put("subscriptions/dead-pull", json=dead)).status_code == 200
    subscribe(pubsub, endpoint.url, min_backoff_s=0, dead_letter_topic="events-dead", max_attempts=5)
    pubsub.publish("events", b"x", {"kind": "k"})
    await until(pubsub.idle)
    assert [body["deliveryAttempt"] for body in endpoint.bodies] == [1, 2, 3, 4, 5]
    assert pubsub.stats()["dead"] == 1
    pulled = (await rest.post("subscriptions/dead-pull:pull", json={"maxMessages": 10})).json()
    (received,) = pulled["receivedMessages"]
    attributes = received["message"]["attributes"]
    assert base64.b64decode(received["message"]["data"]) == b"x"
    assert attributes["kind"] == "k"
    assert attributes["CloudPubSubDeadLetterSourceDeliveryCount"] == "5"
    assert attributes["CloudPubSubDeadLetterSourceSubscription"] == "events-push"
    assert attributes["CloudPubSubDeadLetterSourceSubscriptionProject"] == "demo"


async def test_order_of_a_key(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """Messages of one key come in order; one that fails holds up its key and nobody else."""
    endpoint.statuses = [500, 204]
    subscribe(pubsub, endpoint.url, ordering=True, min_backoff_s=10)
    for text in ("1", "2", "3"):
        pubsub.publish("events", text.encode(), ordering_key="a")
    await until(lambda: pubsub.stats()["failed"] == 1)
    pubsub.publish("events", b"free", ordering_key="b")
    await until(lambda: pubsub.stats()["delivered"] == 1)
    kernel.clock.advance(11)
    await until(pubsub.idle)
    assert [base64.b64decode(data).decode() for data in endpoint.data()] == ["1", "free", "1", "2", "3"]
    assert endpoint.bodies[0]["message"]["orderingKey"] == "a"


async def test_many_in_flight(pubsub: PubsubEmulator, endpoint: Any, until: Until) -> None:
    """One slow push does not hold up the others; the number in flight starts small and grows."""
    subscribe(pubsub, endpoint.url)
    for number in range(200):
        pubsub.publish("events", str(number).encode())
    await until(pubsub.idle)
    assert len(set(endpoint.data())) == 200


async def test_doubled(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """The switch `duplicate` pushes each message twice under one id."""
    kernel.settings.change({"pubsub": {"duplicate": True}})
    subscribe(pubsub, endpoint.url)
    message_id = pubsub.publish("events", b"x")
    await until(pubsub.idle)
    assert [body["message"]["messageId"] for body in endpoint.bodies] == [message_id] * 2


async def test_delayed(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """The switch `delay_ms` holds every message for that long, on the playground's clock."""
    kernel.settings.change({"pubsub": {"delay_ms": 60_000}})
    subscribe(pubsub, endpoint.url)
    pubsub.publish("events", b"x")
    await asyncio.sleep(0)
    assert not pubsub.idle()
    kernel.clock.advance(61)
    await until(pubsub.idle)
    assert len(endpoint.bodies) == 1


async def test_reordered(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """The switch `reorder` shuffles messages without a key; those of a key keep their order."""
    kernel.settings.change({"pubsub": {"reorder": True}})
    subscribe(pubsub, endpoint.url, ordering=True)
    for number in range(20):
        pubsub.publish("events", f"{number:02}".encode())
        pubsub.publish("events", f"k{number:02}".encode(), ordering_key="k")
    await until(pubsub.idle)
    arrived = [base64.b64decode(data).decode() for data in endpoint.data()]
    keyed = [text for text in arrived if text.startswith("k")]
    free = [text for text in arrived if not text.startswith("k")]
    assert keyed == sorted(keyed)
    assert sorted(free) == [f"{number:02}" for number in range(20)]
    assert free != sorted(free)


@pytest.mark.parametrize("number", [2, 3])
async def test_even_a_few_are_reordered(
    pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until, number: int
) -> None:
    """`reorder` is no matter of luck: of two messages the second arrives first."""
    kernel.settings.change({"pubsub": {"reorder": True}})
    subscribe(pubsub, endpoint.url)
    for letter in "abc"[:number]:
        pubsub.publish("events", letter.encode())
    await until(pubsub.idle)
    arrived = [base64.b64decode(data).decode() for data in endpoint.data()]
    assert arrived.index("b") < arrived.index("a")
    assert sorted(arrived) == list("abc"[:number])


async def test_retention(pubsub: PubsubEmulator, kernel: Kernel, endpoint: Any, until: Until) -> None:
    """A message nobody took for seven days is gone."""
    endpoint.statuses = [500]
    subscribe(pubsub, endpoint.url, min_backoff_s=600, max_backoff_s=600)
    pubsub.publish("events", b"old")
    await until(lambda: pubsub.stats()["failed"] == 1)
    endpoint.statuses = [204]
    kernel.clock.advance(8 * 86_400)
    pubsub.publish("events", b"new")
    await until(pubsub.idle)
    assert [base64.b64decode(data) for data in endpoint.data()] == [b"old", b"new"]


async def test_clear(pubsub: PubsubEmulator, endpoint: Any, until: Until, rest: httpx2.AsyncClient) -> None:
    """A reset drops messages and what was made over REST, and delivers again afterwards."""
    endpoint.statuses = [500]
    subscribe(pubsub, endpoint.url, min_backoff_s=600, max_backoff_s=600)
    await rest.put("topics/by-rest", json={})
    pubsub.publish("events", b"old")
    await until(lambda: pubsub.stats()["failed"] == 1)
    endpoint.statuses = [204]
    await pubsub.clear()
    assert pubsub.idle()
    assert pubsub.topics() == ["events"]
    assert pubsub.stats()["published"] == 0
    pubsub.publish("events", b"new")
    await until(pubsub.idle)
    assert base64.b64decode(endpoint.data()[-1]) == b"new"


async def test_published_before_the_start(kernel: Kernel, endpoint: Any, until: Until) -> None:
    """What was published while nothing ran is pushed once the emulator starts, and stopping ends every task."""
    emulator = PubsubEmulator(kernel, project="demo")
    emulator.create_topic("events")
    subscribe(emulator, endpoint.url)
    emulator.publish("events", b"x")
    await emulator.start()
    await until(emulator.idle)
    await emulator.stop()
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


async def test_pace(pubsub: PubsubEmulator, endpoint: Any, until: Until) -> None:
    """From publishing to the endpoint's answer a message takes well under a tenth of a second."""
    subscribe(pubsub, endpoint.url)
    pubsub.publish("events", b"warm")
    await until(pubsub.idle)
    started = time.perf_counter()
    pubsub.publish("events", b"x")
    await until(pubsub.idle)
    assert time.perf_counter() - started < 0.5
