"""Data that Telegram signs for a Mini App (core.telegram.org/bots/webapps, «Validating data»)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from playground.telegram.chats.people import User
from playground.telegram.errors import Json


def signed(token: str, fields: Mapping[str, str]) -> str:
    """A query string of `fields` and their `hash`: HMAC-SHA256 over the sorted fields, one a line."""
    secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    digest = hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": digest}, quote_via=quote, safe="")


def init_data(token: str, user: User, *, query_id: str, auth_date: int, start_param: str, signature: str) -> str:
    """initData as a Mini App gets it; `signature` is part of what is hashed and nobody here can verify it."""
    person = user.as_json() | {"allows_write_to_pm": user.started and not user.blocked}
    del person["is_bot"]
    fields = {"query_id": query_id, "user": _compact(person), "auth_date": str(auth_date)}
    if start_param:
        fields["start_param"] = start_param
    return signed(token, fields | {"signature": signature})


def shared_contact(token: str, user: User, *, phone: str, auth_date: int) -> str:
    """What `requestContact` hands to a Mini App when the person agrees."""
    contact = {"user_id": user.id, "phone_number": phone, "first_name": user.first_name}
    if user.last_name:
        contact["last_name"] = user.last_name
    return signed(token, {"contact": _compact(contact), "auth_date": str(auth_date)})


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
