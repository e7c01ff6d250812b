"""«Обращения»: whose each row is, and whether its reply can arrive. The history is not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.tables import AppealColumn as Column
from shared.domain import ids
from shared.domain import problem_texts as texts
from shared.domain.appeals import NOTHING
from shared.domain.problems import Problem
from shared.domain.status import parse_status
from shared.domain.trace import parse_trace

READ = tuple(column for column in Column if column is not Column.HISTORY)


class AppealRules:
    """Rows without an id were made by people: nothing is wrong with them unless a reply waits in one."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def problems_of(self, row: Row) -> Iterator[Problem]:
        failed = row.formula_errors(READ)
        yield from failed.values()
        if not {Column.ID, Column.CHAT} & set(failed):
            yield from self._identity(row)
        appeal, status = row.text(Column.ID), row.text(Column.STATUS)
        if (appeal or status) and parse_status(status) is None and Column.STATUS not in failed:
            yield row.problem(Column.STATUS, texts.APPEAL_STATUS)
        if not appeal and row.text(Column.REPLY) and row.text(Column.RECEIPT) in ("", NOTHING):
            yield row.problem(Column.REPLY, texts.NO_ADDRESSEE)
        if appeal and Column.TRACE not in failed and parse_trace(row.text(Column.TRACE)) is None:
            yield row.problem(Column.TRACE, texts.TRACE, mild=True)

    def _identity(self, row: Row) -> Iterator[Problem]:
        appeal, chat = row.text(Column.ID), row.text(Column.CHAT)
        if chat and ids.telegram_id(chat) is None:
            yield row.problem(Column.CHAT, texts.APPEAL_CHAT)
        if not appeal:
            return
        if ids.chat_of(appeal) is None:
            yield row.problem(Column.ID, texts.APPEAL_ID)
            return
        first = self._ids.setdefault(appeal, row.place(Column.ID))
        if first != row.place(Column.ID):
            yield row.problem(Column.ID, texts.same_appeal(first))
        if not chat:
            yield row.problem(Column.CHAT, texts.APPEAL_NO_CHAT)
        elif ids.telegram_id(chat) not in (None, ids.chat_of(appeal)):
            yield row.problem(Column.CHAT, texts.CONFUSED)
