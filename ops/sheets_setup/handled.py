"""What stands in filled sheets when the bot is connected counts as handled, so that nothing older is ever sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ops.sheets_setup import texts
from ops.sheets_setup.place import Place
from ops.sheets_setup.step import Request, Step, rows_of
from ops.sheets_setup.there import Reader
from shared.adapters.sheets.tables import AppealColumn, AuthorisationColumn, PromotionColumn, PromotionExtra
from shared.domain.access import AUTHORISED
from shared.domain.promotions import Sending

Handled = Callable[[Place, Reader], Iterator[Step]]


def partners(place: Place, reader: Reader) -> Iterator[Step]:
    """Who is logged in stays logged in: nothing is written, they are counted."""
    status, chat = _values(place, reader, (AuthorisationColumn.STATUS, AuthorisationColumn.CHAT))
    logged_in = sum(
        one.strip().casefold() == AUTHORISED and bool(other.strip()) for one, other in zip(status, chat, strict=True)
    )
    if logged_in:
        yield Step(said=texts.partners_kept(logged_in), requests=())


def appeals(place: Place, reader: Reader) -> Iterator[Step]:
    """Rows that the bot did not write and that were answered: their receipts say so."""
    wanted = (AppealColumn.REPLY, AppealColumn.RECEIPT, AppealColumn.ID, AppealColumn.TRACE)
    reply, *others = _values(place, reader, wanted)
    rows = [
        number
        for number, cells in enumerate(zip(reply, *others, strict=True), start=1)
        if cells[0].strip() and not any(cell.strip() for cell in cells[1:])
    ]
    if rows:
        requests = tuple(_put(place, AppealColumn.RECEIPT, rows, texts.BEFORE_CONNECTION))
        yield Step(said=texts.appeals_handled(len(rows)), requests=requests)


def promotions(place: Place, reader: Reader) -> Iterator[Step]:
    """Those that stand there when the workbook is connected; what is written later is for the partners."""
    if place.connected:
        return
    wanted = (PromotionColumn.TITLE, PromotionColumn.RELEASED, PromotionExtra.SENDING)
    title, released, sending = _values(place, reader, wanted)
    rows = [
        number
        for number, cells in enumerate(zip(title, released, sending, strict=True), start=1)
        if (cells[0].strip() or cells[1].strip()) and not cells[2].strip()
    ]
    if rows:
        requests = tuple(_put(place, PromotionExtra.SENDING, rows, Sending.NEVER))
        yield Step(said=texts.promotions_handled(len(rows)), requests=requests)


def _values(place: Place, reader: Reader, titles: Sequence[str]) -> list[list[str]]:
    """Columns as shown below the header, all of one length; a column that is still missing is empty."""
    there = [title for title in titles if title not in place.added]
    found = reader.columns(place.sheet, [place.at[title] for title in there]) if there else []
    length = len(found[0]) if found else 0
    by_title = dict(zip(there, found, strict=True))
    return [by_title.get(title, [""] * length) for title in titles]


def _put(place: Place, title: str, rows: Sequence[int], value: str) -> Iterator[Request]:
    """The value into these rows (indexes) of the column, a request for each run of them."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end] != rows[end - 1] + 1:
            cells = rows_of(place.sheet.id, place.at[title], rows[start], rows[end - 1] + 1)
            content = {"userEnteredValue": {"stringValue": value}}
            yield {"repeatCell": {"range": cells, "cell": content, "fields": "userEnteredValue"}}
            start = end
