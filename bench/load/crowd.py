"""Partners by the thousand, logged in, with an open appeal of 5 kB each: written into the workbooks before the load."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx2

from playground.testing import PlaygroundClient
from shared.adapters.sheets.journal.new_rows import cells_of_new
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import ids
from shared.domain.access import AUTHORISED
from shared.domain.appeals import Appeal, Edit, NewAppeal, opened
from shared.domain.history import Author, Line
from shared.domain.status import Status
from shared.domain.trace import Trace

FIRST_CHAT = 800_000_000
HISTORY_BYTES = 5_000
ROWS_A_CALL = 250
AUTHORISATION_WIDTH = 6
OPENED = datetime(2026, 10, 1, 9, 0)
OPENED_SECOND = 1_790_834_400
ASKED = "Где взять логотип компании для наружной рекламы и в каком формате его отправлять в типографию?"
ANSWERED = "Логотип в SVG, PNG и PDF лежит в кабинете, раздел «Фирменный стиль». Для печати берите PDF."


def chats(first: int, count: int) -> list[int]:
    return [FIRST_CHAT + number for number in range(first, first + count)]


def settle(
    playground: PlaygroundClient, *, partners: int, with_appeal: int, history_bytes: int = HISTORY_BYTES
) -> None:
    """Write `partners` rows below the Authorisation tab, and open appeals of the first `with_appeal` chats."""
    append(playground, "authorisation", [_login(chat) for chat in chats(0, partners)])
    append(playground, "appeals", [_row(_appeal(chat, history_bytes)) for chat in chats(0, with_appeal)])


def append(playground: PlaygroundClient, spreadsheet: str, rows: Sequence[Sequence[str]]) -> None:
    """Below what stands in the first tab, with the tools' token: outside quota and counters."""
    info = playground.control("GET", "info")
    book = info["spreadsheets"][spreadsheet]
    url = f"{playground.base_url}/google/v4/spreadsheets/{book}"
    with httpx2.Client(headers={"Authorization": f"Bearer {info['access_token']}"}, timeout=120) as google:
        title = info["tabs"][book][0]
        next_row = len(playground.view(spreadsheet)) + 2
        _ok(google.post(f"{url}:batchUpdate", json={"requests": [_longer(google, url, next_row + len(rows))]}))
        for start in range(0, len(rows), ROWS_A_CALL):
            values = rows[start : start + ROWS_A_CALL]
            place = f"'{title}'!A{next_row + start}"
            _ok(google.put(f"{url}/values/{place}?valueInputOption=RAW", json={"values": values}))


def _longer(google: httpx2.Client, url: str, rows: int) -> object:
    fields = "sheets.properties(sheetId,gridProperties.rowCount)"
    tab = _ok(google.get(url, params={"fields": fields})).json()["sheets"][0]["properties"]
    missing = max(1, rows + 100 - tab["gridProperties"]["rowCount"])
    return {"appendDimension": {"sheetId": tab.get("sheetId", 0), "dimension": "ROWS", "length": missing}}


def _ok(answer: httpx2.Response) -> httpx2.Response:
    if answer.is_error:
        raise AssertionError(f"{answer.request.url}: {answer.status_code} {answer.text}")
    return answer


def _login(chat: int) -> list[str]:
    number = chat - FIRST_CHAT
    return [f"7{number:05d}", f"Партнёр {number}", f"+79{number:09d}", AUTHORISED, str(chat), "01.10.2026 09:00"]


def _appeal(chat: int, history_bytes: int) -> Appeal:
    code, name, phone, *_ = _login(chat)
    lines: list[Line] = []
    size = 0
    while size < history_bytes:
        at = OPENED + timedelta(minutes=5 * len(lines))
        lines += [Line(at=at, author=name, text=ASKED), Line(at=at, author=Author.ASSISTANT, text=ANSWERED)]
        size += sum(len(line.written().encode()) + 1 for line in lines[-2:])
    edit = Edit(at=lines[-1].at, lines=tuple(lines), status=Status.ANSWERED, trace=Trace())
    draft = NewAppeal(id=ids.appeal_id(chat, 1, OPENED_SECOND), chat=chat, code=code, phone=phone, name=name, edit=edit)
    return opened(draft, "seeded")


def _row(appeal: Appeal) -> list[str]:
    """In the order of a fresh sheet's columns."""
    cells = cells_of_new(appeal)
    return [cells.get(column, "") for column in AppealColumn]
