"""«Авторизация»: who may log in, and who has."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.tables import AuthorisationColumn as Column
from shared.domain import problem_texts as texts
from shared.domain.access import AUTHORISED, e164, plain_code
from shared.domain.ids import telegram_id
from shared.domain.problems import Problem


class AuthorisationRules:
    """A code may stand in several rows: only code and phone together are a login."""

    def __init__(self) -> None:
        self._logins: dict[tuple[str, str], str] = {}
        self._chats: dict[str, str] = {}

    def problems_of(self, row: Row) -> Iterator[Problem]:
        failed = row.formula_errors(Column)
        yield from failed.values()
        yield from self._login(row, failed)
        yield from self._state(row, failed)
        if row.text(Column.DATE) and Column.DATE not in failed and row.date(Column.DATE) is None:
            yield row.problem(Column.DATE, texts.LOGIN_DATE, mild=True)

    def _login(self, row: Row, failed: dict[str, Problem]) -> Iterator[Problem]:
        code, written = plain_code(row.text(Column.CODE)), row.text(Column.PHONE)
        phone = e164(written)
        if not code:
            yield row.problem(Column.CODE, texts.CODE_EMPTY)
        if phone is None and Column.PHONE not in failed:
            yield row.problem(Column.PHONE, texts.PHONE_UNREADABLE if written else texts.PHONE_EMPTY)
        if code and phone and Column.CODE not in failed:
            first = self._logins.setdefault((code, phone), row.place(Column.CODE))
            if first != row.place(Column.CODE):
                yield row.problem(Column.CODE, texts.same_login(first))

    def _state(self, row: Row, failed: dict[str, Problem]) -> Iterator[Problem]:
        status, chat = row.word(Column.STATUS), row.word(Column.CHAT)
        if Column.STATUS in failed or Column.CHAT in failed:
            return
        if status not in ("", AUTHORISED):
            yield row.problem(Column.STATUS, texts.LOGIN_STATUS)
        elif status and not chat:
            yield row.problem(Column.STATUS, texts.STATUS_WITHOUT_CHAT)
        if chat and telegram_id(chat) is None:
            yield row.problem(Column.CHAT, texts.CHAT_UNREADABLE)
        elif chat:
            first = self._chats.setdefault(chat, row.place(Column.CHAT))
            if first != row.place(Column.CHAT):
                yield row.problem(Column.CHAT, texts.same_chat(first))
            elif not status:
                yield row.problem(Column.STATUS, texts.CHAT_WITHOUT_STATUS, mild=True)
