"""Which workbooks a tool works on: those of the environment or of `.env`, else those of a running playground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ops import texts
from shared.adapters import google
from shared.adapters.sheets.calls import transport
from shared.adapters.sheets.calls.gateway import Gateway

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

IDS = ("SHEET_ID", "APPEALS_SHEET_ID", "PROMOTIONS_SHEET_ID")
PLAYGROUND_TIMEOUT_S = 5.0


class NoSheets(Exception):
    """There is nothing to work on. The message tells a person, in Russian, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A client, and the ids of the three workbooks. `label`: whose workbooks these are, for a person.

    `account`: the address that the workbooks have to be shared with, "" where it is not known.
    """

    client: HTTPClient
    api_url: str
    authorisation: str
    appeals: str
    promotions: str
    label: str
    account: str = ""

    def gateway(self) -> Gateway:
        """A gateway as the functions have it, over the same client."""
        return Gateway(transport.GspreadTransport(lambda: self.client))


def connect(environment: Mapping[str, str], scopes: Sequence[str] = transport.SCOPES) -> Connection:
    """The real workbooks when any of their ids is set, else those of the playground on PORT. Raises NoSheets."""
    if any(environment.get(name) for name in IDS):
        return _real(environment, scopes)
    return connect_playground(f"http://127.0.0.1:{environment.get('PORT', '8080')}")


def _real(environment: Mapping[str, str], scopes: Sequence[str]) -> Connection:
    from google.auth.exceptions import GoogleAuthError

    missing = [name for name in IDS if not environment.get(name)]
    if missing:
        raise NoSheets(texts.ids_missing(missing))
    try:
        credentials = google.credentials(environment.get("GCP_SA_JSON"), scopes)
    except ValueError:
        raise NoSheets(texts.BAD_KEY) from None
    except GoogleAuthError:
        raise NoSheets(texts.NO_CREDENTIALS) from None
    return _connection(
        environment.get("SHEETS_API_URL", transport.GOOGLE),
        credentials,
        {"authorisation": environment[IDS[0]], "appeals": environment[IDS[1]], "promotions": environment[IDS[2]]},
        texts.GOOGLE,
    )


def connect_playground(url: str) -> Connection:
    """Return the workbooks of the playground at *url*, with its token for tools (no quotas). Raises NoSheets."""
    import requests
    from google.oauth2.credentials import Credentials

    session = requests.Session()
    session.trust_env = False
    try:
        answer = session.get(f"{url}/control/info", timeout=PLAYGROUND_TIMEOUT_S)
        answer.raise_for_status()
        info = answer.json()
        token, ids = info["access_token"], info["spreadsheets"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        raise NoSheets(texts.nothing_there(url)) from None
    credentials = Credentials(token=token)  # type: ignore[no-untyped-call]
    return _connection(f"{url}/google", credentials, ids, texts.playground(url))


def _connection(api_url: str, credentials: Any, ids: Mapping[str, str], label: str) -> Connection:
    client = transport.connect(api_url, lambda: credentials)
    client.set_timeout(transport.LONG_TIMEOUT_S)
    return Connection(
        client=client,
        api_url=api_url,
        authorisation=ids["authorisation"],
        appeals=ids["appeals"],
        promotions=ids["promotions"],
        label=label,
        account=getattr(credentials, "service_account_email", ""),
    )
