"""Whatever a partner writes is found as it was read, and stands as it was meant."""

from __future__ import annotations

from ops.sheets_probe.tab import Column, Seen, Tab, counts, whole
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.guard import Cell
from shared.domain import history

ODD = (
    "№ 7K3Q · «ёлка» — 22.11.2026",
    "~ ~* ~? почему?",
    "* звезда *",
    "скобки ( [ { не закрыты",
    "\\ обратная \\d \\n \\\\",
    "$1 и $0 и ${имя}",
    "^начало|конец$ .*",
    "\"кавычки\" 'одинарные' ”парные“",
    "😀👨‍👩‍👧 эмодзи",
    "שלום עולם справа налево",
    "неразрывный\u00a0пробел",
    "два  пробела",
    "табуляция\tвнутри",
    "й из двух знаков",
    "<b>&amp;</b>",
    "x" * 300,
)
OFTEN = 45_000


async def special_characters(tab: Tab) -> Seen:
    """As text to be found: each is found where it stands, and counts 1."""
    rows = await tab.rows(*(tab.new_values(question=text) for text in ODD))
    read = await tab.texts(rows, Column.QUESTION)
    requests = [
        request
        for row, text in zip(rows, read, strict=True)
        for request in guard.requests_of(
            [whole(Column.QUESTION, text, "найдено")], sheet=tab.sheet, row=row, columns=tab.columns
        )
    ]
    missed = [text[:30] for text, count in zip(ODD, counts(await tab.done(*requests)), strict=True) if count != 1]
    return Seen(holds=not missed, said=", ".join(missed) or f"{len(ODD)}")


async def special_replacements(tab: Tab) -> Seen:
    """As the replacement, below a head: each stands there literally."""
    rows = await tab.rows(*(tab.new_values() for _ in ODD))
    before = await tab.texts(rows, Column.HISTORY)
    wanted, requests = [], []
    for row, cell, text in zip(rows, before, ODD, strict=True):
        head = history.head_of(cell) or ""
        top = f"{head[:-6]}zzzzzz\n{text}"
        change = Cell(column=Column.HISTORY, find=head, replacement=top, whole=False)
        requests += guard.requests_of([change], sheet=tab.sheet, row=row, columns=tab.columns)
        wanted.append(cell.replace(head, top))
    await tab.done(*requests)
    after = await tab.texts(rows, Column.HISTORY)
    wrong = [text[:30] for text, now, meant in zip(ODD, after, wanted, strict=True) if now != meant]
    return Seen(holds=not wrong, said=", ".join(wrong) or f"{len(ODD)}")


async def head_of_many_lines(tab: Tab) -> Seen:
    """The head line is found in a cell of many lines, and only there: a line below that quotes it stays."""
    [row] = await tab.rows(tab.new_values())
    cell = await tab.text(row, Column.HISTORY)
    head = history.head_of(cell) or ""
    counted = await tab.guarded(row, Cell(column=Column.HISTORY, find=head, replacement="№ a\nb\nc", whole=False))
    after = await tab.text(row, Column.HISTORY)
    return Seen(holds=counted == [1] and after == cell.replace(head, "№ a\nb\nc"), said=f"{counted}")


async def a_full_history(tab: Tab) -> Seen:
    """A cell of 45,000 characters: the head is found, and nothing of the rest is lost."""
    values = tab.new_values()
    line = "\n22.11.2026 14:02 · Анна: подробности " + "ж" * 60
    full = (values[Column.HISTORY] + line * (OFTEN // len(line)))[:OFTEN]
    [row] = await tab.rows({**values, Column.HISTORY: full})
    head = history.head_of(full) or ""
    top = f"{head[:-6]}zzzzzz{line}"
    counted = await tab.guarded(row, Cell(column=Column.HISTORY, find=head, replacement=top, whole=False))
    after = await tab.text(row, Column.HISTORY)
    return Seen(holds=counted == [1] and after == full.replace(head, top), said=f"{counted}, {len(after)}")


ALL = (special_characters, special_replacements, head_of_many_lines, a_full_history)
