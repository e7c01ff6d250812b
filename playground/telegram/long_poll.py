"""The one call of getUpdates that may wait: the next one ends it, and so does a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from playground.telegram.errors import ApiError

TERMINATED_BY_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
TERMINATED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class LongPoll:
    def __init__(self) -> None:
        self._ended: asyncio.Future[str] | None = None

    @contextmanager
    def waiting(self) -> Iterator[asyncio.Future[str]]:
        """A call waits while the block runs; its future gets the description of the conflict that ends it."""
        self.end(TERMINATED_BY_POLL)
        ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._ended = ended
        try:
            yield ended
        finally:
            if self._ended is ended:
                self._ended = None

    def end(self, description: str) -> None:
        """End the call that waits, if there is one, with a 409."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(description)


def raise_conflict(ended: asyncio.Future[str]) -> None:
    """ApiError 409 when the call was ended by another one."""
    if ended.done():
        raise ApiError(409, ended.result())
