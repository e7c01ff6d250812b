"""The loads that must hold, from one message to two thousand a minute."""

from __future__ import annotations

from statistics import median

from bench.load import crowd
from bench.load.naive import Naive, one_by_one
from bench.load.people import SortingPeople
from bench.load.world import MODEL_S, SHEETS_S, Result, World, world
from bench.table import Figure, p95
from shared.domain import texts

MINUTE_S = 60.0
QUOTA = 60
STRAY_CELLS = 100
"""What the sorts of a minute hit when every message was read twice, the second time just before its write."""
TROUBLE = ((503, 0.10), ("apply-then-drop", 0.05), ("hang", 0.02))


def load() -> list[Figure]:
    with world() as here:
        return [
            *idle(here),
            *at_once(here, one_by_one(50, over_s=0.0)),
            *a_minute_of_thirty(here, one_by_one(30, over_s=MINUTE_S)),
            *a_minute_of_six_hundred(here),
            *with_trouble(here),
            *with_sorting(here),
            *two_thousand(here),
        ]


def idle(here: World) -> list[Figure]:
    """One partner, nobody else."""
    here.fresh()
    waits = [wait for chat in crowd.chats(0, 5) for wait in here.load(f"idle{chat}", [chat], over_s=0).observed.waits()]
    return [
        Figure(
            what="1 message, idle: time over the model, median of five",
            measured=median(waits) - MODEL_S,
            bound=2 * SHEETS_S + 0.15,
            unit="s",
        )
    ]


def at_once(here: World, naive: Naive) -> list[Figure]:
    here.fresh()
    result = here.load("once", crowd.chats(10, 50), over_s=0.1)
    writes = len(result.observed.calls["writes"]) / result.sent
    return [
        *_all_there("50 messages at once", result, naive=naive),
        Figure(what="50 messages at once: writes a message", measured=writes, bound=0.1, naive=f"{naive.writes:.2f}"),
        _p95("50 messages at once", result, naive=naive),
    ]


def a_minute_of_thirty(here: World, naive: Naive) -> list[Figure]:
    here.fresh()
    result = here.load("thirty", crowd.chats(100, 30), over_s=MINUTE_S)
    return [
        *_all_there("30 partners in a minute", result, naive=naive, predecessor="20 of 30 lost"),
        _p95("30 partners in a minute", result, naive=naive),
    ]


def a_minute_of_six_hundred(here: World) -> list[Figure]:
    here.fresh()
    what = "600 partners in a minute"
    result = here.load("many", crowd.chats(200, 600), over_s=MINUTE_S)
    return [
        *_all_there(what, result),
        *_quota(what, result),
        _p95(what, result, bound=MODEL_S + 2),
        Figure(
            what=f"{what}: kB read a message",
            measured=result.bytes_read / result.sent / 1000,
            bound=20,
            unit="kB",
            predecessor="34,000 kB",
        ),
        Figure(what=f"{what}: CPU of the function a message", measured=result.cpu_s / result.sent * 1000, unit="ms"),
    ]


def with_trouble(here: World) -> list[Figure]:
    here.fresh()
    what = "600 with 10 % 503, 5 % applied and dropped, 2 % hang"
    faults = [{"service": "sheets", "match": ".*", "action": action, "rate": rate} for action, rate in TROUBLE]
    here.playground.control("PUT", "faults", faults)
    result = here.load("trouble", crowd.chats(800, 600), over_s=MINUTE_S)
    return [*_all_there(what, result), _p95(what, result, bound=MODEL_S + 15)]


def with_sorting(here: World) -> list[Figure]:
    here.fresh()
    result = here.load("sorted", crowd.chats(1_400, 600), over_s=MINUTE_S, meanwhile=SortingPeople(here.playground))
    what = "600 and a sort every 5 s"
    hit = Figure(what=f"{what}: cells hit in another row, and put back", measured=result.stray_cells, bound=STRAY_CELLS)
    return [*_all_there(what, result), hit, _p95(what, result)]


def two_thousand(here: World) -> list[Figure]:
    """A tenth of them open a new appeal."""
    here.fresh(instances=2)
    what = "2,000 in a minute, two instances"
    result = here.load("crowd", crowd.chats(200, 2_000), over_s=MINUTE_S, patience_s=200)
    turned_away = sum(count for text, count in result.observed.texts.items() if texts.INVITATION.startswith(text[:40]))
    return [
        *_all_there(what, result),
        Figure(what=f"{what}: the last answered after", measured=result.took_s, bound=180, unit="s"),
        Figure(what=f"{what}: told to authorise", measured=turned_away, bound=0, predecessor="2 of 3"),
        *_quota(what, result),
    ]


def _all_there(what: str, result: Result, *, naive: Naive | None = None, predecessor: str = "") -> list[Figure]:
    journal = result.journal
    missing = f"{naive.lost} of {result.sent} lost" if naive else ""
    return [
        Figure(what=f"{what}: not answered", measured=result.observed.unanswered(), bound=0, naive=missing),
        Figure(what=f"{what}: not journaled", measured=journal.lost, bound=0, naive=missing, predecessor=predecessor),
        Figure(
            what=f"{what}: journaled twice, or in a wrong row",
            measured=journal.doubled + journal.in_a_wrong_row,
            bound=0,
        ),
    ]


def _quota(what: str, result: Result) -> list[Figure]:
    return [
        Figure(what=f"{what}: {kind} in any 60 s", measured=result.observed.most_in_a_minute(kind), bound=QUOTA)
        for kind in ("reads", "writes")
    ]


def _p95(what: str, result: Result, *, bound: float = float("inf"), naive: Naive | None = None) -> Figure:
    shown = f"{naive.p95_s:.1f} s" if naive else ""
    return Figure(what=f"{what}: p95", measured=p95(result.observed.waits()), bound=bound, unit="s", naive=shown)
