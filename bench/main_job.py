"""What one partner and one specialist wait for, and what it costs in calls to Sheets."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bench.table import Figure, p95
from playground.testing import Json, Partner, PlaygroundClient, running_playground

MODEL_S = 3.0
REPLIES = 20
PARTNERS = 5


def main_job() -> list[Figure]:
    with running_playground() as playground:
        partners = [playground.partner(index) for index in range(PARTNERS)]
        for partner in partners:
            playground.log_in(partner)
            ask(playground, partner, 0)
        return [*warm_message(playground, partners[0]), together(playground, partners), replies(playground, partners)]


def warm_message(playground: PlaygroundClient, partner: Partner) -> list[Figure]:
    """A message of a partner whose appeal is open, everything cached."""
    before = calls(playground)
    ask(playground, partner, 1)
    after = calls(playground)
    reads, writes = (float(after[kind] - before[kind]) for kind in ("reads", "writes"))
    return [
        Figure(what="warm message: Sheets reads", measured=reads, bound=1, unit="", predecessor="5"),
        Figure(what="warm message: Sheets writes", measured=writes, bound=1, unit="", predecessor="3"),
    ]


def together(playground: PlaygroundClient, partners: list[Partner]) -> Figure:
    """Five partners in the same moment; the model takes three seconds."""
    playground.control("PUT", "settings", {"openai_latency_ms": int(MODEL_S * 1000)})
    with ThreadPoolExecutor(len(partners)) as pool:
        waited = list(pool.map(lambda partner: ask(playground, partner, 2), partners))
    playground.control("PUT", "settings", {"openai_latency_ms": 0})
    return Figure(
        what=f"{len(partners)} partners at once, model {MODEL_S:.0f} s: the last over the model",
        measured=max(waited) - MODEL_S,
        bound=1.0,
        unit="s",
        predecessor="3.2 to 27.9 s",
    )


def replies(playground: PlaygroundClient, partners: list[Partner]) -> Figure:
    """From the edit in the sheet to the message in the chat, Sheets taking 100 ms a call."""
    playground.control("PUT", "settings", {"sheets_latency_ms": 100})
    waited = []
    for number in range(REPLIES):
        partner = partners[number % len(partners)]
        [row] = [row for row in playground.view("appeals") if row["Telegram ID"] == str(partner.user)]
        started = time.monotonic()
        text = f"Ответ номер {number}"
        playground.edit("appeals", f"Обращения!G{row['']}", [[text]])
        playground.wait_for(partial(said, playground, partner.user, text))
        waited.append(time.monotonic() - started)
    playground.control("PUT", "settings", {"sheets_latency_ms": 0})
    return Figure(what="sheet edit → partner, p95", measured=p95(waited), bound=2.0, unit="s", predecessor="up to 60 s")


def ask(playground: PlaygroundClient, partner: Partner, number: int) -> float:
    """Ask a question of the knowledge base; seconds until its answer is in the chat."""
    entry = playground.view("appeals", "База знаний")[number]
    started = time.monotonic()
    playground.say(partner.user, entry["Вопрос"])
    playground.wait_for(lambda: said(playground, partner.user, entry["Ответ"]))
    return time.monotonic() - started


def calls(playground: PlaygroundClient) -> dict[str, int]:
    return dict(playground.control("GET", "stats")["sheets"])


def said(playground: PlaygroundClient, user: int, part: str) -> Json | None:
    messages = reversed(playground.messages(user))
    return next((m for m in messages if m["from"] == "bot" and part in (m["text"] or "")), None)
