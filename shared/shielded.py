"""Work that is not broken off in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def shielded(work: Coroutine[Any, Any, T]) -> T:
    """Return the result of `work`. A cancellation ends the waiting for it; the work itself goes on to its end."""
    task = asyncio.ensure_future(work)
    # when nobody waits any more, its failure is nobody's: it must not be reported as one that was forgotten
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(task)
