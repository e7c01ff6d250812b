"""What one instance remembers for a while. Losing it costs a repetition, never a message."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from shared.ports import Clock, Verdict

T = TypeVar("T")
KEPT_S = 600.0
KEPT = 5_000


class Recent(Generic[T]):
    """The newest `KEPT` values, each for ten minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._values: OrderedDict[str, tuple[float, T]] = OrderedDict()

    def get(self, key: str) -> T | None:
        kept = self._values.get(key)
        if kept is None or self._clock.now() - kept[0] > KEPT_S:
            return None
        return kept[1]

    def put(self, key: str, value: T) -> None:
        self._values[key] = (self._clock.now(), value)
        self._values.move_to_end(key)
        while len(self._values) > KEPT:
            self._values.popitem(last=False)

    def forget(self, key: str) -> None:
        self._values.pop(key, None)


class Once:
    """The same work asked for twice at the same time is done once; the second waits for the first."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Future[None]] = {}

    async def run(self, key: str, work: Callable[[], Awaitable[T]]) -> T | None:
        """The work's result; None for who came second, after the first has ended well."""
        if key in self._running:
            await self._running[key]
            return None
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._running[key] = done
        try:
            result = await work()
        except BaseException as error:
            done.set_exception(error)
            done.exception()
            raise
        else:
            done.set_result(None)
            return result
        finally:
            del self._running[key]


class Turns:
    """Work on the same thing, one after the other: each sees what the one before it left."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock


TRIES = 5
WINDOW_S = 600.0


class WrongTries:
    """Wrong codes and phones of an account in the last ten minutes. Per instance: n instances allow n times as many."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: OrderedDict[int, list[float]] = OrderedDict()

    def pause_s(self, chat: int) -> float:
        """Seconds until the account may try again; 0 when it may."""
        tries = self._recent(chat)
        if len(tries) < TRIES:
            return 0.0
        return max(0.0, tries[-TRIES] + WINDOW_S - self._clock.now())

    def add(self, chat: int) -> None:
        self._at[chat] = [*self._recent(chat), self._clock.now()]
        self._at.move_to_end(chat)
        while len(self._at) > KEPT:
            self._at.popitem(last=False)

    def clear(self, chat: int) -> None:
        self._at.pop(chat, None)

    def _recent(self, chat: int) -> list[float]:
        return [at for at in self._at.get(chat, []) if self._clock.now() - at < WINDOW_S]


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


OUTAGE_S = 60.0


class Outage:
    """Since when nothing could be recorded, and which chats were told."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: float | None = None
        self._told: set[int] = set()

    def over(self) -> None:
        self._since = None
        self._told.clear()

    def to_be_told(self, chat: int) -> bool:
        """Something failed again. True once for each chat, after a minute of it."""
        now = self._clock.now()
        self._since = now if self._since is None else self._since
        if now - self._since < OUTAGE_S or chat in self._told:
            return False
        self._told.add(chat)
        return True


@dataclass(slots=True)
class Memory:
    """`verdicts`: what the assistant decided and is not recorded yet. `sent`: updates whose reply has left by a
    call; `in_answer`: those that were answered in the webhook's 200, which Telegram executes once. `inspected_on`: the
    day on which the sheets were looked through last; `told`: what the admins have just been told
    """

    verdicts: Recent[Verdict]
    sent: Recent[bool]
    wrong_tries: WrongTries
    in_answer: Recent[bool]
    spoken: Spoken
    outage: Outage
    told: Recent[bool]
    updates: Once = field(default_factory=Once)
    chats: Turns = field(default_factory=Turns)
    appeals: Turns = field(default_factory=Turns)
    inspected_on: date | None = None

    @classmethod
    def fresh(cls, clock: Clock) -> Memory:
        return cls(
            verdicts=Recent(clock),
            sent=Recent(clock),
            in_answer=Recent(clock),
            wrong_tries=WrongTries(clock),
            spoken=Spoken(clock),
            outage=Outage(clock),
            told=Recent(clock),
        )
