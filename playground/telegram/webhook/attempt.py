"""One POST of an update, and what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx2

from playground.kernel.clock import Clock

IDLE_SECONDS = 60.0
MOST_RETRY_AFTER = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`status` is 0 without an answer; `error` is empty when the update was taken; `retry_after` in seconds."""

    status: int = 0
    error: str = ""
    retry_after: int = 0
    unreachable: bool = False
    content_type: str = ""
    body: bytes = b""


async def post(client: httpx2.AsyncClient, clock: Clock, url: str, secret: str, body: bytes) -> Outcome:
    """Gives up after 60 s of playground time without an answer."""
    headers = {"content-type": "application/json"}
    if secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    answer = asyncio.ensure_future(client.post(url, content=body, headers=headers))
    idle = asyncio.ensure_future(clock.sleep(IDLE_SECONDS))
    try:
        await asyncio.wait({answer, idle}, return_when=asyncio.FIRST_COMPLETED)
        return _outcome(answer.result()) if answer.done() else Outcome(error="Read timeout expired")
    except httpx2.ConnectError:
        return Outcome(error="Connection refused", unreachable=True)
    except httpx2.HTTPError:
        return Outcome(error="Connection reset by peer")
    finally:
        answer.cancel()
        idle.cancel()
        await asyncio.gather(answer, idle, return_exceptions=True)


def _outcome(response: httpx2.Response) -> Outcome:
    if 200 <= response.status_code <= 299:
        content_type = response.headers.get("content-type", "")
        return Outcome(status=response.status_code, content_type=content_type, body=response.content)
    after = response.headers.get("retry-after", "")
    return Outcome(
        status=response.status_code,
        error=f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}",
        retry_after=min(int(after), MOST_RETRY_AFTER) if after.isdecimal() else 0,
    )
