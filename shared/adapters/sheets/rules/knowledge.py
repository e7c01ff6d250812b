"""«База знаний»: what the assistant may answer from."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.tables import KnowledgeColumn as Column
from shared.domain import problem_texts as texts
from shared.domain.knowledge import DRAFT, PUBLISHED
from shared.domain.links import is_link
from shared.domain.problems import Problem

_NEEDED = {Column.ID: texts.ENTRY_ID, Column.QUESTION: texts.ENTRY_QUESTION, Column.ANSWER: texts.ENTRY_ANSWER}


class KnowledgeRules:
    """A draft is somebody's work in hand: nothing is said about it."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def problems_of(self, row: Row) -> Iterator[Problem]:
        status = row.word(Column.STATUS)
        if status == DRAFT:
            return
        failed = row.formula_errors(Column)
        yield from failed.values()
        if status != PUBLISHED and Column.STATUS not in failed:
            yield row.problem(Column.STATUS, texts.ENTRY_STATUS)
        yield from (row.problem(column, text) for column, text in _NEEDED.items() if not row.text(column))
        entry, link = row.plain(Column.ID), row.plain(Column.LINK)
        if entry and Column.ID not in failed:
            first = self._ids.setdefault(entry, row.place(Column.ID))
            if first != row.place(Column.ID):
                yield row.problem(Column.ID, texts.same_entry(first))
        if link and Column.LINK not in failed and not is_link(link):
            yield row.problem(Column.LINK, texts.LINK, mild=True)
