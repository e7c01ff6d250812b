"""What people see."""

from __future__ import annotations

from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.files import KINDS
from playground.telegram.chats.people import User
from playground.telegram.errors import Json


def messages_seen(account: Account, chat: Chat) -> list[Json]:
    """Oldest first; what was deleted is gone."""
    return [_message(account, message) for message in chat.messages.values()]


def _message(account: Account, message: Message) -> Json:
    content = message.content
    return {
        "message_id": message.message_id,
        "from": "bot" if message.sender is account.bot else "user",
        "user_id": message.sender.id,
        "name": message.sender.first_name,
        "text": content.get("text"),
        "caption": content.get("caption"),
        "media": _media(account, content),
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "reply_markup": message.reply_markup,
        "reply_to": message.reply_to.message_id if message.reply_to else None,
        "forward_origin": message.forward_origin,
        "media_group_id": message.media_group_id,
        "date": message.date,
        "edit_date": message.edit_date,
        "reactions": [reaction.get("emoji") for given in message.reactions.values() for reaction in given],
        "pinned": message.message_id in message.chat.pinned,
    }


def _media(account: Account, content: Json) -> Json | None:
    for kind in (*KINDS, "contact", "venue", "location", "dice"):
        shown: Any = content.get(kind)
        if kind == "document" and "animation" in content:
            continue
        if kind in KINDS and shown:
            largest = shown[-1] if kind == "photo" else shown
            stored = account.files.by_id(largest["file_id"])
            return {"type": kind, "name": stored.name, "size": stored.size, "file_path": stored.path}
        if shown:
            return {"type": kind, **shown}
    return None


def user_seen(account: Account, user: User) -> Json:
    """The chat's surroundings: whether the bot types, what its menu button is, which commands it offers."""
    chat = account.world.private(user)
    acting = chat.action if chat.action_until > account.kernel.clock.now() else None
    return {
        **user.as_json(),
        "started": user.started,
        "blocked": user.blocked,
        "action": acting or None,
        "menu_button": account.profile.menu_button(user.id),
        "commands": account.profile.commands_seen_by(user.id),
    }
