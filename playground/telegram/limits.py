"""How often a bot may write (core.telegram.org/bots/faq: 30 a second, 1 a second in a chat, 20 a minute in a group).

What Telegram leaves open is decided here:
- Messages, copies, forwards and edits count, whether they come as a call or in a webhook's answer. Chat actions,
  reactions, deletions, pins and answers to callback queries do not.
- «Avoid sending more than one message per second; short bursts» are tolerated in a private chat: three at once, then
  one for each second that has passed. A group may spend its minute at once, and counts every message of an album; the
  other two limits count calls.
- After a 429 everything it is about is refused until its `retry_after` has passed.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from playground.telegram.chats.chat import Chat
from playground.telegram.errors import too_many_requests

A_SECOND = 30
CHAT_BURST = 3
GROUP_A_MINUTE = 20
_TOLERANCE = 1e-6
_LONGEST_PAUSE = 60


@dataclass(slots=True)
class _Window:
    """At most `most` in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)
    closed_until: float = 0.0

    def wait(self, now: float, count: int) -> float:
        while self.times and not now - self.seconds < self.times[0] <= now:
            self.times.popleft()
        excess = len(self.times) + min(count, self.most) - self.most
        return self.times[excess - 1] + self.seconds - now if excess > 0 else 0.0

    def take(self, now: float, count: int) -> None:
        self.times.extend([now] * min(count, self.most))


@dataclass(slots=True)
class _Bucket:
    """One a second, `most` at once after a pause."""

    most: int
    level: float = 0.0
    at: float = 0.0
    closed_until: float = 0.0

    def wait(self, now: float, count: int) -> float:
        self.level = max(0.0, self.level - max(0.0, now - self.at))
        self.at = now
        return max(0.0, self.level + count - self.most)

    def take(self, _now: float, count: int) -> None:
        self.level += count


class Limits:
    """Counts what is sent, in playground time (epoch seconds)."""

    def __init__(self) -> None:
        self._all = _Window(A_SECOND, 1.0)
        self._chats: defaultdict[int, _Bucket] = defaultdict(lambda: _Bucket(CHAT_BURST))
        self._groups: defaultdict[int, _Window] = defaultdict(lambda: _Window(GROUP_A_MINUTE, 60.0))

    def take(self, chat: Chat, now: float, messages: int = 1) -> None:
        """ApiError 429 with `retry_after` in whole seconds; nothing is counted then."""
        own = (self._groups[chat.id], messages) if chat.user is None else (self._chats[chat.id], 1)
        parts: list[tuple[_Window | _Bucket, int]] = [(self._all, 1), own]
        for limit, count in parts:
            closed = limit.closed_until - now
            wait = closed if 0 < closed <= _LONGEST_PAUSE else limit.wait(now, count)
            if wait > _TOLERANCE:
                seconds = math.ceil(wait)
                limit.closed_until = now + (closed if 0 < closed <= _LONGEST_PAUSE else seconds)
                raise too_many_requests(seconds)
        for limit, count in parts:
            limit.take(now, count)
