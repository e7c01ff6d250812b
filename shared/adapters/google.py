"""The identity towards Google: a service account's key where one is given, else the function's own."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any


def credentials(key_json: str | None, scopes: Sequence[str]) -> Any:
    """Return google-auth credentials with a token of their own.

    Raises ValueError where the key is no key; its content is not in the message.
    """
    if not key_json:
        import google.auth

        found, _ = google.auth.default(scopes=list(scopes))
        return found
    return _account(key_json).with_scopes(list(scopes))


@functools.cache
def _account(key_json: str) -> Any:
    """Credentials without scopes. The key is read once: checking its primes takes longer than a call's work."""
    from google.oauth2 import service_account

    try:
        info = json.loads(key_json)
        return service_account.Credentials.from_service_account_info(info)  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("GCP_SA_JSON is not the JSON key of a service account") from None
