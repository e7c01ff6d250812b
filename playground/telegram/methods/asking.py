"""What a bot asks about itself, chats, members and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.telegram.account import Account
from playground.telegram.chats.files import MOST_DOWNLOAD
from playground.telegram.chats.people import User
from playground.telegram.errors import Json, bad_request, forbidden

_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_me(account: Account, _: Json) -> Json:
    """Privacy mode is on: in groups the bot hears commands, mentions and replies to it."""
    powers = dict.fromkeys(
        (
            "can_read_all_group_messages",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
            "has_topics_enabled",
            "allows_users_to_create_topics",
            "can_manage_bots",
        ),
        False,
    )
    return account.bot.as_json() | {"can_join_groups": True} | powers


def get_chat(account: Account, p: Json) -> Json:
    chat = account.world.chat(p["chat_id"])
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    full = {"accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return chat.as_json() | full | ({"pinned_message": pinned.as_json()} if pinned else {})


def get_chat_member(account: Account, p: Json) -> Json:
    chat, user_id = account.world.chat(p["chat_id"]), p["user_id"]
    members = {**chat.members, **({chat.user.id: chat.user} if chat.user else {})}
    if user_id == account.bot.id:
        return _member(account.bot, "left" if chat.bot_left else "member")
    if user_id in members:
        return _member(members[user_id], "member")
    known = account.world.users.get(user_id)
    if known is None:
        raise bad_request("user not found")
    return _member(known, "left")


def _member(user: User, status: str) -> Json:
    return {"user": user.as_json(), "status": status}


def get_chat_member_count(account: Account, p: Json) -> int:
    chat = account.world.chat(p["chat_id"])
    return 2 if chat.user else len(chat.members) + 1


def get_chat_administrators(account: Account, p: Json) -> list[Json]:
    if account.world.chat(p["chat_id"]).user:
        raise bad_request("there are no administrators in the private chat")
    return []


def leave_chat(account: Account, p: Json) -> bool:
    chat = account.world.chat(p["chat_id"])
    if chat.user:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot_left:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    chat.bot_left = True
    return True


def get_user_profile_photos(account: Account, p: Json) -> Json:
    if account.world.user_json(p["user_id"]) is None:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def get_file(account: Account, p: Json) -> Json:
    stored = account.files.by_id(p["file_id"])
    if stored.size > MOST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.as_json()


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getUserProfilePhotos": get_user_profile_photos,
    "getFile": get_file,
}
