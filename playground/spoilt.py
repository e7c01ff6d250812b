"""Calls that a fault answered in the service's place: they count like those the service answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from playground.kernel.events import EventLog
from playground.kernel.fault import Fault


class SpoiltCalls:
    """Those of the tools, who come with `tools_token`, do not count."""

    def __init__(self, events: EventLog, tools_token: str) -> None:
        self._events = events
        self._tools = f"Bearer {tools_token}"
        self._answered: Counter[tuple[str, str, int]] = Counter()

    def told(self, fault: Fault, line: str, authorization: str) -> None:
        """`line` begins with the method and the path."""
        self._events.record("faults", f"{fault.service}: {fault.action}", service=fault.service, call=line)
        if isinstance(fault.action, int) and authorization != self._tools:
            path = line.split(" ", 2)[1].partition("?")[0]
            self._answered[fault.service, path.rpartition("/")[2], fault.action] += 1

    def clear(self) -> None:
        self._answered.clear()

    def added_to(self, stats: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, Any]]:
        counted: dict[str, dict[str, Any]] = {service: dict(counters) for service, counters in stats.items()}
        for (service, method, status), times in self._answered.items():
            counters = counted.get(service, {})
            if service == "telegram":
                counters[method] = counters.get(method, 0) + times
            if service == "openai" and method == "responses":
                counters["calls"] += times
            if "errors" in counters:
                errors = counters["errors"]
                counters["errors"] = {**errors, str(status): errors.get(str(status), 0) + times}
        return counted
