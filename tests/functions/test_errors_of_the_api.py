"""What a person reads in the Mini App where nothing can be done there."""

from __future__ import annotations

import json

import pytest
from starlette.requests import Request
from starlette.responses import Response

from shared.adapters.answering import answered
from shared.adapters.logging import JsonLog
from shared.adapters.web import Fault, HttpError
from shared.domain import texts
from shared.domain.identity import IdentityFault
from shared.ports import Refused, Unavailable

CONTACT = "8 800 000-00-00"
EXPIRED = texts.NOT_IDENTIFIED["identity_expired"]


async def message_of(error: Exception, contact: str) -> str:
    async def route(_: Request) -> Response:
        raise error

    request = Request({"type": "http", "method": "GET", "path": "/api/me", "headers": [], "query_string": b""})
    answer = await answered(request, route, JsonLog(function="telegram-webhook"), lambda: contact)
    return str(json.loads(bytes(answer.body))["error"]["message"])


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (Unavailable("sheets: 503"), texts.UNAVAILABLE),
        (Refused("sheets: 400"), texts.UNAVAILABLE),
        (ValueError("a fault of ours"), texts.FAILED),
        (HttpError(401, IdentityFault.EXPIRED, EXPIRED), EXPIRED),
    ],
)
async def test_the_contact_is_said(error: Exception, text: str) -> None:
    """Behind the text, where there is one."""
    assert await message_of(error, CONTACT) == f"{text}\nСвязаться с нами: {CONTACT}"
    assert await message_of(error, "") == text


async def test_who_can_mend_it_alone_reads_no_contact() -> None:
    """A path of nobody's, a code that is not complete."""
    assert await message_of(HttpError(422, Fault.INVALID, texts.INVALID_CODE), CONTACT) == texts.INVALID_CODE
