"""People press buttons, react, block the bot and come back."""

from __future__ import annotations

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.people import User
from playground.telegram.errors import Json
from playground.telegram.methods.touching import REACTIONS
from playground.telegram.people.body import PersonError
from playground.telegram.queries import CallbackQuery

CALLBACK_SECONDS = 150.0


def press(account: Account, chat: Chat, user: User, message_id: int, data: str) -> CallbackQuery:
    """A button that stands under that message, or stood there before an edit; else PersonError 400 names it."""
    message = _message(chat, message_id)
    if data not in message.offered:
        raise PersonError(400, f"message {message_id} has no button {data!r}")
    query = account.callbacks.press(user, account.kernel.clock.now())
    payload = {
        "id": query.id,
        "from": user.as_json(),
        "message": message.as_json(),
        "chat_instance": str(abs(chat.id) * 7919 + account.bot.id),
        "data": data,
    }
    account.tell("callback_query", payload, chat=chat, queue=("callback", user.id), lifetime=CALLBACK_SECONDS)
    return query


def react(account: Account, chat: Chat, user: User, message_id: int, emoji: str | None) -> None:
    """None takes the reaction back."""
    message = _message(chat, message_id)
    if emoji is not None and emoji not in REACTIONS:
        raise PersonError(400, f"{emoji!r} is not a reaction of Telegram")
    old = message.reactions.pop(user.id, [])
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    if new:
        message.reactions[user.id] = new
    payload = {
        "chat": chat.as_json(),
        "message_id": message_id,
        "user": user.as_json(),
        "date": account.now(),
        "old_reaction": old,
        "new_reaction": new,
    }
    account.tell("message_reaction", payload, chat=chat, queue=("reaction", chat.id))


def set_blocked(account: Account, user: User, *, blocked: bool) -> None:
    """The bot learns of it by `my_chat_member`; blocking twice is blocking once."""
    if user.blocked == blocked:
        return
    user.blocked = blocked
    chat = account.world.private(user)
    member: Json = {"user": account.bot.as_json(), "status": "member"}
    kicked = member | {"status": "kicked", "until_date": 0}
    old, new = (member, kicked) if blocked else (kicked, member)
    payload = {
        "chat": chat.as_json(),
        "from": user.as_json(),
        "date": account.now(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    account.tell("my_chat_member", payload, chat=chat, queue=("member", chat.id))


def _message(chat: Chat, message_id: int) -> Message:
    if message_id not in chat.messages:
        raise PersonError(404, f"there is no message {message_id}")
    return chat.messages[message_id]
