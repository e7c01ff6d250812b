"""A private chat or a group, with what was said in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.telegram.chats.people import User
from playground.telegram.errors import Json


@dataclass(slots=True, kw_only=True)
class Message:
    """`content` holds the fields of the Bot API's Message that show something: text and entities, or a photo, …"""

    message_id: int
    chat: Chat
    sender: User
    date: int
    content: Json
    edit_date: int | None = None
    reply_to: Message | None = None
    forward_origin: Json | None = None
    media_group_id: str | None = None
    reply_markup: Json | None = None
    protected: bool = False
    via_bot: User | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)

    def show(self, markup: Json | None) -> None:
        """Puts buttons under the message, or takes them away; a phone that has not heard of it yet keeps the old ones,
        so what they would send stays `offered`."""
        self.reply_markup = markup
        buttons = (button for row in (self.inline_keyboard or {}).get("inline_keyboard", ()) for button in row)
        self.offered |= {button["callback_data"] for button in buttons if "callback_data" in button}

    @property
    def inline_keyboard(self) -> Json | None:
        markup = self.reply_markup
        return markup if markup and "inline_keyboard" in markup else None

    def as_json(self, *, inner: bool = False) -> Json:
        """The Bot API's Message; an `inner` one (what was replied to) does not tell what it replied to."""
        optional = {
            "via_bot": self.via_bot and self.via_bot.as_json(),
            "forward_origin": self.forward_origin,
            "reply_to_message": self.reply_to.as_json(inner=True) if self.reply_to and not inner else None,
            "edit_date": self.edit_date,
            "has_protected_content": self.protected or None,
            "media_group_id": self.media_group_id,
        }
        head = {
            "message_id": self.message_id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": self.date,
        }
        markup = {"reply_markup": self.inline_keyboard} if self.inline_keyboard else {}
        return head | {key: value for key, value in optional.items() if value is not None} | self.content | markup


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat has its user's id; ids of groups are negative, of supergroups below -1000000000000."""

    id: int
    user: User | None = None
    title: str = ""
    messages: dict[int, Message] = field(default_factory=dict)
    members: dict[int, User] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    bot_left: bool = False
    action: str = ""
    action_until: float = 0.0

    @property
    def type(self) -> str:
        if self.user is not None:
            return "private"
        return "supergroup" if self.id < -1_000_000_000_000 else "group"

    def as_json(self) -> Json:
        """The Bot API's Chat."""
        names = self.user.names() if self.user else {"title": self.title}
        return {"id": self.id, **names, "type": self.type}
