"""The same flow on Google's own emulator, where it is installed."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from playground.kernel.emulator import Kernel
from playground.kernel.lifeline import Lifeline
from playground.kernel.server import config, free_port
from playground.pubsub import GcloudPubsub, PushSubscription
from playground.pubsub.java import EmulatorMissingError, launcher


@pytest.fixture
async def gcloud() -> AsyncIterator[tuple[GcloudPubsub, Kernel]]:
    try:
        launcher()
    except EmulatorMissingError as missing:
        pytest.skip(str(missing))
    port = free_port()
    kernel = Kernel.fresh(f"http://127.0.0.1:{port}")
    lifeline = Lifeline()
    await lifeline.start()
    emulator = GcloudPubsub(kernel, project="demo", lifeline=lifeline)
    server = uvicorn.Server(config(Starlette(routes=[Mount("/pubsub", emulator.app)]), port=port))
    await emulator.start()
    serving = asyncio.create_task(server.serve(sockets=[_listening(port)]))
    yield emulator, kernel
    server.should_exit = True
    await serving
    await emulator.stop()
    await lifeline.stop()


def _listening(port: int) -> socket.socket:
    """Connections wait here until the server is up."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", port))
    listening.listen()
    return listening


async def test_publish_and_push(gcloud: tuple[GcloudPubsub, Kernel], endpoint: Any) -> None:
    """What is published over REST is pushed, a failure comes again, and a hopeless message is dead."""
    pubsub, kernel = gcloud
    pubsub.create_topic("events")
    pubsub.create_topic("events-dead")
    subscription = PushSubscription(
        name="events-push",
        topic="events",
        endpoint=endpoint.url,
        service_account="push@demo.iam.gserviceaccount.com",
        ack_deadline_s=10,
        min_backoff_s=0,
        max_backoff_s=1,
        dead_letter_topic="events-dead",
    )
    pubsub.create_push_subscription(subscription)
    endpoint.statuses = [500, 204]
    async with httpx2.AsyncClient(base_url=f"{kernel.base_url}/pubsub/v1/projects/demo/") as rest:
        body = {"messages": [{"data": base64.b64encode("привет".encode()).decode(), "attributes": {"kind": "k"}}]}
        answer = await rest.post("topics/events:publish", json=body)
    async with asyncio.timeout(20):
        while not pubsub.idle():
            await kernel.events.more()
    (message_id,) = answer.json()["messageIds"]
    assert [body["message"]["messageId"] for body in endpoint.bodies] == [message_id] * 2
    assert endpoint.bodies[0]["message"]["attributes"] == {"kind": "k"}
    assert endpoint.headers[0]["authorization"].startswith("Bearer ")
    endpoint.statuses = [500]
    pubsub.publish("events", b"hopeless")
    async with asyncio.timeout(30):
        while not pubsub.idle():
            await kernel.events.more()
    assert pubsub.stats() == {"published": 2, "delivered": 1, "dead": 1, "failed": 6}
    await pubsub.clear()
    assert sorted(pubsub.topics()) == ["events", "events-dead"]
