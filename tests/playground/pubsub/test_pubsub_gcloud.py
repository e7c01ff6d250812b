"""The same flow on Google's own emulator, where it is installed."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
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
from tests.playground.pubsub.ordered import ORDERED, ordered_dialogue

ROOT = Path(__file__).parents[3]


@pytest.fixture
def installed() -> None:
    try:
        launcher()
    except EmulatorMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
async def gcloud(installed: None) -> AsyncIterator[tuple[GcloudPubsub, Kernel]]:
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
    [told] = [event.details for event in kernel.events.since() if event.what == "published"]
    assert (told["attributes"], told["bytes"]) == ({"kind": "k"}, len("привет".encode()))
    assert endpoint.headers[0]["authorization"].startswith("Bearer ")
    endpoint.statuses = [500]
    pubsub.publish("events", b"hopeless")
    async with asyncio.timeout(30):
        while not pubsub.idle():
            await kernel.events.more()
    told = [event.details for event in kernel.events.since() if event.what == "published"][-1]
    assert (told["attributes"], told["bytes"]) == ({}, len(b"hopeless"))
    assert pubsub.stats() == {"published": 2, "delivered": 1, "dead": 1, "failed": 6}
    await pubsub.clear()
    assert sorted(pubsub.topics()) == ["events", "events-dead"]


KILLED = """
import asyncio, os, signal
from playground.kernel.lifeline import Lifeline
from playground.pubsub.java import JavaEmulator

async def main():
    lifeline = Lifeline()
    await lifeline.start()
    emulator = JavaEmulator(lifeline)
    await emulator.start()
    print(emulator.group, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_nothing_stays_behind_after_a_kill(installed: None, tmp_path: Path) -> None:
    """The playground is killed outright: the emulator's processes end, and no file of theirs is left."""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED), env=environment, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await killed.communicate()
    group = int(told)
    assert killed.returncode == -signal.SIGKILL
    async with asyncio.timeout(20):
        while _lives(group) or _left(group, tmp_path):  # noqa: ASYNC110 - another process's doing
            await asyncio.sleep(0.02)


def _left(group: int, folder: Path) -> list[Path]:
    """Files of the emulator: in its own folder, and where Java writes whatever TMPDIR says."""
    return [*folder.iterdir(), *Path("/tmp").glob(f"hsperfdata_*/{group}")]  # noqa: S108


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_pull_of_google_and_of_the_playground(
    gcloud: tuple[GcloudPubsub, Kernel], rest: httpx2.AsyncClient
) -> None:
    """The same dialogue of ordered messages gives the same on both."""
    pubsub, kernel = gcloud
    pubsub.create_topic("events")
    async with httpx2.AsyncClient(base_url=f"{kernel.base_url}/pubsub/v1/projects/demo/") as google:
        theirs = await ordered_dialogue(google)
    assert theirs == await ordered_dialogue(rest) == ORDERED
