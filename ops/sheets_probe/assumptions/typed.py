"""What findReplace leaves in a cell: text, or something that Sheets made of it as if it had been typed?"""

from __future__ import annotations

from collections.abc import Sequence

from ops.sheets_probe.tab import Column, Seen, Tab, whole
from shared.adapters.sheets.calls.transport import Request
from shared.adapters.sheets.journal import guard

LIKE_NUMBERS = ("=1+1", "'одна кавычка", "00123", "+79120000000", "22.11.2026", "ИСТИНА", "1e5", "2026-11-22 14:03:00")
OWN = ("Передано специалисту", "—", "› 00123", 'v1 x7f3k2 {"h":"","u":[]}', "доставлено 14:03 · Иванов")


async def text_format_keeps_text(tab: Tab) -> Seen:
    """In a column of text format the result stays text, whatever it looks like."""
    rows = await tab.rows(*(tab.new_values(question=f"было {n}") for n in range(len(LIKE_NUMBERS))))
    return await _replaced(tab, rows, LIKE_NUMBERS)


async def own_values_stay_text(tab: Tab) -> Seen:
    """The bot's own values stay text in a cell without that format too."""
    rows = tab.skip(len(OWN))
    requests: list[Request] = []
    for n, row in enumerate(rows):
        requests += guard.placed({Column.QUESTION: f"было {n}"}, sheet=tab.sheet, row=row, columns=tab.columns)
    await tab.done(*requests)
    return await _replaced(tab, rows, OWN)


async def _replaced(tab: Tab, rows: Sequence[int], wanted: Sequence[str]) -> Seen:
    requests: list[Request] = []
    for n, (row, text) in enumerate(zip(rows, wanted, strict=True)):
        cell = whole(Column.QUESTION, f"было {n}", text)
        requests += guard.requests_of([cell], sheet=tab.sheet, row=row, columns=tab.columns)
    await tab.done(*requests)
    shown = await tab.texts(rows, Column.QUESTION)
    kept = tab.kept(rows[0], rows[-1], Column.QUESTION)
    wrong = [
        f"{text} → {now}"
        for text, now, value in zip(wanted, shown, kept, strict=True)
        if now != text or value != {"stringValue": text}
    ]
    return Seen(holds=not wrong, said=", ".join(wrong) or f"{len(wanted)}")


ALL = (text_format_keeps_text, own_values_stay_text)
