"""All users and chats, and the way to them."""

from __future__ import annotations

from collections import Counter

from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.people import User
from playground.telegram.errors import Json, bad_request, forbidden


class World:
    """Users come into being when they are first met by a person's call, never by a bot's."""

    def __init__(self, bot: User) -> None:
        self.bot = bot
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self._last_id: Counter[int] = Counter()

    def user(self, user_id: int) -> User:
        if user_id not in self.users:
            self.users[user_id] = User.invented(user_id)
        return self.users[user_id]

    def private(self, user: User) -> Chat:
        if user.id not in self.chats:
            self.chats[user.id] = Chat(id=user.id, user=user)
        return self.chats[user.id]

    def group(self, chat_id: int, title: str) -> Chat:
        group = self.chats.setdefault(chat_id, Chat(id=chat_id))
        group.title = title
        return group

    def user_json(self, user_id: int) -> Json | None:
        user = self.bot if user_id == self.bot.id else self.users.get(user_id)
        return user.as_json() if user else None

    def chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot may name. ApiError 400: there is none; no bot may address people by @username."""
        if chat_id in self.users and self._is_met(int(chat_id)):
            return self.private(self.users[int(chat_id)])
        if not isinstance(chat_id, int) or chat_id >= 0 or chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def _is_met(self, user_id: int) -> bool:
        """Whether the bot knows the person: as a partner, or as a member of a group."""
        return self.users[user_id].started or any(user_id in chat.members for chat in self.chats.values())

    def writable(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to. ApiError 403 says why it may not, 400 that there is none.

        A person who never started the bot is no chat, unless the bot has seen the person in a group.
        """
        chat = self.chat(chat_id)
        if chat.user and not chat.user.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.user and chat.user.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.bot_left:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """An account counts its private chats and small groups together; a supergroup counts for itself."""
        counter = chat.id if chat.type == "supergroup" else 0
        self._last_id[counter] += 1
        return self._last_id[counter]

    def find(self, chat: Chat, message_id: int | None, role: str) -> Message:
        """`role` is what Telegram calls it: «message to edit», «message to forward», …"""
        if message_id is None:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request(f"{role} not found")
        return message
