"""The world of a load: 2,000 partners with their appeals, real quotas, Google and the model as slow as they are."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import crowd, journaled, traffic
from bench.load.observed import Observed, observing, wait_until_answered
from bench.load.people import beside
from playground.testing import PlaygroundClient, running_playground

SHEETS_S = 0.3
MODEL_S = 1.5
CONNECTIONS = 100
PARTNERS = 2_600
WITH_APPEAL = 2_000
QUOTA_S = 61


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`took_s`: until the last was answered, or the patience was over. `stray_cells`: hit in rows of others."""

    sent: int
    observed: Observed
    journal: journaled.Journaled
    bytes_read: int
    cpu_s: float
    took_s: float
    stray_cells: int


class World:
    def __init__(self, playground: PlaygroundClient) -> None:
        self.playground = playground
        self._warmers = iter(crowd.chats(WITH_APPEAL + 300, 300))

    def fresh(self, *, instances: int = 1) -> None:
        """New instances with warm caches, and a minute of quota that nobody has used."""
        self.playground.control("PUT", "faults", [])
        self.playground.control("PUT", "settings", {"instances": instances})
        for _ in range(2 * instances):
            chat = next(self._warmers)
            self.playground.say(chat, traffic.QUESTION)
            self.playground.wait_for(lambda chat=chat: self.playground.last(chat))  # type: ignore[misc]
        self.playground.control("PUT", "clock", {"advance_s": QUOTA_S})

    def load(
        self,
        name: str,
        chats: Sequence[int],
        *,
        over_s: float,
        patience_s: float = 120.0,
        meanwhile: Callable[[threading.Event], None] | None = None,
    ) -> Result:
        """Each chat writes once. `meanwhile` runs beside it until its event is set."""
        messages = traffic.spread(chats, over_s=over_s, name=name)
        bytes_before, cpu_before, began = self._bytes_read(), self.cpu_s(), time.monotonic()
        logged_before = self.playground.control("GET", "logs?since=0")[-1]["seq"]
        with observing(self.playground) as observed, ExitStack() as stack:
            if meanwhile:
                stack.enter_context(beside(meanwhile))
            traffic.send(self.playground.base_url, messages)
            wait_until_answered(observed, len(chats), seconds=patience_s)
        return Result(
            sent=len(messages),
            observed=observed,
            journal=journaled.look(self.playground, name, chats),
            bytes_read=self._bytes_read() - bytes_before,
            cpu_s=self.cpu_s() - cpu_before,
            took_s=time.monotonic() - began,
            stray_cells=self._stray_cells(logged_before),
        )

    def cpu_s(self) -> float:
        return sum(_cpu_s(pid) for pid in self._pids())

    def memory_mb(self) -> float:
        """The largest process: the worker."""
        return max(_memory_mb(pid) for pid in self._pids())

    def _pids(self) -> list[int]:
        return list(self.playground.control("GET", "info")["functions"]["telegram-webhook"]["pids"])

    def _stray_cells(self, since: int) -> int:
        logged = self.playground.control("GET", f"logs?since={since}")
        return sum(int(line.get("strays", 0)) for line in logged if line.get("message") == "guard_missed")

    def _bytes_read(self) -> int:
        return int(self.playground.control("GET", "stats")["sheets"]["bytes_read"])


@contextmanager
def world() -> Iterator[World]:
    with running_playground() as playground:
        crowd.settle(playground, partners=PARTNERS, with_appeal=WITH_APPEAL)
        latencies = {"sheets_latency_ms": int(SHEETS_S * 1000), "openai_latency_ms": int(MODEL_S * 1000)}
        playground.control("PUT", "settings", {**latencies, "max_connections": CONNECTIONS})
        yield World(playground)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
