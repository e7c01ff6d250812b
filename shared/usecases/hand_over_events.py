"""The events by which the specialists are told of hand-overs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain.appeals import NOTHING, UPDATED, Appeal
from shared.domain.events import SINCE_MS, Event
from shared.domain.instants import NOTICED, WAITS, instant_of
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Outside, Refused, Unavailable
from shared.usecases.memory import Memory
from shared.usecases.publish import publish

NOTICE = "notice"
UNTOLD_S = 60.0
"""The event of a hand-over arrives within seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over of an appeal: when it was made, as the sheet shows it and in epoch milliseconds (0: not known)."""

    appeal: str
    since: str
    since_ms: int

    @classmethod
    def of_event(cls, event: Mapping[str, object]) -> HandOver:
        """Return the hand-over that a HANDED_OVER event tells of."""
        since_ms = event.get(SINCE_MS)
        return cls(
            appeal=str(event.get("appeal", "")),
            since=str(event.get("since", "")),
            since_ms=since_ms if isinstance(since_ms, int) else 0,
        )

    @classmethod
    def of_row(cls, appeal: str, since: str, trace: Trace) -> HandOver:
        """Return the hand-over of a row whose question waits since the local time *since*."""
        return cls(appeal=appeal, since=since, since_ms=instant_of(trace, WAITS, since))

    def is_told(self, trace: Trace) -> bool:
        """Return whether the specialists were told of it, or of a later one whose event was faster.

        Without instants (rows and events of an earlier version) the local times are compared, which sort as text.
        """
        told = trace.delivered.get(NOTICE, "")
        told_ms = instant_of(trace, NOTICED, told)
        if self.since_ms and told_ms:
            return told_ms >= self.since_ms
        return told == self.since or (told[:1].isdecimal() and told > self.since)


async def announce(outside: Outside, memory: Memory, made: HandOver) -> None:
    """Publish the event that tells the specialists of the hand-over. Raises Unavailable.

    One that Pub/Sub refuses is left to the sweep: the hand-over stands in the row.
    """
    exact = {SINCE_MS: made.since_ms} if made.since_ms else {}
    try:
        await publish(outside, memory, Event.HANDED_OVER, {"appeal": made.appeal, "since": made.since, **exact})
    except Refused:
        return
    memory.notices.announced(made.appeal, made.since)


def may_be_untold(outside: Outside, memory: Memory, *, appeal: str, status: Status | None, since: str) -> bool:
    """Return whether a row waits for specialists for a while, and this instance does not know them to be told.

    A row that a specialist has in work waits without a notice.
    """
    if status is not Status.HANDED_OVER or since == NOTHING or memory.notices.is_settled(appeal, since):
        return False
    return _waited_s(outside, since) > UNTOLD_S


async def announce_untold(outside: Outside, memory: Memory, made: HandOver, trace: Trace) -> None:
    """Publish the event of a hand-over anew if the state of its row holds no notice. A failure is logged only.

    The instance that wrote the hand-over may have ended before it published, or Pub/Sub was out of reach.
    """
    if made.is_told(trace):
        memory.notices.told(made.appeal, made.since)
        return
    outside.log.warning("hand_over_untold", appeal=made.appeal)
    try:
        await announce(outside, memory, made)
    except Unavailable as error:
        outside.log.warning("hand_over_not_announced", appeal=made.appeal, error=str(error))


async def announce_if_untold(outside: Outside, memory: Memory, appeal: Appeal) -> None:
    """Publish the event of the row's hand-over anew where the row waits for a while and holds no notice."""
    since = appeal.waiting_since
    if may_be_untold(outside, memory, appeal=appeal.id, status=appeal.known_status, since=since):
        made = HandOver.of_row(appeal.id, since, appeal.known_trace)
        await announce_untold(outside, memory, made, appeal.known_trace)


def _waited_s(outside: Outside, since: str) -> float:
    """Return for how many seconds a question waits; 0 when a person typed what is no time."""
    try:
        return outside.clock.now() - outside.clock.timestamp(datetime.strptime(since, UPDATED))
    except (ValueError, OverflowError):
        return 0.0
