"""Forwards and copies, one by one and in bulk."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.files import KINDS
from playground.telegram.chats.keyboards import check_markup
from playground.telegram.errors import Json, bad_request
from playground.telegram.methods.sending import caption, refuse_routes, replied

MOST_AT_ONCE = 100


def forward_message(account: Account, p: Json) -> Json:
    source, chat = _source_and_target(account, p)
    original = account.world.find(source, p["message_id"], "message to forward")
    _check_open(original, "forwarded")
    account.spend(chat)
    return _forwarded(account, chat, original, p).as_json()


def copy_message(account: Account, p: Json) -> Json:
    source, chat = _source_and_target(account, p)
    original = account.world.find(source, p["message_id"], "message to copy")
    _check_open(original, "copied")
    markup = check_markup(p.get("reply_markup"), chat)
    reply_to, quote = replied(account, chat, p.get("reply_parameters"))
    content = original.content
    if "caption" in p and any(kind in content for kind in KINDS):
        content = _without_caption(content) | caption(account, p)
    account.spend(chat)
    copy = _copied(account, chat, content, p)
    copy.content |= quote
    copy.show(markup)
    copy.reply_to = reply_to
    return {"message_id": copy.message_id}


def forward_messages(account: Account, p: Json) -> list[Json]:
    chat, originals = _several(account, p, "forward")
    return [{"message_id": _forwarded(account, chat, original, p).message_id} for original in originals]


def copy_messages(account: Account, p: Json) -> list[Json]:
    chat, originals = _several(account, p, "copy")
    contents = [_without_caption(o.content) if p.get("remove_caption") else o.content for o in originals]
    return [{"message_id": _copied(account, chat, content, p).message_id} for content in contents]


def _several(account: Account, p: Json, word: str) -> tuple[Chat, list[Message]]:
    source, chat = _source_and_target(account, p)
    ids = p["message_ids"]
    if len(ids) > MOST_AT_ONCE:
        raise bad_request(f"too many messages to {word}")
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    originals = [source.messages[i] for i in ids if i in source.messages and not source.messages[i].protected]
    if not originals:
        raise bad_request(f"there are no messages to {word}")
    account.spend(chat, len(originals))
    return chat, originals


def _source_and_target(account: Account, p: Json) -> tuple[Chat, Chat]:
    refuse_routes(p)
    return account.world.chat(p["from_chat_id"]), account.world.writable(p["chat_id"])


def _check_open(original: Message, word: str) -> None:
    if original.protected:
        raise bad_request(f"message can't be {word}")


def _forwarded(account: Account, chat: Chat, original: Message, p: Json) -> Message:
    message = _copied(account, chat, original.content, p)
    sender = {"type": "user", "date": original.date, "sender_user": original.sender.as_json()}
    message.forward_origin = original.forward_origin or sender
    return message


def _copied(account: Account, chat: Chat, content: Json, p: Json) -> Message:
    message = account.post(chat, account.bot, {name: value for name, value in content.items() if name != "quote"})
    message.protected = p.get("protect_content", False)
    return message


def _without_caption(content: Json) -> Json:
    caption_fields = ("caption", "caption_entities", "show_caption_above_media")
    return {name: value for name, value in content.items() if name not in caption_fields}


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
}
