"""The Telegram emulator: the Bot API under `/bot<token>/`, files, and people's calls."""

from __future__ import annotations

import hmac
import json
import random
import re
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from playground.kernel.emulator import Kernel
from playground.telegram.account import Account, Counts
from playground.telegram.api import BotApi
from playground.telegram.chats.files import Files
from playground.telegram.chats.people import User
from playground.telegram.chats.world import World
from playground.telegram.errors import ApiError, Json, plain_error
from playground.telegram.long_poll import TERMINATED_BY_WEBHOOK
from playground.telegram.people.routes import people_routes
from playground.telegram.queries import CallbackQueries
from playground.telegram.schema.requests import read_call
from playground.telegram.webhook.answers import carry_out
from playground.telegram.webhook.attempt import Outcome
from playground.telegram.webhook.delivery import Webhook
from playground.telegram.webhook.inbox import Inbox, Update

MOST_TOKEN = 80
_TOKEN = re.compile("[1-9][0-9]{0,15}:.*", re.DOTALL)


class TelegramEmulator:
    """One bot and its people. `start` begins deliveries to the webhook, `stop` ends them and leaves no task behind."""

    def __init__(
        self, kernel: Kernel, *, token: str, bot_username: str = "marketing_partner_bot", seed: int = 1
    ) -> None:
        self.token = token
        self._kernel = kernel
        self._username = bot_username
        self._chance = random.Random(seed)
        self._counts = Counts()
        self._inbox = Inbox(self._chance)
        self._webhook = Webhook(kernel, self._inbox, self._chance)
        self._webhook.on_answer = self._on_answer
        self._account = self._fresh_account()
        self.app: ASGIApp = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
                *people_routes(lambda: self._account),
            ]
        )

    def know_user(
        self, user_id: int, *, first_name: str, last_name: str = "", username: str = "", started: bool = False
    ) -> None:
        """A person with a name; `started`: wrote to the bot before, so that it may write to him."""
        user = self._account.world.user(user_id)
        user.first_name, user.last_name, user.username, user.started = first_name, last_name, username, started

    def create_group(self, chat_id: int, title: str) -> None:
        """A group with the bot in it; ids are negative, a supergroup's below -1000000000000."""
        if chat_id >= 0:
            raise ValueError(f"the id of a group is negative, got {chat_id}")
        self._account.world.group(chat_id, title)

    def set_webhook(self, url: str, *, secret: str, max_connections: int, allowed_updates: Sequence[str] = ()) -> None:
        """As the method setWebhook; no `allowed_updates` means every kind but those that must be asked for."""
        self._account.poll.end(TERMINATED_BY_WEBHOOK)
        self._kernel.settings.max_connections = max_connections
        self._inbox.allow(allowed_updates)
        self._webhook.set(url, secret)

    def clear(self) -> None:
        """Nobody, nothing said, no webhook, nothing to deliver; what was in flight is cancelled."""
        self._webhook.remove()
        self._inbox.drop()
        self._inbox.allow(())
        self._account = self._fresh_account()

    def pending(self) -> int:
        """Updates that the bot has not acknowledged."""
        return len(self._inbox)

    def stats(self) -> dict[str, object]:
        """Calls by method since the last reset, those of webhook answers included."""
        return dict(self._counts.calls)

    def refusals(self) -> dict[int, int]:
        """Refused calls by status (429, 403, …) since the last reset."""
        return dict(self._counts.refused)

    def reset_stats(self) -> None:
        self._counts.calls.clear()
        self._counts.refused.clear()

    def error_body(self, status: int) -> bytes:
        return json.dumps(plain_error(status)).encode()

    async def start(self) -> None:
        await self._webhook.start()

    async def stop(self) -> None:
        await self._webhook.stop()

    def _fresh_account(self) -> Account:
        bot_id = int(self.token.split(":", 1)[0])
        bot = User(id=bot_id, first_name="Поддержка партнёров", username=self._username, is_bot=True)
        account = Account(
            kernel=self._kernel,
            token=self.token,
            chance=self._chance,
            world=World(bot),
            files=Files(self._chance),
            inbox=self._inbox,
            webhook=self._webhook,
            callbacks=CallbackQueries(self._chance),
        )
        self._api = BotApi(account, self._counts)
        return account

    async def _call(self, request: Request) -> Response:
        if refusal := self._refusal(request.path_params["token"]):
            return _answer(401, refusal)
        try:
            body = await request.body()
            raw = read_call(request.url.query, request.headers.get("content-type", ""), body)
        except ApiError as error:
            return _answer(error.code, error.body())
        return _answer(*await self._api.call(request.path_params["method"], raw, via="call"))

    async def _download(self, request: Request) -> Response:
        if refusal := self._refusal(request.path_params["token"]):
            return _answer(401, refusal)
        stored = self._account.files.by_path(request.path_params["path"])
        if stored is None:
            return _answer(404, plain_error(404))
        return Response(stored.read(), media_type="application/octet-stream")

    def _refusal(self, token: str) -> Json | None:
        """The body that refuses a call with this token; None for the bot's own."""
        if hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        well_formed = len(token) <= MOST_TOKEN and _TOKEN.fullmatch(token)
        return plain_error(401) if well_formed else ApiError(401, "Unauthorized: invalid token specified").body()

    async def _on_answer(self, update: Update, outcome: Outcome) -> None:
        if problem := await carry_out(self._api, outcome):
            self._kernel.events.record("telegram", "webhook answer ignored", update_id=update.update_id, error=problem)


def _answer(status: int, body: Json) -> Response:
    """JSON as Telegram writes it: everything beyond ASCII escaped, Retry-After beside `retry_after`."""
    after = body.get("parameters", {}).get("retry_after")
    headers = {"retry-after": str(after)} if after else {}
    return Response(json.dumps(body), status, headers=headers, media_type="application/json")
