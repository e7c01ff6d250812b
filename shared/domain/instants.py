"""Instants noted in the state cell beside a local time of the sheet.

A local time lasts a second, and an hour of them comes twice when the clocks go back: two local times do not tell which
event was later. The note holds the local time that it belongs to, so that a time written by somebody else has none.

    "waits": "2026-10-25 02:10:00 1792890600250"
"""

from __future__ import annotations

from shared.domain.trace import Trace

WAITS = "waits"
"""Since when the question waits for a specialist."""
NOTICED = "notice_at"
"""The hand-over of which the specialists were told last."""


def with_instant(trace: Trace, name: str, local: str, at_ms: int) -> Trace:
    """Return the state with the instant *at_ms* (epoch milliseconds) noted for the time *local*."""
    return trace.noted(name, f"{local} {at_ms}")


def instant_of(trace: Trace, name: str, local: str) -> int:
    """Return the instant in epoch milliseconds that is noted for the time *local*, 0 when there is none."""
    noted, _, at_ms = trace.delivered.get(name, "").rpartition(" ")
    return int(at_ms) if noted == local and at_ms.isdecimal() else 0
