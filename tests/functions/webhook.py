"""The webhook's route on fakes, in this process: what Telegram posts, and the answer that it gets."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from functions.telegram_webhook import main
from shared.adapters.answering import answered
from shared.adapters.logging import JsonLog
from shared.settings import read_settings
from shared.wiring import Wired
from tests.fakes import LINK_SECRETS, World

SECRET = "a-secret-of-the-webhook"
NEEDED = (
    *("TELEGRAM_TOKEN", "OPENAI_API_KEY", "GCP_PROJECT", "SHEET_ID", "APPEALS_SHEET_ID", "PROMOTIONS_SHEET_ID"),
    *("WEB_APP_URL", "WEBHOOK_URL"),
)
SETTINGS = read_settings(
    {
        **dict.fromkeys(NEEDED, "x"),
        "ADMIN_TELEGRAM_ID": "900",
        "WEBHOOK_SECRET": SECRET,
        "LINK_SECRET": ",".join(LINK_SECRETS),
    }
)


class Webhook:
    """One instance of telegram-webhook around a world."""

    def __init__(self, world: World) -> None:
        log = JsonLog(function="telegram-webhook")
        self._wired = Wired(settings=SETTINGS, outside=world.outside(), memory=world.memory(), log=log)

    async def post(self, update: dict[str, Any], *, secret: str = SECRET, started_s_ago: float = 0) -> Response:
        """`started_s_ago`: so long the instance was starting when the update was handed to its route."""
        headers = [(b"x-telegram-bot-api-secret-token", secret.encode())]
        scope = {"type": "http", "method": "POST", "path": "/telegram", "headers": headers, "query_string": b""}
        body: Message = {"type": "http.request", "body": json.dumps(update).encode(), "more_body": False}

        async def receive() -> Message:
            return body

        request = Request(scope, receive)
        request.state.entered = time.monotonic() - started_s_ago
        return await answered(request, partial(main._routed, self._wired), self._wired.log)


def said(text: str, *, chat: int = 501, message: int = 10, date: int = 0) -> dict[str, Any]:
    """An update with a message of a private chat."""
    content = {"message_id": message, "date": date, "chat": {"id": chat, "type": "private"}, "text": text}
    return {"update_id": 9000 + message, "message": content}
