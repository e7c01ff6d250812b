"""Taking back: a person's last change, or everything since a moment."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from playground.sheets.errors import invalid
from playground.sheets.journal import Change, Entry
from playground.sheets.model import Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.places import Body, Done

_UNDOABLE: WeakKeyDictionary[Spreadsheet, list[Change]] = WeakKeyDictionary()
KEPT = 100


def remember(book: Spreadsheet, change: Change | None) -> None:
    """A person's change, to be undone later."""
    if change is not None:
        kept = _UNDOABLE.setdefault(book, [])
        kept.append(change)
        del kept[:-KEPT]


def undo(book: Spreadsheet, body: Body) -> Done:
    """Take back the last change made by a person; what others wrote elsewhere meanwhile stays."""
    places.only(body)
    kept = _UNDOABLE.get(book)
    if not kept:
        raise invalid("there is nothing to undo")
    change = kept.pop()
    for entry in reversed(change.entries):
        _take_back(book, change, entry)
    return Done(told={"of": change.at}, undoable=False)


def _take_back(book: Spreadsheet, change: Change, entry: Entry) -> None:
    if isinstance(entry.key, int):
        book.journal.set_cell(entry.owner, entry.key, entry.old)
        return
    now = getattr(entry.owner, entry.key)
    after = change.after[id(entry.owner), entry.key]
    match entry.key:
        case "rows" | "columns":
            value: Any = _merged(entry.old, after, now)
        case "cells":
            value = _merged_cells(entry.old, after, now)
        case "row_count":
            value = now - (after - entry.old)
        case _:
            value = entry.old
    book.journal.set(entry.owner, entry.key, value)


def _merged(old: list[Any], after: list[Any], now: list[Any]) -> list[Any]:
    """The old order, without what is deleted since, and with what came since."""
    present, known = {id(item) for item in now}, {id(item) for item in after}
    before = {id(item) for item in old}
    kept = [item for item in old if id(item) in present or id(item) not in known]
    added = [(place, item) for place, item in enumerate(now) if id(item) not in known and id(item) not in before]
    shift = len(old) - len(after)
    for place, item in added:
        kept.insert(max(place + shift, 0), item)
    return kept


def _merged_cells(old: list[Any], after: list[Any], now: list[Any]) -> list[Any]:
    """Only the cells that the change moved; the rest of the row is as it is now."""
    if len(old) != len(after):
        return old
    padded = [*now, *[None] * (len(old) - len(now))]
    moved = [was if was is not then else new for was, then, new in zip(old, after, padded, strict=False)]
    return [*moved, *padded[len(old) :]]


def restore(book: Spreadsheet, body: Body) -> Done:
    """An earlier version: before the last `steps` changes of anybody (1), or as it stood `at` (seconds)."""
    places.only(body, "at", "steps")
    changes = list(book.journal.changes)
    if body.get("at") is not None:
        moment = body["at"]
        if isinstance(moment, bool) or not isinstance(moment, int | float):
            raise invalid(f"at: seconds since 1970 are needed, got {moment!r}")
        later = [change for change in changes if change.at > moment]
    else:
        later = changes[-places.whole(body, "steps", 1) :]
    if len(later) == len(changes) and book.journal.forgotten:
        raise invalid("that version is older than what is kept")
    for change in reversed(later):
        book.journal.replay(reversed(change.entries))
    return Done(answer={"changes": len(later)}, told={"changes": len(later)}, undoable=False)
