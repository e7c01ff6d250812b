"""Text taking shape while marks are read off it."""

from __future__ import annotations

import re
from typing import Any

from playground.telegram.errors import Json
from playground.telegram.formatting import utf16
from playground.telegram.formatting.links import LinkError, check_link


class Marked:
    """Collects characters and entities; offsets are UTF-16 code units."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.entities: list[Json] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add(self, text: str) -> None:
        self._parts.append(text)
        self.length += utf16.length(text)

    def since(self, start: int) -> str:
        return utf16.part(self.text, start, self.length - start)

    def entity(self, type: str, start: int, **fields: Any) -> None:  # noqa: A002 - the Bot API's own word
        """From `start` to here; an empty one is nothing."""
        if self.length > start:
            self.entities.append({"offset": start, "length": self.length - start, "type": type, **fields})


def url_entity(url: str) -> Json | None:
    """The entity of a link: a mention of a user, a link, or nothing when Telegram would not take the address."""
    if user := re.fullmatch(r"tg://user\?id=(\d+)", url):
        return {"type": "text_mention", "user": {"id": int(user[1])}}
    try:
        return {"type": "text_link", "url": check_link(url)}
    except LinkError:
        return None
