"""One workbook: read, compared with what is wanted, and written in one batch; nothing missing, nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gspread.http_client import HTTPClient

from ops.sheets_setup import cells, columns, handled, looks, tabs, views
from ops.sheets_setup.handled import Handled
from ops.sheets_setup.place import Place, Unclear, candidates, placed
from ops.sheets_setup.step import Request, Step
from ops.sheets_setup.there import CONNECTED, TIMEOUT_S, Book, Cells, Reader
from ops.sheets_setup.wanted import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`name` stands in the workbook, so that one workbook may serve as all three. `handled`: by the tab's title."""

    name: str
    tabs: tuple[Tab, ...]
    handled: Mapping[str, Handled]


AUTHORISATION = Kind(
    name="authorisation", tabs=tabs.AUTHORISATION_BOOK, handled={tabs.AUTHORISATION.title: handled.partners}
)
APPEALS = Kind(name="appeals", tabs=tabs.APPEALS_BOOK, handled={tabs.APPEALS.title: handled.appeals})
PROMOTIONS = Kind(name="promotions", tabs=tabs.PROMOTIONS_BOOK, handled={tabs.PROMOTIONS.title: handled.promotions})


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was said of each tab under the name it has, and which tabs were left alone."""

    title: str
    said: Mapping[str, Sequence[str]]
    unclear: Sequence[Unclear]
    written: bool


def set_up(client: HTTPClient, spreadsheet: str, kind: Kind) -> Done:
    reader = Reader(client, spreadsheet)
    book = reader.book(kind.name)
    found = _found(kind, book, reader)
    unclear = [one for one in found if isinstance(one, Unclear)]
    places = _looked_into([one for one in found if isinstance(one, Place)], reader)
    steps = {place.sheet.title: list(_steps(place, kind, reader)) for place in places}
    requests = [request for of_tab in steps.values() for step in of_tab for request in step.requests]
    if not book.connected and not unclear:
        requests.append(_connected(kind))
    if requests:
        client.set_timeout(TIMEOUT_S)
        client.batch_update(spreadsheet, {"requests": requests})
    said = {title: [step.said for step in of_tab if step.said] for title, of_tab in steps.items()}
    return Done(title=book.title, said=said, unclear=unclear, written=bool(requests))


def _found(kind: Kind, book: Book, reader: Reader) -> list[Place | Unclear]:
    chosen = [(tab, candidates(tab, book)) for tab in kind.tabs]
    used = reader.used([sheet for _, sheets in chosen for sheet in sheets])
    return [placed(tab, sheets, book, used) for tab, sheets in chosen]


def _looked_into(places: Sequence[Place], reader: Reader) -> list[Place]:
    """The places with what their cells are like, and whether those that have first rows are empty."""
    standing = [place for place in places if not place.made and place.sheet.rows > 1 and place.sheet.header]
    found = reader.cells({place.sheet.id: len(place.sheet.header) for place in standing})
    return [
        replace(place, cells=found.get(place.sheet.id, Cells()), empty=_is_empty(place, reader)) for place in places
    ]


def _is_empty(place: Place, reader: Reader) -> bool:
    if not place.tab.rows or place.made:
        return place.made
    standing = [column for title, column in place.at.items() if title not in place.added]
    return not any(cell.strip() for column in reader.columns(place.sheet, standing) for cell in column)


def _steps(place: Place, kind: Kind, reader: Reader) -> Iterator[Step]:
    for missing in (columns, cells, looks, views):
        for step in missing.steps(place):
            new_tab = place.made and missing is not columns
            yield Step(said="", requests=step.requests) if new_tab else step
    if not place.made and place.tab.title in kind.handled:
        yield from kind.handled[place.tab.title](place, reader)


def _connected(kind: Kind) -> Request:
    entry = {
        "metadataKey": CONNECTED,
        "metadataValue": kind.name,
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": entry}}
