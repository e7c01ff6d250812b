"""When the bot spoke to a chat last."""

from __future__ import annotations

from collections import OrderedDict

from shared.ports import Clock
from shared.usecases.memory.recent import KEPT

QUICK_S = 4.0


class Spoken:
    """How quickly this instance has been answering a chat. Telegram takes about one message a second in each."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: OrderedDict[int, float] = OrderedDict()

    def note(self, chat: int) -> None:
        self._at[chat] = self._clock.now()
        self._at.move_to_end(chat)
        while len(self._at) > KEPT:
            self._at.popitem(last=False)

    def just_now(self, chat: int) -> bool:
        return self._clock.now() - self._at.get(chat, float("-inf")) < QUICK_S
