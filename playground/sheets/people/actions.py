"""All a person can do, by the name of the call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.sheets.errors import ApiError, RequestError, invalid
from playground.sheets.library import Library
from playground.sheets.model import Spreadsheet
from playground.sheets.people import arranging, copying, filtering, history, importing, keyboard, viewing
from playground.sheets.people.places import Body, Done

ACTIONS: dict[str, Callable[[Spreadsheet, Body], Done]] = {
    "view": viewing.view,
    "edit": keyboard.edit,
    "clear": keyboard.clear,
    "sort": arranging.sort,
    "insert-rows": arranging.insert_rows,
    "delete-rows": arranging.delete_rows,
    "move-rows": arranging.move_rows,
    "insert-columns": arranging.insert_columns,
    "delete-columns": arranging.delete_columns,
    "move-columns": arranging.move_columns,
    "rename-tab": arranging.rename_tab,
    "copy-row": copying.copy_row,
    "cut-row": copying.cut_row,
    "filter": filtering.filter_rows,
    "replace-tab": importing.replace_tab,
    "undo": history.undo,
    "restore": history.restore,
}


def perform(library: Library, call: str, body: Mapping[str, object]) -> Done:
    """Do it. ApiError 400 or 404 says what is wrong, and nothing is changed then."""
    action = ACTIONS.get(call)
    if action is None:
        raise ApiError(404, f"people can't do {call!r}; they can {', '.join(sorted(ACTIONS))}")
    book: Spreadsheet | None = None
    try:
        book = library.named(str(body.get("spreadsheet", "")))
        book.actor = keyboard.user(body)
        done = action(book, body)
        if done.undoable:
            history.remember(book, book.commit(book.actor, personal=True))
        else:
            book.commit(book.actor)
    except RequestError as error:
        raise invalid(str(error)) from None
    finally:
        if book is not None:
            if book.journal.open:
                book.rollback()
            book.actor = ""
    done.told = {"user": keyboard.user(body), "spreadsheet": book.spreadsheet_id, **done.told}
    return done
