"""initData: who it lets in, and with which code it turns everybody else away."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest
from telegram_webapp_auth.auth import TelegramAuthenticator, generate_secret_key

from shared.domain.identity import IdentityError, IdentityFault, identify, shared_phone

TOKEN = "123456:" + "A" * 35
NOW = 1_795_000_000


def signed(fields: dict[str, str], token: str = TOKEN) -> str:
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    check = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    return urlencode({**fields, "hash": hmac.new(secret, check.encode(), hashlib.sha256).hexdigest()})


def fields(**more: str) -> dict[str, str]:
    user = json.dumps({"id": 501, "first_name": "Анна", "language_code": "ru"}, ensure_ascii=False)
    return {"auth_date": str(NOW - 60), "query_id": "AAE", "user": user, "signature": "c2ln", **more}


def fault_of(init_data: str, now: float = NOW) -> IdentityFault:
    with pytest.raises(IdentityError) as caught:
        identify(init_data, bot_token=TOKEN, now=now)
    return caught.value.fault


def test_a_signed_user_is_known() -> None:
    """`signature` is part of what is signed, blank values count; the public library agrees."""
    init_data = signed(fields(start_param="", chat_instance="1"))
    assert identify(init_data, bot_token=TOKEN, now=NOW).chat == 501
    assert TelegramAuthenticator(generate_secret_key(TOKEN)).validate(init_data).auth_date == NOW - 60


def test_a_field_that_telegram_adds_to_its_user_locks_nobody_out() -> None:
    """Unknown fields are Telegram's business."""
    user = json.dumps({"id": 501, "first_name": "Анна", "is_frobnicated": True})
    assert identify(signed(fields(user=user)), bot_token=TOKEN, now=NOW).chat == 501


def test_each_refusal_has_its_own_code() -> None:
    """Missing, forged, doubled, expired."""
    good = signed(fields())
    assert fault_of("") is IdentityFault.MISSING
    assert fault_of(good.replace("501", "502")) is IdentityFault.FORGED
    assert fault_of(signed(fields(), token="654321:" + "B" * 35)) is IdentityFault.FORGED
    assert fault_of("just text") is IdentityFault.FORGED
    assert fault_of(good + "&auth_date=1") is IdentityFault.DOUBLED
    assert fault_of(good, now=NOW + 24 * 3600 + 1) is IdentityFault.EXPIRED
    assert fault_of(good, now=NOW - 3600) is IdentityFault.EXPIRED


def test_a_signed_body_without_a_user_is_forged() -> None:
    """The signature alone does not make somebody."""
    assert fault_of(signed({"auth_date": str(NOW)})) is IdentityFault.FORGED


def contact(user: int = 501, phone: str = "79123456789") -> str:
    card = json.dumps({"user_id": user, "phone_number": phone, "first_name": "Анна"})
    return signed({"auth_date": str(NOW - 60), "contact": card})


def test_a_shared_phone_is_the_accounts_own() -> None:
    """Signed by Telegram and of the same account; anybody else's is forged."""
    assert shared_phone(contact(), chat=501, bot_token=TOKEN, now=NOW) == "+79123456789"
    for forged in (contact(user=502), contact().replace("912", "913"), signed(fields()), "x=1"):
        with pytest.raises(IdentityError):
            shared_phone(forged, chat=501, bot_token=TOKEN, now=NOW)
