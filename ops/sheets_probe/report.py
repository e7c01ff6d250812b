"""An assumption as a line of the table: does it hold, what is it, what was seen, and what the bot does where not."""

from __future__ import annotations

from ops.sheets_probe import texts
from ops.sheets_probe.tab import Seen


def line(name: str, seen: Seen) -> str:
    assumption, otherwise = texts.ASSUMPTIONS[name]
    said = " ".join(seen.said.split())
    if seen.holds is None:
        return f"{texts.UNANSWERED}  {assumption} · {texts.NO_ANSWER}: {said}"
    first = f"{texts.HOLDS if seen.holds else texts.FAILS}  {assumption} · {texts.SEEN}: {said or '—'}"
    return first if seen.holds else f"{first}\n     {texts.OTHERWISE}: {otherwise}"
