"""Updates that fail again and again, and what their partners have been told of it."""

from __future__ import annotations

from shared.domain.incoming import Message, Press
from shared.ports import Clock
from shared.usecases.memory.recent import Recent

LATE_AFTER_S = 25.0
"""A partner who has waited so long is told. Telegram's next repetition comes soon enough for a minute in all."""
PRESS_ENDS_S = 45.0
"""Telegram keeps a press for 150 s. A repetition after this long may come after up to 32 s and take 50."""
LAST_HOUR_S = 23 * 3600.0
"""Telegram keeps a message for 24 h."""
NEVER_S = 25 * 3600.0
"""A message cannot be so old: its date is not known, or a clock is wrong."""


class Outage:
    """When failing updates came first, and which chats were told that their answer is late.

    All is forgotten ten minutes after the last repetition; Telegram repeats every two minutes.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._first: Recent[float] = Recent(clock)
        self._told: Recent[bool] = Recent(clock)

    def came(self, incoming: Message | Press) -> None:
        """Note the first arrival of an update here."""
        self._first.put(incoming.update, self._first_arrival(incoming))

    def over(self, incoming: Message | Press) -> None:
        """Note that the update was handled; a message ends its chat's outage.

        Presses come beside the message that waits, and some need no sheet. The next message comes after it.
        """
        if isinstance(incoming, Message):
            self._told.forget(str(incoming.chat))

    def told(self, chat: int) -> None:
        """Note that the chat has its notice, or that it is on its way."""
        self._told.put(str(chat), True)

    def not_told(self, chat: int) -> None:
        """Note that the chat's notice did not leave."""
        self._told.forget(str(chat))

    def late_notice_is_due(self, message: Message, *, at_once: bool) -> bool:
        """Is the chat to be told that the answer is late? *at_once*: however short the partner has waited."""
        if self._told.holds(str(message.chat)):
            self.told(message.chat)
            return False
        return at_once or self._waited_s(message) >= LATE_AFTER_S

    def late_in_s(self, message: Message) -> float:
        """Seconds until its partner has waited long for the message."""
        return max(0.0, LATE_AFTER_S - self._waited_s(message))

    def is_in_last_hour(self, message: Message) -> bool:
        """Will Telegram drop the message soon?"""
        return LAST_HOUR_S <= self._clock.now() - message.sent_at <= NEVER_S

    def press_ends(self, press: Press) -> bool:
        """Could Telegram's next repetition of the press fail after it has been dropped?"""
        return self._waited_s(press) >= PRESS_ENDS_S

    def _waited_s(self, incoming: Message | Press) -> float:
        return self._clock.now() - self._first_arrival(incoming)

    def _first_arrival(self, incoming: Message | Press) -> float:
        return self._first.get(incoming.update) or incoming.arrived
