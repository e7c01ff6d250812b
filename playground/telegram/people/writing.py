"""People write, edit and delete; the bot is told as Telegram would tell it."""

from __future__ import annotations

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.people import User
from playground.telegram.errors import Json
from playground.telegram.people.body import PersonError, check_fields, needed
from playground.telegram.people.content import SENDABLE, caption_fields, content_of, text_fields

MESSAGE_FIELDS = (*SENDABLE, "caption", "album", "forward_from", "reply_to")
_ALBUM_KINDS = ("photo", "video", "document", "audio")
_LONGEST_ALBUM = 10


def write(account: Account, chat: Chat, user: User, body: Json) -> list[Message]:
    """One message, or those of an album. A first message starts the bot."""
    if user.blocked and chat.user is user:
        raise PersonError(409, "this user has blocked the bot and must unblock it to write")
    items = _album(body) if "album" in body else [body]
    contents = [content_of(account, user, item) for item in items]
    reply_to = _reply_to(chat, body)
    origin = _origin(account, body)
    if chat.user is user:
        user.started = True
    group = str(account.chance.getrandbits(52)) if "album" in body else None
    messages = [account.post(chat, user, content) for content in contents]
    for message in messages:
        message.reply_to, message.forward_origin, message.media_group_id = reply_to, origin, group
        if heard(account, message):
            account.tell_message(message)
    return messages


def heard(account: Account, message: Message) -> bool:
    """In a group, privacy mode: a bot hears commands, mentions of it, and replies to it."""
    if message.chat.user is not None:
        return True
    if message.chat.bot_left:
        return False
    text = message.content.get("text") or message.content.get("caption") or ""
    answers_bot = message.reply_to is not None and message.reply_to.sender is account.bot
    return answers_bot or text.startswith("/") or f"@{account.bot.username}" in text


def edit(account: Account, chat: Chat, user: User, message_id: int, body: Json) -> Message:
    message = _own(chat, user, message_id)
    if set(body) == {"text"} and "text" in message.content:
        message.content = text_fields(body["text"])
    elif set(body) == {"caption"} and "text" not in message.content:
        kept = {name: value for name, value in message.content.items() if not name.startswith("caption")}
        message.content = kept | caption_fields(body["caption"])
    else:
        raise PersonError(400, "a text message takes a new text, another one a new caption")
    message.edit_date = account.now()
    if heard(account, message):
        account.tell_message(message, kind="edited_message")
    return message


def delete(chat: Chat, message_id: int) -> None:
    """Telegram tells bots nothing of deletions."""
    if chat.messages.pop(message_id, None) is None:
        raise PersonError(404, f"there is no message {message_id}")


def _own(chat: Chat, user: User, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None:
        raise PersonError(404, f"there is no message {message_id}")
    if message.sender is not user or message.forward_origin:
        raise PersonError(403, f"message {message_id} is not this user's own")
    return message


def _album(body: Json) -> list[Json]:
    items = body["album"]
    if not isinstance(items, list) or not 2 <= len(items) <= _LONGEST_ALBUM:
        raise PersonError(400, f"album: 2 to {_LONGEST_ALBUM} items are needed")
    for item in items:
        if not isinstance(item, dict):
            raise PersonError(400, "album: each item is an object")
        check_fields(item, (*_ALBUM_KINDS, "caption"), "an album's item")
    return items


def _reply_to(chat: Chat, body: Json) -> Message | None:
    if body.get("reply_to") is None:
        return None
    message = chat.messages.get(needed(body, "reply_to", int))
    if message is None:
        raise PersonError(400, f"reply_to: there is no message {body['reply_to']}")
    return message


def _origin(account: Account, body: Json) -> Json | None:
    """A number or a user with one is somebody whose account is shown, a text the name of somebody who hides his."""
    match body.get("forward_from"):
        case dict() as told:
            check_fields(told, ("id", "is_bot", "first_name", "last_name", "username"), "forward_from")
            shown = account.world.user(needed(told, "id", int)).as_json() | told
            return {"type": "user", "date": account.now(), "sender_user": shown}
        case None:
            return None
        case int() as user_id:
            return {"type": "user", "date": account.now(), "sender_user": account.world.user(user_id).as_json()}
        case str() as name:
            return {"type": "hidden_user", "date": account.now(), "sender_user_name": name}
    raise PersonError(400, "forward_from: a user's id or a name")
