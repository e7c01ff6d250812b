"""The bot's account: everything that its calls read and change."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from playground.kernel.emulator import Kernel
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.files import Files
from playground.telegram.chats.people import User
from playground.telegram.chats.world import World
from playground.telegram.errors import Json
from playground.telegram.limits import Limits
from playground.telegram.long_poll import LongPoll
from playground.telegram.profile import Profile
from playground.telegram.queries import CallbackQueries, WebAppQueries
from playground.telegram.webhook.delivery import Webhook
from playground.telegram.webhook.inbox import Inbox

DAY = 86_400.0
PREVIEW = 60


@dataclass(slots=True, kw_only=True)
class Account:
    kernel: Kernel
    token: str
    chance: random.Random
    world: World
    files: Files
    inbox: Inbox
    webhook: Webhook
    poll: LongPoll = field(default_factory=LongPoll)
    limits: Limits = field(default_factory=Limits)
    profile: Profile = field(default_factory=Profile)
    callbacks: CallbackQueries
    web_apps: WebAppQueries = field(default_factory=WebAppQueries)

    @property
    def bot(self) -> User:
        return self.world.bot

    def now(self) -> int:
        """Unix time of the playground, in whole seconds as Telegram tells it."""
        return int(self.kernel.clock.now())

    def spend(self, chat: Chat, messages: int = 1) -> None:
        """Count a message against the limits, when they are switched on. ApiError 429."""
        if self.kernel.settings.telegram_limits:
            self.limits.take(chat, self.kernel.clock.now(), messages)

    def post(self, chat: Chat, sender: User, content: Json) -> Message:
        """A new message in a chat."""
        message = Message(
            message_id=self.world.next_message_id(chat), chat=chat, sender=sender, date=self.now(), content=content
        )
        chat.messages[message.message_id] = message
        return message

    def tell(self, kind: str, payload: Json, *, chat: Chat, queue: tuple[str, int], lifetime: float = DAY) -> None:
        """Put an update into the bot's queue, unless it did not ask for this kind."""
        update_id = self.inbox.add(kind, payload, queue=queue, expires_at=self.kernel.clock.now() + lifetime)
        if update_id is not None:
            self.kernel.events.record("telegram", "update queued", update_id=update_id, kind=kind, chat=chat.id)

    def tell_message(self, message: Message, *, kind: str = "message") -> None:
        """Messages and edits of a chat share one queue."""
        self.tell(kind, message.as_json(), chat=message.chat, queue=("chat", message.chat.id))


@dataclass(slots=True)
class Counts:
    """Calls by method, and refusals by status, since the last reset."""

    calls: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
