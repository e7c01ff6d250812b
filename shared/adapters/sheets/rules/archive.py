"""«Архив»: the bot makes it when it is needed, so a tab that stands there has to be one that the bot can write to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.adapters.sheets.rules.header import doubled
from shared.adapters.sheets.tables import PEOPLES_OWN, AppealColumn, TabTitle
from shared.domain import problem_texts as texts
from shared.domain.problems import Problem

NEEDED = tuple(column.value for column in AppealColumn if column not in PEOPLES_OWN)


def archive_problems(header: Sequence[str]) -> Iterator[Problem]:
    missing = [title for title in NEEDED if title not in header]
    if len(missing) == len(NEEDED):
        yield Problem(tab=TabTitle.ARCHIVE, text=texts.ARCHIVE_TAKEN)
        return
    if missing:
        yield Problem(tab=TabTitle.ARCHIVE, text=texts.archive_lacks(missing))
    for title in NEEDED:
        if header.count(title) > 1:
            yield doubled(TabTitle.ARCHIVE, header, title, texts.archive_doubled, mild=False)
