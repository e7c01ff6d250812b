"""All requests of a batch, or none of them."""

from __future__ import annotations

from playground.sheets import addresses, rendering
from playground.sheets.batch import (
    cells,
    cleaning,
    conditional,
    decoration,
    dimensions,
    filters,
    find_replace,
    groups,
    metadata,
    paste,
    properties,
    ranges,
    sheets,
    sorting,
)
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import ApiError, RequestError, invalid
from playground.sheets.masks import Mask, asks, below
from playground.sheets.model import Json, Spreadsheet

HANDLERS = (
    cells.HANDLERS
    | cleaning.HANDLERS
    | conditional.HANDLERS
    | decoration.HANDLERS
    | dimensions.HANDLERS
    | filters.HANDLERS
    | find_replace.HANDLERS
    | groups.HANDLERS
    | metadata.HANDLERS
    | paste.HANDLERS
    | properties.HANDLERS
    | ranges.HANDLERS
    | sheets.HANDLERS
    | sorting.HANDLERS
)


def batch_update(book: Spreadsheet, body: Json, mask: Mask | None) -> Json:
    """The answer to a batch. Raises ApiError; the caller takes back what was done until then."""
    requests = body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = [_reply(book, index, request) for index, request in enumerate(requests)]
    answer: Json = {"spreadsheetId": book.spreadsheet_id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = _updated(book, body, mask)
    return answer


def _reply(book: Spreadsheet, index: int, request: Json) -> Json:
    if not request:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    kind, content = next(iter(request.items()))
    handler = HANDLERS.get(kind)
    if handler is None:
        raise not_emulated(f"Invalid requests[{index}].{kind}: this request")
    try:
        reply = handler(book, content)
    except RequestError as error:
        raise invalid(f"Invalid requests[{index}].{kind}: {error}") from None
    except ApiError as error:
        raise ApiError(error.status, f"Invalid requests[{index}].{kind}: {error.message}") from None
    return {} if reply is None else {kind: reply}


def _updated(book: Spreadsheet, body: Json, mask: Mask | None) -> Json:
    texts = body.get("responseRanges")
    places = [addresses.found(book, text) for text in texts] if texts else None
    grid = bool(body.get("responseIncludeGridData"))
    if mask is None:
        return rendering.spreadsheet(book, places, grid=grid)
    if not asks(mask, "updatedSpreadsheet"):
        return {}
    inner = below(mask, "updatedSpreadsheet")
    return rendering.spreadsheet(book, places, grid=asks(inner, "sheets", "data"), mask=inner)
