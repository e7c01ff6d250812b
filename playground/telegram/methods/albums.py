"""sendMediaGroup: several photos, videos, documents or tracks as one album."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.errors import Json, bad_request, not_emulated
from playground.telegram.methods.sending import caption, media, refuse_routes, replied

MOST_IN_ALBUM = 10
_ALONE = ("audio", "document")


def send_media_group(account: Account, p: Json) -> list[Json]:
    refuse_routes(p)
    items = p["media"]
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MOST_IN_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in items}
    if "live_photo" in kinds:
        raise not_emulated("InputMediaLivePhoto")
    for alone in _ALONE:
        if alone in kinds and len(kinds) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")
    chat = account.world.writable(p["chat_id"])
    reply_to, quote = replied(account, chat, p.get("reply_parameters"))
    contents = [media(account, item["type"], item["media"], item) | caption(account, item) for item in items]
    account.spend(chat, len(contents))
    group = str(account.chance.getrandbits(52)) if len(items) > 1 else None
    sent = [account.post(chat, account.bot, content | quote) for content in contents]
    for message in sent:
        message.media_group_id, message.reply_to = group, reply_to
        message.protected = p.get("protect_content", False)
    return [message.as_json() for message in sent]


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {"sendMediaGroup": send_media_group}
