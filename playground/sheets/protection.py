"""Who may write where."""

from __future__ import annotations

from playground.sheets.errors import RequestError
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box

LOCKED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def may_edit(book: Spreadsheet, raw: Json) -> bool:
    """Whether the one who acts now may write into the protected range; tools, the owner and its editors may."""
    actor = book.actor
    if raw.get("warningOnly") or not actor or actor == book.owner:
        return True
    editors = raw.get("editors", {})
    return actor in editors.get("users", []) or bool(editors.get("domainUsersCanEdit"))


def guard(sheet: Sheet, box: Box) -> None:
    """RequestError when a protected range stands in the way."""
    for raw in sheet.protected:
        if may_edit(sheet.book, raw):
            continue
        _, locked = sheet.book.box(raw["range"])
        if not locked.meets(box):
            continue
        free = [sheet.book.box(one)[1] for one in raw.get("unprotectedRanges", [])]
        if not any(one.covers(box) for one in free):
            raise RequestError(LOCKED)
