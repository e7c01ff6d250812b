"""Changing what was sent: text, caption, media, buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.chat import Message
from playground.telegram.chats.files import KINDS
from playground.telegram.chats.keyboards import check_markup
from playground.telegram.errors import Json, bad_request, not_emulated
from playground.telegram.formatting.text import message_text, read_text
from playground.telegram.methods.sending import caption, link_preview, media, refuse_routes

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


def _own(account: Account, p: Json) -> Message:
    """The message to edit: of a chat the bot may write to, and its own."""
    refuse_routes(p)
    if "inline_message_id" in p:
        raise not_emulated("inline_message_id")
    if "chat_id" not in p:
        raise bad_request("chat_id is empty")
    chat = account.world.writable(p["chat_id"])
    message = account.world.find(chat, p.get("message_id"), "message to edit")
    if message.sender is not account.bot or message.forward_origin:
        raise bad_request("message can't be edited")
    return message


def _changed(account: Account, message: Message, content: Json, p: Json) -> Json:
    """An edit without `reply_markup` takes the buttons away, as at Telegram."""
    markup = check_markup(p.get("reply_markup"), message.chat)
    if content == message.content and markup == message.inline_keyboard:
        raise bad_request(_UNCHANGED)
    account.spend(message.chat)
    message.content = content
    message.show(markup)
    message.edit_date = account.now()
    return message.as_json()


def edit_text(account: Account, p: Json) -> Json:
    if "rich_message" in p:
        raise not_emulated("rich_message")
    if not p.get("text"):
        raise bad_request("message text is empty")
    formatted = read_text(p["text"], p.get("parse_mode"), p.get("entities"), account.world.user_json)
    message = _own(account, p)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    content = message_text(formatted).fields("text", "entities") | link_preview(p)
    return _changed(account, message, content, p)


def edit_caption(account: Account, p: Json) -> Json:
    words = caption(account, p)
    message = _own(account, p)
    if not any(kind in message.content for kind in KINDS if kind not in ("sticker", "video_note")):
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if not name.startswith(("caption", "show_caption"))}
    return _changed(account, message, kept | words, p)


def edit_media(account: Account, p: Json) -> Json:
    message, item = _own(account, p), p["media"]
    if item["type"] == "live_photo":
        raise not_emulated("InputMediaLivePhoto")
    if message.media_group_id and item["type"] in ("animation",):
        raise bad_request("message can't be edited")
    content = media(account, item["type"], item["media"], item) | caption(account, item)
    return _changed(account, message, content, p)


def edit_markup(account: Account, p: Json) -> Json:
    message = _own(account, p)
    return _changed(account, message, message.content, p)


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
}
