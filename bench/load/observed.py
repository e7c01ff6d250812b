"""What the playground's event log tells about a load: when each chat asked and was answered, what Sheets was asked."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2

from playground.testing import Json, PlaygroundClient

LOOK_EVERY_S = 0.5
MINUTE_S = 60.0
BOT = "telegram-webhook@"
READS = ("get", "values:batchGetByDataFilter")


@dataclass(slots=True)
class Observed:
    """Moments in epoch seconds. `calls`: those that Sheets counted, by kind. Not `whole`: the log forgot something."""

    asked: dict[int, float] = field(default_factory=dict)
    answered: dict[int, list[float]] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    deliveries: Counter[int] = field(default_factory=Counter)
    calls: dict[str, list[float]] = field(default_factory=lambda: {"reads": [], "writes": []})
    errors: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    whole: bool = True

    def waits(self) -> list[float]:
        return [self.answered[chat][0] - at for chat, at in self.asked.items() if chat in self.answered]

    def unanswered(self) -> int:
        return len(self.asked.keys() - self.answered.keys())

    def most_in_a_minute(self, kind: str) -> int:
        times = sorted(self.calls[kind])
        return max((sum(start <= at < start + MINUTE_S for at in times) for start in times), default=0)

    def take(self, event: Json) -> None:
        match event["source"], event["what"]:
            case "telegram", "update queued" if event["kind"] == "message":
                self.asked.setdefault(event["chat"], event["at"])
            case "telegram", "update delivered" | "update refused":
                self.deliveries[event["status"]] += 1
            case "telegram", "sendMessage" if event["status"] == 200:
                self.answered.setdefault(int(event["chat"]), []).append(event["at"])
                self.texts[event["text"]] += 1
            case "telegram", "sendMessage":
                self.refused[event["status"]] += 1
            case "faults", what:
                self.faults[what] += 1
            case "sheets", what if str(event.get("account", "")).startswith(BOT):
                self._count("reads" if what in READS else "writes", event)

    def _count(self, kind: str, event: Json) -> None:
        if event["status"] != 200:
            self.errors[event["status"]] += 1
        if event["status"] not in (401, 429):
            self.calls[kind].append(event["at"])


@contextmanager
def observing(playground: PlaygroundClient) -> Iterator[Observed]:
    """Follows the log while the block runs; what happened before it does not count."""
    observed, over = Observed(), threading.Event()
    newest = max((event["seq"] for event in playground.control("GET", "events?since=0")), default=0)
    follower = threading.Thread(target=_follow, args=(playground.base_url, newest, observed, over), daemon=True)
    follower.start()
    try:
        yield observed
    finally:
        over.set()
        follower.join()
    if not observed.whole:
        raise AssertionError("the event log forgot what was not read yet")


def _follow(base_url: str, seq: int, observed: Observed, over: threading.Event) -> None:
    with httpx2.Client(base_url=base_url, timeout=120, trust_env=False) as client:
        last_look = False
        while not last_look:
            last_look = over.wait(LOOK_EVERY_S)
            for event in client.get("/control/events", params={"since": seq}).json():
                observed.whole &= seq in (0, event["seq"] - 1)
                seq = event["seq"]
                observed.take(event)


def wait_until_answered(observed: Observed, expected: int, *, seconds: float) -> None:
    """Returns when so many chats have an answer, or when the time is over."""
    until = time.monotonic() + seconds
    while len(observed.answered) < expected and time.monotonic() < until:
        time.sleep(LOOK_EVERY_S)
