"""What an emulator is to the playground, and what the playground gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from starlette.types import ASGIApp

from playground.kernel.clock import Clock
from playground.kernel.events import EventLog
from playground.kernel.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """Shared by all emulators. `base_url` is the playground's own address, without a slash at the end."""

    clock: Clock
    events: EventLog
    settings: Settings
    base_url: str

    @classmethod
    def fresh(cls, base_url: str) -> Kernel:
        clock = Clock()
        return cls(clock=clock, events=EventLog(clock), settings=Settings(), base_url=base_url)


class Emulator(Protocol):
    @property
    def app(self) -> ASGIApp:
        """Everything below the emulator's prefix (`/google`, `/telegram`, …)."""

    def error_body(self, status: int) -> bytes:
        """The body with which the real service answers this status; used by injected faults."""

    def stats(self) -> dict[str, object]:
        """Counters since the last reset."""

    def reset_stats(self) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...
