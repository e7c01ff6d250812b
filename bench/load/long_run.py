"""Thousands of messages through one instance: what stays in its memory."""

from __future__ import annotations

from bench.load import crowd
from bench.load.world import world
from bench.table import Figure

ROUND = 1_000
ROUNDS = 5
GROWTH_MB = 15


def long_run() -> list[Figure]:
    """As fast as the gateway lets them: neither Google nor the model takes any time."""
    with world() as here:
        here.fresh()
        here.playground.control("PUT", "settings", {"sheets_latency_ms": 0, "openai_latency_ms": 0})
        memory, unanswered = [], 0
        for number in range(ROUNDS):
            chats = crowd.chats(number % 2 * ROUND, ROUND)
            result = here.load(f"round{number}", chats, over_s=20, patience_s=200)
            unanswered += result.observed.unanswered()
            memory.append(here.memory_mb())
    messages = f"{ROUND * ROUNDS:,} messages"
    return [
        Figure(what=f"{messages}: not answered", measured=unanswered, bound=0),
        Figure(what=f"memory after {messages}", measured=memory[-1], unit="MB"),
        Figure(what=f"its growth since {ROUND:,}", measured=memory[-1] - memory[0], bound=GROWTH_MB, unit="MB"),
    ]
