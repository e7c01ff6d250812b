"""One call of the Bot API: found, checked, carried out, counted and noted."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from playground.telegram.account import PREVIEW, Account, Counts
from playground.telegram.errors import ApiError, Json, not_emulated
from playground.telegram.methods import (
    albums,
    answering,
    asking,
    copying,
    editing,
    presenting,
    receiving,
    sending,
    touching,
)
from playground.telegram.methods.receiving import Described
from playground.telegram.schema.decode import decode
from playground.telegram.schema.methods import METHODS, canonical
from playground.telegram.schema.requests import RawCall

_MODULES = (sending, albums, copying, editing, touching, answering, asking, presenting, receiving)
HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    name: handler for module in _MODULES for name, handler in module.HANDLERS.items()
}


class BotApi:
    def __init__(self, account: Account, counts: Counts) -> None:
        self._account = account
        self._counts = counts

    async def call(self, name: str, raw: RawCall, *, via: str) -> tuple[int, Json]:
        """HTTP status and body. `via` says for the event log how the call came: `call` or `webhook answer`."""
        method = canonical(name)
        preview = str(raw.typed.get("text", raw.text.get("text", "")))[:PREVIEW]
        note: Json = {"via": via, "chat": raw.typed.get("chat_id", raw.text.get("chat_id"))}
        note |= {"text": preview} if preview else {}
        try:
            result = await self._carried_out(method, raw)
        except ApiError as error:
            self._counts.refused[error.code] += 1
            what = method or name[:PREVIEW]
            self._account.kernel.events.record(
                "telegram", what, status=error.code, error=error.description[:200], **note
            )
            return error.code, error.body()
        self._account.kernel.events.record("telegram", method or "", status=200, **note)
        if isinstance(result, Described):
            return 200, {"ok": True, "result": result.result, "description": result.description}
        return 200, {"ok": True, "result": result}

    async def _carried_out(self, method: str | None, raw: RawCall) -> Any:
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        self._counts.calls[method] += 1
        if method not in METHODS:
            raise not_emulated(f"method {method}")
        result = HANDLERS[method](self._account, decode(METHODS[method], raw))
        return await result if inspect.isawaitable(result) else result
