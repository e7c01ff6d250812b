"""What went wrong with the workbooks, said to a person instead of a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable

from ops import texts
from ops.sheets_of import Connection, NoSheets
from shared.ports import BotError, Unavailable


def run(connect: Callable[[], Connection], tool: Callable[[Connection], int], *, failed: int = 1) -> int:
    """The tool's exit code; `failed`, with what to do on stderr, where the workbooks are out of reach."""
    from google.auth.exceptions import GoogleAuthError, TransportError
    from gspread.exceptions import APIError
    from requests import RequestException

    account = ""
    try:
        connection = connect()
        account = connection.account
        return tool(connection)
    except NoSheets as error:
        said = str(error)
    except APIError as error:
        said = _refusal(error.response.status_code, str(error.error.get("message", "")), account)
    except (RequestException, TransportError, Unavailable):
        said = texts.OUT_OF_REACH
    except GoogleAuthError:
        said = texts.NO_TOKEN
    except BotError as error:
        said = texts.refused(str(error))
    print(said, file=sys.stderr)
    return failed


def _refusal(status: int, message: str, account: str) -> str:
    if status == 403 and "permission" in message:
        return texts.no_right(account)
    if status == 403 and "scope" in message:
        return texts.NO_CREDENTIALS
    if status == 404:
        return texts.NOT_FOUND
    if status == 401:
        return texts.NO_TOKEN
    if status == 429:
        return texts.QUOTA
    return texts.OUT_OF_REACH if status >= 500 else texts.refused(message)
