"""New messages of the bot: text, media, places, contacts, dice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.chat import Chat, Message
from playground.telegram.chats.files import file_fields
from playground.telegram.chats.keyboards import check_markup
from playground.telegram.errors import Json, bad_request, not_emulated
from playground.telegram.formatting.links import LinkError, check_link
from playground.telegram.formatting.text import caption_text, message_text, read_text

_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_REFUSED = {
    "business_connection_id": "business connection not found",
    "message_thread_id": "message thread not found",
    "direct_messages_topic_id": "direct messages topic not found",
    "suggested_post_parameters": "suggested posts can be sent only to channel direct messages",
    "message_effect_id": "EFFECT_ID_INVALID",
    "allow_paid_broadcast": "FLOODSKIP_NOT_ALLOWED",
}


def refuse_routes(p: Json) -> None:
    """Businesses, topics, effects, paid broadcasts: the bot has none of them."""
    for name, text in _REFUSED.items():
        if p.get(name):
            raise bad_request(text)


def replied(account: Account, chat: Chat, reply: Json | None) -> tuple[Message | None, Json]:
    """What a message answers, and the quote as it stands in the message."""
    if reply is None:
        return None, {}
    if reply.get("chat_id", chat.id) != chat.id:
        raise not_emulated("a reply to a message of another chat")
    target = chat.messages.get(reply["message_id"])
    if target is None and reply.get("allow_sending_without_reply"):
        return None, {}
    if target is None:
        raise bad_request("message to be replied not found")
    quote = reply.get("quote")
    if quote is None:
        return target, {}
    text = target.content.get("text") or target.content.get("caption") or ""
    quoted = read_text(quote, reply.get("quote_parse_mode"), reply.get("quote_entities"), account.world.user_json)
    if quoted.text not in text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return target, {"quote": {"text": quoted.text, "position": text.index(quoted.text), "is_manual": True}}


def send(account: Account, p: Json, content: Json) -> Json:
    """Everything that is common to messages of the bot; returns the Bot API's Message."""
    refuse_routes(p)
    chat = account.world.writable(p["chat_id"])
    markup = check_markup(p.get("reply_markup"), chat)
    reply_to, quote = replied(account, chat, p.get("reply_parameters"))
    account.spend(chat)
    message = account.post(chat, account.bot, content | quote)
    message.show(markup)
    message.reply_to = reply_to
    message.protected = p.get("protect_content", False)
    chat.action = ""
    return message.as_json()


def caption(account: Account, p: Json) -> Json:
    """Caption and what belongs to it, as fields of a message."""
    formatted = read_text(p.get("caption", ""), p.get("parse_mode"), p.get("caption_entities"), account.world.user_json)
    fields = caption_text(formatted).fields("caption", "caption_entities")
    if p.get("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields | ({"has_media_spoiler": True} if p.get("has_spoiler") else {})


def media(account: Account, kind: str, value: Any, p: Json) -> Json:
    """A file and what the sender says of it, as fields of a message."""
    said = ("duration", "width", "height", "length", "performer", "title", "emoji", "start_timestamp")
    fields = {name: p[name] for name in said if name in p}
    if "thumbnail" in p:
        fields["thumbnail"] = account.files.sent("photo", p["thumbnail"])[-1]
    if "cover" in p:
        fields["cover"] = account.files.sent("photo", p["cover"])
    return file_fields(kind, account.files.sent(kind, value, **fields))


def send_message(account: Account, p: Json) -> Json:
    formatted = read_text(p["text"], p.get("parse_mode"), p.get("entities"), account.world.user_json)
    return send(account, p, message_text(formatted).fields("text", "entities") | link_preview(p))


def link_preview(p: Json) -> Json:
    """What the call says of the preview, as a field of the message."""
    preview = p.get("link_preview_options")
    if preview and "url" in preview:
        try:
            check_link(preview["url"])
        except LinkError:
            raise bad_request("WEBPAGE_URL_INVALID") from None
    return {"link_preview_options": preview} if preview else {}


def _sender(kind: str) -> Callable[[Account, Json], Json]:
    def send_media(account: Account, p: Json) -> Json:
        words = caption(account, p)
        account.world.writable(p["chat_id"])
        return send(account, p, media(account, kind, p[kind], p) | words)

    return send_media


def send_location(account: Account, p: Json) -> Json:
    return send(account, p, {"location": _location(p)})


def send_venue(account: Account, p: Json) -> Json:
    named = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    location = _location(p)
    venue = {"location": location, **{name: p[name] for name in named if name in p}}
    return send(account, p, {"venue": venue, "location": location})


def _location(p: Json) -> Json:
    if not (-90 <= p["latitude"] <= 90 and -180 <= p["longitude"] <= 180):
        raise bad_request("wrong latitude or longitude")
    named = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    return {name: p[name] for name in named if name in p}


def send_contact(account: Account, p: Json) -> Json:
    named = ("phone_number", "first_name", "last_name", "vcard")
    return send(account, p, {"contact": {name: p[name] for name in named if name in p}})


def send_dice(account: Account, p: Json) -> Json:
    emoji = p.get("emoji", "🎲")
    if emoji not in _DICE:
        raise bad_request("wrong dice emoji specified")
    return send(account, p, {"dice": {"emoji": emoji, "value": account.chance.randint(1, _DICE[emoji])}})


MEDIA = {
    "sendPhoto": "photo",
    "sendAudio": "audio",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendAnimation": "animation",
    "sendVoice": "voice",
    "sendVideoNote": "video_note",
    "sendSticker": "sticker",
}
HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
    **{method: _sender(kind) for method, kind in MEDIA.items()},
}
