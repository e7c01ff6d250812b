"""Updates as Telegram posts them → what the bot knows. No I/O and no library: a webhook's first milliseconds count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shared.domain.incoming import Incoming, Message, Press, Unused

_KIND = re.compile(r"(?!update_id)[a-z_]{1,40}")
CONTENT = frozenset(
    {
        *("text", "rich_message", "photo", "live_photo", "video", "video_note", "animation", "audio", "voice"),
        *("document", "sticker", "story", "paid_media", "contact", "location", "venue", "poll", "checklist", "dice"),
        *("game", "invoice", "giveaway", "giveaway_winners", "passport_data"),
    }
)
"""A message that a person sent has one of these. Any other is a service message: nobody said anything."""
_LATEST_DATE = 10**11
"""Dates beyond it, in epoch seconds, are taken for none: an id has to fit into the data of a button."""

UNREADABLE = "unreadable"
"""Its content is not as Telegram describes it. Refused, it would come again and hold up its chat for a day."""


def parse_update(raw: object, arrived: float) -> Incoming:
    """`arrived` in epoch seconds. ValueError: this is no update."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("update_id"), int):
        raise ValueError("no update")
    update = str(raw["update_id"])
    try:
        if "message" in raw:
            return _message(update, raw["message"], arrived)
        if "callback_query" in raw:
            return _press(update, raw["callback_query"], arrived)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        return Unused(update=update, kind=UNREADABLE)
    return Unused(update=update, kind=next((key for key in raw if _KIND.fullmatch(key)), UNREADABLE))


def _message(update: str, raw: Mapping[str, Any], arrived: float) -> Incoming:
    chat = raw["chat"]
    if chat["type"] != "private":
        return Unused(update=update, kind="group_message")
    if CONTENT.isdisjoint(raw):
        return Unused(update=update, kind="service_message")
    return Message(
        update=update,
        chat=int(chat["id"]),
        message=int(raw["message_id"]),
        text=str(raw.get("text") or raw.get("caption") or ""),
        arrived=arrived,
        sent_at=_date(raw),
        command=_command(raw),
    )


def _press(update: str, raw: Mapping[str, Any], arrived: float) -> Incoming:
    message = raw.get("message")
    if not message or "data" not in raw:
        return Unused(update=update, kind="callback_query")
    return Press(
        update=update,
        press=str(raw["id"]),
        chat=int(message["chat"]["id"]),
        data=str(raw["data"]),
        arrived=arrived,
        message=int(message["message_id"]),
        button_sent_at=_date(message),
    )


def _command(message: Mapping[str, Any]) -> str:
    """Return the command at the very beginning of the text, such as «/start@a_bot»; "" where there is none.

    Telegram marks Latin letters, digits and underscores behind a slash, so that one UTF-16 unit is one character.
    """
    marked = (entity for entity in message.get("entities") or () if entity["offset"] == 0)
    return next((str(message["text"])[: entity["length"]] for entity in marked if entity["type"] == "bot_command"), "")


def _date(message: Mapping[str, Any]) -> int:
    """Return the message's date in epoch seconds; 0 where it has none, as one that the bot may not read any more."""
    date = message.get("date")
    return date if type(date) is int and 0 < date < _LATEST_DATE else 0
