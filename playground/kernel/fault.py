"""One line of `PUT /control/faults`, and the list in force."""

from __future__ import annotations

import fnmatch
import math
import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

PersonCall = Callable[[Mapping[str, object]], Awaitable[None]]
ACTIONS = ("drop", "apply-then-drop", "hang", "person")
SERVICES = ("sheets", "telegram", "openai", "pubsub", "functions")
FIELDS = {"service", "match", "action", "times", "rate", "latency_ms", "edit"}


@dataclass(slots=True)
class Fault:
    """`action` None: the call is only slow. `left`: how often it still hits; None: without end."""

    service: str
    match: re.Pattern[str]
    action: int | str | None
    left: int | None
    rate: float | None
    latency_ms: int
    edit: Mapping[str, object]

    @classmethod
    def parse(cls, raw: object) -> Fault:
        """ValueError says what is wrong with the fault."""
        if not isinstance(raw, Mapping):
            raise ValueError("a fault is an object")
        unknown = set(raw) - FIELDS
        if unknown:
            raise ValueError(f"unknown field of a fault: {', '.join(sorted(unknown))}")
        service = raw.get("service")
        if service not in SERVICES:
            raise ValueError(f"service is one of {', '.join(SERVICES)}, got {service!r}")
        action, latency = _action(raw.get("action")), _number(raw, "latency_ms") or 0
        if action is None and raw.get("latency_ms") is None:
            raise ValueError("an action or latency_ms is needed")
        edit = raw.get("edit") or {}
        if not isinstance(edit, Mapping) or (action == "person" and not edit):
            raise ValueError("a person's fault needs an edit: an object")
        times, rate = _number(raw, "times"), _number(raw, "rate")
        if times is not None and not times.is_integer():
            raise ValueError(f"times is a whole number, got {times}")
        if rate is not None and rate > 1:
            raise ValueError(f"rate is a share from 0 to 1, got {rate}")
        return cls(
            service=str(service),
            match=_pattern(str(raw.get("match") or "")),
            action=action,
            left=None if times is None else int(times),
            rate=rate,
            latency_ms=int(latency),
            edit=edit,
        )

    def hits(self, service: str, lines: Sequence[str], chance: random.Random, *, named: str = "") -> bool:
        """Whether a call, known by any of `lines`, is hit; used up by it. With `named` the match has to name that."""
        if self.service != service or self.left == 0 or named not in self.match.pattern:
            return False
        if not any(self.match.search(line) for line in lines):
            return False
        if self.rate is not None and chance.random() >= self.rate:
            return False
        if self.left is not None:
            self.left -= 1
        return True


@dataclass(slots=True)
class Faults:
    """The list in force; random choices come from the given source.

    `person` makes a person's call; `told` hears of each call that a fault spoils: its line and its Authorization.
    """

    chance: random.Random = field(default_factory=lambda: random.Random(1))
    listed: list[Fault] = field(default_factory=list)
    person: PersonCall | None = None
    told: Callable[[Fault, str, str], None] | None = None

    def replace(self, faults: Sequence[Fault]) -> None:
        self.listed = list(faults)

    def concern(self, service: str) -> bool:
        return any(fault.service == service for fault in self.listed)

    def pick(self, service: str, lines: Sequence[str], *, named: str = "") -> tuple[Fault | None, float]:
        """The first fault with an action that hits the call, and the seconds that it and those before it add."""
        slow = 0.0
        for fault in self.listed:
            if fault.hits(service, lines, self.chance, named=named):
                slow += fault.latency_ms / 1000
                if fault.action is not None:
                    return fault, slow
        return None, slow


def _action(raw: object) -> int | str | None:
    action = int(raw) if isinstance(raw, str) and raw.strip().isdigit() else raw
    if action is None or (isinstance(action, str) and action in ACTIONS):
        return action
    if isinstance(action, int) and 400 <= action <= 599:
        return action
    raise ValueError(f"action is an HTTP status of 400 to 599 or one of {', '.join(ACTIONS)}, got {raw!r}")


def _number(raw: Mapping[str, object], name: str) -> float | None:
    value = raw.get(name)
    if value is None:
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, bool) or not 0 <= number < math.inf:
        raise ValueError(f"{name} is a number from 0 on, got {value!r}")
    return number


def _pattern(text: str) -> re.Pattern[str]:
    """A regular expression; what begins with a star, which none can, is a shell pattern."""
    try:
        return re.compile(fnmatch.translate(f"{text}*") if text.startswith("*") else text)
    except re.error as error:
        raise ValueError(f"match is not a regular expression: {error}") from None
