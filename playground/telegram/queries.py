"""Pressed buttons and opened Mini Apps: what waits for the bot's answer."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from playground.telegram.chats.people import User
from playground.telegram.errors import Json, bad_request

ANSWERABLE_SECONDS = 15.0
"""Telegram does not say how long; bots report refusals after 10 to 20 seconds."""


@dataclass(slots=True, kw_only=True)
class CallbackQuery:
    """`answer` is what the person sees: `{"text", "show_alert", "url"}`."""

    id: str
    user: User
    pressed_at: float
    answer: Json | None = None

    def as_seen(self) -> Json:
        empty = {"text": None, "show_alert": False, "url": None}
        return {"callback_query_id": self.id, "answered": self.answer is not None, **empty, **(self.answer or {})}


class CallbackQueries:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.by_id: dict[str, CallbackQuery] = {}

    def press(self, user: User, now: float) -> CallbackQuery:
        query = CallbackQuery(id=str(self._chance.getrandbits(62)), user=user, pressed_at=now)
        self.by_id[query.id] = query
        return query

    def answer(self, query_id: str, answer: Json, now: float) -> None:
        """ApiError 400 when there is no such query, it was answered before, or the person waited too long."""
        query = self.by_id.get(query_id)
        if query is None or query.answer is not None or now - query.pressed_at > ANSWERABLE_SECONDS:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer


@dataclass(slots=True)
class WebAppQueries:
    """`query_id` of initData → who opened the Mini App; each is answered once."""

    opened: dict[str, User] = field(default_factory=dict)

    def take(self, query_id: str) -> User:
        if query_id not in self.opened:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return self.opened.pop(query_id)
