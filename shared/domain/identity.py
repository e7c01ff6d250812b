"""Who speaks in the Mini App: the signature of Telegram's initData.

Ours and not a library's, because each refusal needs its own code, the clock is passed in, and a field that Telegram
adds to its user must not lock every partner out. The tests compare it with `telegram-webapp-auth`.
https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl

MAX_AGE_S = 24 * 3600
CLOCK_SKEW_S = 300


class IdentityFault(StrEnum):
    MISSING = "identity_missing"
    FORGED = "identity_forged"
    DOUBLED = "identity_doubled"
    EXPIRED = "identity_expired"


class IdentityError(Exception):
    """Carries what is wrong with the initData, never the initData or a hash."""

    def __init__(self, fault: IdentityFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`chat` is the Telegram user's id, which is also the id of the private chat with the bot."""

    chat: int


def identify(init_data: str, *, bot_token: str, now: float) -> Identity:
    """The person behind an initData string. `now` in epoch seconds. Raises IdentityError."""
    fields = _signed_fields(init_data, bot_token)
    try:
        user = json.loads(fields["user"])
        identity = Identity(chat=int(user["id"]))
    except (KeyError, TypeError, ValueError):
        raise IdentityError(IdentityFault.FORGED) from None
    _check_age(fields, now)
    return identity


def shared_phone(contact: str, *, chat: int, bot_token: str, now: float) -> str:
    """The phone that the account itself shared in the Mini App (`requestContact`), as Telegram signed it.

    Raises IdentityError, also when it is somebody else's contact.
    """
    fields = _signed_fields(contact, bot_token)
    try:
        card = json.loads(fields["contact"])
        owner, phone = int(card["user_id"]), str(card["phone_number"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise IdentityError(IdentityFault.FORGED) from None
    if owner != chat:
        raise IdentityError(IdentityFault.FORGED)
    _check_age(fields, now)
    return phone if phone.startswith("+") else f"+{phone}"


def _signed_fields(signed: str, bot_token: str) -> dict[str, str]:
    if not signed:
        raise IdentityError(IdentityFault.MISSING)
    try:
        pairs = parse_qsl(signed, keep_blank_values=True, strict_parsing=True, max_num_fields=50)
    except ValueError:
        raise IdentityError(IdentityFault.FORGED) from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise IdentityError(IdentityFault.DOUBLED)
    if not hmac.compare_digest(_signature(fields, bot_token).encode(), fields.get("hash", "").encode()):
        raise IdentityError(IdentityFault.FORGED)
    return fields


def _check_age(fields: dict[str, str], now: float) -> None:
    try:
        age = now - int(fields["auth_date"])
    except (KeyError, ValueError):
        raise IdentityError(IdentityFault.FORGED) from None
    if not -CLOCK_SKEW_S <= age <= MAX_AGE_S:
        raise IdentityError(IdentityFault.EXPIRED)


def _signature(fields: dict[str, str], bot_token: str) -> str:
    secret = hmac.digest(b"WebAppData", bot_token.encode(), hashlib.sha256)
    signed = "\n".join(f"{key}={fields[key]}" for key in sorted(fields) if key != "hash")
    return hmac.digest(secret, signed.encode(), hashlib.sha256).hex()
