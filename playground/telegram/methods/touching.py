"""What a bot does to messages besides writing them: deletes, reacts, pins, shows that it types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.errors import Json, bad_request
from playground.telegram.methods.sending import refuse_routes

DELETABLE_SECONDS = 48 * 3600
ACTION_SECONDS = 5.0
MOST_AT_ONCE = 100
_ACTION_NAMES = """
typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location
record_video_note upload_video_note
"""
_ACTIONS = frozenset(_ACTION_NAMES.split())
_EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_EMOJI.split())


def delete_message(account: Account, p: Json) -> bool:
    chat = account.world.writable(p["chat_id"])
    message = account.world.find(chat, p["message_id"], "message to delete")
    _check_deletable(account, message)
    _delete(chat, message)
    return True


def delete_messages(account: Account, p: Json) -> bool:
    """What is not there is skipped."""
    chat, ids = account.world.writable(p["chat_id"]), p["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    for message in found:
        _check_deletable(account, message)
    for message in found:
        _delete(chat, message)
    return True


def _check_deletable(account: Account, message: Message) -> None:
    if account.now() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if message.chat.user is None and message.sender is not account.bot:
        raise bad_request("message can't be deleted")


def _delete(chat: Chat, message: Message) -> None:
    chat.messages.pop(message.message_id, None)
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)


def set_reaction(account: Account, p: Json) -> bool:
    """A bot has one reaction a message, of the usual emoji."""
    chat = account.world.writable(p["chat_id"])
    message = account.world.find(chat, p["message_id"], "message to react")
    reactions = p.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("emoji") not in REACTIONS for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions.pop(account.bot.id, None)
    if reactions:
        message.reactions[account.bot.id] = reactions
    return True


def send_chat_action(account: Account, p: Json) -> bool:
    refuse_routes(p)
    chat = account.world.writable(p["chat_id"])
    if p["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action, chat.action_until = p["action"], account.kernel.clock.now() + ACTION_SECONDS
    return True


def pin(account: Account, p: Json) -> bool:
    refuse_routes(p)
    chat = account.world.writable(p["chat_id"])
    message = account.world.find(chat, p["message_id"], "message to pin")
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    return True


def unpin(account: Account, p: Json) -> bool:
    refuse_routes(p)
    chat = account.world.writable(p["chat_id"])
    message_id = p.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def unpin_all(account: Account, p: Json) -> bool:
    account.world.writable(p["chat_id"]).pinned.clear()
    return True


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_reaction,
    "sendChatAction": send_chat_action,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
