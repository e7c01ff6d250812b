"""Reading the Appeals tab after a load: does every message stand there, once, in its partner's row?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.load import crowd
from playground.testing import PlaygroundClient
from shared.domain import ids

LINE = re.compile(r" · Партнёр (\d+): [^\n]*\[(\w+)\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journaled:
    lost: int
    doubled: int
    in_a_wrong_row: int


def look(playground: PlaygroundClient, name: str, chats: Sequence[int]) -> Journaled:
    """The lines of the load `name`, whose author says whose they are; id and Telegram ID say whose the row is."""
    found: Counter[int] = Counter()
    strayed = 0
    for row in playground.view("appeals"):
        owner = int(row["Telegram ID"]) if row["Telegram ID"].isdecimal() else 0
        for author, load in LINE.findall(row["Текст обращений"]):
            if load == name:
                chat = crowd.FIRST_CHAT + int(author)
                found[chat] += 1
                strayed += not chat == owner == ids.chat_of(row["id"])
    return Journaled(
        lost=sum(not found[chat] for chat in chats),
        doubled=sum(found[chat] > 1 for chat in chats),
        in_a_wrong_row=strayed,
    )
