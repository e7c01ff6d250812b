"""How Google fails, in the words of the ports; its refusals by what they mean for rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from shared.adapters.logging import gist
from shared.ports import Refused, Unavailable

BEYOND = ("exceeds grid limits", "beyond the last requested", "outside the dimensions")
_ROWS = re.compile(r"Max rows: (\d+)")
NO_SHEET = "No grid with id"
UNKNOWN_TITLE = "Unable to parse range"
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


class UnknownTitle(Denied):
    """400: no tab has this title any more."""


class MarkStands(Denied):
    """A mark (marks.py) of this batch stands already, or there is no room for it: nothing of the batch was done."""


class QuotaSpent(Unavailable):
    """429: nothing was done; safe to repeat later."""


def done(call: Callable[[], Any]) -> Any:
    """The call's result, its failures in the words of the ports."""
    import requests
    from google.auth.exceptions import GoogleAuthError
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
        raise _refusal(status, message)(f"sheets: {status} {message}") from None
    except requests.RequestException as error:
        raise Unavailable(f"sheets: {type(error).__name__}") from None
    except GoogleAuthError as error:
        raise Unavailable(f"sheets: {type(error).__name__}") from None


def _refusal(status: int, message: str) -> type[Denied]:
    if status == 400 and NO_SHEET in message:
        return NoSheet
    if status == 400 and UNKNOWN_TITLE in message:
        return UnknownTitle
    if status == 400 and any(text in message for text in BEYOND):
        return OutOfGrid
    return MarkStands if ABOUT_METADATA in message else Denied
