"""Updates that the bot has not acknowledged yet, in the queues in which Telegram keeps them."""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.telegram.errors import Json

_KIND_NAMES = """
message edited_message channel_post edited_channel_post business_connection business_message edited_business_message
deleted_business_messages guest_message message_reaction message_reaction_count inline_query chosen_inline_result
callback_query shipping_query pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member
chat_join_request chat_boost removed_chat_boost managed_bot
"""
UPDATE_KINDS = frozenset(_KIND_NAMES.split())
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
QueueKey = tuple[str, int]


@dataclass(slots=True, kw_only=True)
class Update:
    """`body` is the JSON as it was when the thing happened; times are epoch seconds of the playground."""

    update_id: int
    kind: str
    queue: QueueKey
    body: bytes
    expires_at: float
    attempts: int = 0
    failures: int = 0
    delay: int = 1
    wake_at: float = 0.0


class Inbox:
    """One queue a chat for messages and edits, one a user for callback queries, and so on."""

    def __init__(self, chance: random.Random) -> None:
        self._next_id = chance.randint(100_000_000, 899_999_999)
        self._queues: dict[QueueKey, deque[Update]] = {}
        self._news = asyncio.Event()
        self.allowed: tuple[str, ...] = ()
        self.on_update: Callable[[QueueKey], None] | None = None

    def add(self, kind: str, payload: Json, *, queue: QueueKey, expires_at: float) -> int | None:
        """The new update's id; None when the bot does not want this kind."""
        if kind not in (self.allowed or UPDATE_KINDS - UNASKED):
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        body = json.dumps({"update_id": update_id, kind: payload}, separators=(",", ":")).encode()
        update = Update(update_id=update_id, kind=kind, queue=queue, body=body, expires_at=expires_at)
        self._queues.setdefault(queue, deque()).append(update)
        news, self._news = self._news, asyncio.Event()
        news.set()
        if self.on_update:
            self.on_update(queue)
        return update_id

    def allow(self, kinds: Sequence[str]) -> None:
        """An empty list is every kind but those that must be asked for."""
        self.allowed = tuple(kinds)

    def queues(self) -> list[QueueKey]:
        return list(self._queues)

    def head(self, queue: QueueKey) -> Update | None:
        waiting = self._queues.get(queue)
        return waiting[0] if waiting else None

    def remove(self, update: Update) -> None:
        waiting = self._queues.get(update.queue)
        if waiting and update in waiting:
            waiting.remove(update)
        if not waiting:
            self._queues.pop(update.queue, None)

    def all(self) -> list[Update]:
        """In the order in which things happened."""
        return sorted((u for queue in self._queues.values() for u in queue), key=lambda update: update.update_id)

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def forget_failures(self) -> None:
        """A new webhook starts with a clean slate."""
        for update in self.all():
            update.failures, update.delay, update.wake_at = 0, 1, 0.0

    def drop(self) -> None:
        self._queues.clear()

    def news(self) -> asyncio.Event:
        """Set when something more has come."""
        return self._news
