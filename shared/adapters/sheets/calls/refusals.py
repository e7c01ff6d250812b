"""How Google fails, in the words of the ports; its refusals by what they mean for rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from shared.adapters.logging import gist
from shared.domain import problem_texts
from shared.ports import NeedsRepair, Refused, Unavailable

BEYOND = ("exceeds grid limits", "beyond the last requested", "outside the dimensions")
_ROWS = re.compile(r"Max rows: (\d+)")
NO_SHEET = "No grid with id"
UNKNOWN_TITLE = "Unable to parse range"
PROTECTED = "protected cell"
TOO_LONG = "50000 characters"
FULL = "above the limit of 10000000 cells"
CLOSED = frozenset({401, 403, 404, 409})
"""Statuses of answers that concern the workbook, whatever was asked of it."""
KEY_REFUSED = ("invalid_grant", "invalid_client", "unauthorized_client")
"""Why a token is refused until a person gives another key. Everything else may pass."""
NO_ROOM_FOR_MARKS = "exceed the allowed storage limit"
ABOUT_METADATA = "etadata"
"""In whatever words a mark is refused that stands already, they name what it is."""


class Denied(Refused):
    """Google's words, without what they quote of the request. `rows`: how many the tab has, where they say so."""

    def __init__(self, what: str) -> None:
        super().__init__(gist(what))
        size = _ROWS.search(what)
        self.rows = int(size[1]) if size else None


class OutOfGrid(Denied):
    """400: the area lies beyond the grid, so rows were deleted since they were seen."""


class NoSheet(Denied):
    """400: the tab was deleted; one that took its name has another id."""


class Outdated(Refused):
    """Not sent: a read that came back meanwhile shows that the write was computed from what holds no more."""


class UnknownTitle(Denied):
    """400: no tab has this title any more."""


class MarkStands(Denied):
    """A mark (marks.py) of this batch exists already: nothing of the batch was done."""


class MarksFull(Denied):
    """The workbook has no room for another mark: nothing of the batch was done."""


class Protected(Denied):
    """A person protected the cells, or the whole tab, from editing."""


class TooLong(Denied):
    """A value that no cell holds: the fault of one row."""


class Full(Denied):
    """The workbook has as many cells as Google allows."""


class BookClosed(NeedsRepair):
    """Google refuses every request to the workbook: the sharing, its id or the key is not right any more."""


class QuotaSpent(Unavailable):
    """429: nothing was done; safe to repeat later."""


def done(call: Callable[[], Any]) -> Any:
    """The call's result, its failures in the words of the ports."""
    import requests
    from google.auth.exceptions import GoogleAuthError, RefreshError
    from gspread.exceptions import APIError

    try:
        return call()
    except APIError as error:
        status = error.response.status_code
        if status == 429:
            raise QuotaSpent("sheets: quota") from None
        if status >= 500:
            raise Unavailable(f"sheets: {status}") from None
        message = str(error.error.get("message", ""))
        raise _refusal(status, message) from None
    except requests.RequestException as error:
        raise Unavailable(f"sheets: {type(error).__name__}") from None
    except RefreshError as error:
        if any(reason in str(error) for reason in KEY_REFUSED):
            raise BookClosed("sheets: the key is refused", place="", problem=problem_texts.KEY_REFUSED) from None
        raise Unavailable(f"sheets: {type(error).__name__}") from None
    except GoogleAuthError as error:
        raise Unavailable(f"sheets: {type(error).__name__}") from None


def _refusal(status: int, message: str) -> Denied | BookClosed:
    said = f"sheets: {status} {message}"
    if PROTECTED in message:
        return Protected(said)
    if NO_ROOM_FOR_MARKS in message:
        return MarksFull(said)
    if ABOUT_METADATA in message:
        return MarkStands(said)
    if status in CLOSED:
        return BookClosed(gist(said), place="", problem=problem_texts.book_refused(status))
    return _of_rows(message)(said)


def _of_rows(message: str) -> type[Denied]:
    if NO_SHEET in message:
        return NoSheet
    if UNKNOWN_TITLE in message:
        return UnknownTitle
    if TOO_LONG in message:
        return TooLong
    if FULL in message:
        return Full
    return OutOfGrid if any(text in message for text in BEYOND) else Denied
