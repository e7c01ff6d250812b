"""Partners who write: one message each, spread over a time, with the load's name so that it is found in the sheet."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

import httpx2

QUESTION = "Где взять логотип компании?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`at`: seconds after the load began."""

    chat: int
    at: float
    text: str


def spread(chats: Sequence[int], *, over_s: float, name: str) -> list[Message]:
    """One message a chat, at random moments (the same in every run)."""
    chance = random.Random(name)
    messages = [Message(chat=chat, at=chance.uniform(0, over_s), text=f"{QUESTION} [{name}]") for chat in chats]
    return sorted(messages, key=lambda message: message.at)


def send(base_url: str, messages: Sequence[Message]) -> None:
    """Returns when all were sent; Telegram takes them at once."""
    asyncio.run(_send(base_url, messages))


async def _send(base_url: str, messages: Sequence[Message]) -> None:
    limits = httpx2.Limits(max_connections=20)
    loop = asyncio.get_running_loop()
    began = loop.time()

    async with httpx2.AsyncClient(base_url=base_url, limits=limits, timeout=120, trust_env=False) as client:

        async def one(message: Message) -> None:
            answer = await client.post(f"/telegram/users/{message.chat}/messages", json={"text": message.text})
            if answer.is_error:
                raise AssertionError(f"{message.chat}: {answer.status_code} {answer.text}")

        async with asyncio.TaskGroup() as sending:
            for message in messages:
                await asyncio.sleep(began + message.at - loop.time())
                sending.create_task(one(message))
