"""A dialogue about ordered messages, held with Google's emulator and with the playground's."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import httpx2

ORDERED = [
    ("pull 3", ["a0", "a1", "a2"]),
    ("pull 9", []),
    ("ack a0", []),
    ("ack a1 a2", ["a3", "a4"]),
    ("ack a4", []),
    ("ack a3", []),
    ("publish b0", ["b0"]),
    ("publish b1", []),
    ("publish x0", ["x0"]),
]
"""What was done, and what a pull gave then. A letter is an ordering key, x none.

What was given back is no part of it: Google's emulator puts it behind the others, which the documentation rules out.
"""


async def ordered_dialogue(rest: httpx2.AsyncClient) -> list[tuple[str, list[str]]]:
    """What each pull of `ORDERED` gives; `rest`: calls relative to the project, which has the topic `events`."""
    subscription = "projects/demo/subscriptions/ordered"
    body = {"topic": "projects/demo/topics/events", "enableMessageOrdering": True, "ackDeadlineSeconds": 600}
    (await rest.put(subscription.removeprefix("projects/demo/"), json=body)).raise_for_status()
    ack_ids: dict[str, str] = {}

    async def call(method: str, **body: Any) -> Any:
        answer = await rest.post(method, json=body)
        answer.raise_for_status()
        return answer.json()

    async def publish(names: Sequence[str]) -> None:
        messages = [{"data": _encoded(name), "orderingKey": name[0].removeprefix("x")} for name in names]
        await call("topics/events:publish", messages=messages)

    async def pull(limit: int) -> list[str]:
        answer = await call("subscriptions/ordered:pull", maxMessages=limit, returnImmediately=True)
        received = {_decoded(one["message"]["data"]): one["ackId"] for one in answer.get("receivedMessages", [])}
        ack_ids.update(received)
        return list(received)

    await publish([f"a{number}" for number in range(5)])
    seen: list[tuple[str, list[str]]] = []
    for step, _ in ORDERED:
        what, *names = step.split()
        limit = int(names[0]) if what == "pull" else 9
        if what == "publish":
            await publish(names)
        elif what == "ack":
            await call("subscriptions/ordered:acknowledge", ackIds=[ack_ids[name] for name in names])
        seen.append((step, await pull(limit)))
    return seen


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _decoded(data: str) -> str:
    return base64.b64decode(data).decode()
