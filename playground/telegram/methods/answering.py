"""Answers to pressed buttons and to Mini Apps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.keyboards import check_markup
from playground.telegram.errors import Json, bad_request
from playground.telegram.formatting import utf16
from playground.telegram.formatting.text import message_text, read_text

MOST_ANSWER = 200


def answer_callback(account: Account, p: Json) -> bool:
    text, url = p.get("text") or None, p.get("url") or None
    if text and utf16.length(text) > MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith(f"https://t.me/{account.bot.username}?start="):
        raise bad_request("URL_INVALID")
    answer = {"text": text, "show_alert": p.get("show_alert", False), "url": url}
    account.callbacks.answer(p["callback_query_id"], answer, account.kernel.clock.now())
    return True


def answer_web_app(account: Account, p: Json) -> Json:
    """The person says, by way of the bot, what the Mini App made of it."""
    content = p["result"]["input_message_content"]
    formatted = message_text(
        read_text(content["message_text"], content.get("parse_mode"), content.get("entities"), account.world.user_json)
    )
    user = account.web_apps.take(p["web_app_query_id"])
    chat = account.world.private(user)
    markup = check_markup(p["result"].get("reply_markup"), chat)
    message = account.post(chat, user, formatted.fields("text", "entities"))
    message.via_bot = account.bot
    message.show(markup)
    return {"inline_message_id": f"{chat.id}-{message.message_id}"}


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "answerCallbackQuery": answer_callback,
    "answerWebAppQuery": answer_web_app,
}
