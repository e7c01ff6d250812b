"""How updates reach the bot: the webhook and getUpdates."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playground.telegram.account import Account
from playground.telegram.errors import ApiError, Json, bad_request, not_emulated
from playground.telegram.formatting.links import LOCAL_HOSTS
from playground.telegram.long_poll import TERMINATED_BY_WEBHOOK, raise_conflict
from playground.telegram.webhook.inbox import UPDATE_KINDS, Update

DEFAULT_CONNECTIONS = 40
MOST_CONNECTIONS = 100
MOST_UPDATES = 100
LONGEST_POLL = 50
_PORTS = (80, 88, 443, 8443)


@dataclass(frozen=True, slots=True)
class Described:
    """A result with a word to it: «Webhook was set»."""

    result: Any
    description: str


def set_webhook(account: Account, p: Json) -> Described:
    for name in ("certificate", "ip_address"):
        if name in p:
            raise not_emulated(f"{name} of setWebhook")
    if not p["url"]:
        return delete_webhook(account, p)
    _check_url(p["url"])
    secret = p.get("secret_token", "")
    _check_secret(secret)
    kinds = p.get("allowed_updates")
    _check_kinds(kinds)
    connections = max(1, min(MOST_CONNECTIONS, p.get("max_connections", DEFAULT_CONNECTIONS)))
    webhook, settings, inbox = account.webhook, account.kernel.settings, account.inbox
    same = (webhook.url, webhook.secret, settings.max_connections) == (p["url"], secret, connections)
    same = same and (kinds is None or tuple(kinds) == inbox.allowed)
    account.poll.end(TERMINATED_BY_WEBHOOK)
    settings.max_connections = connections
    if kinds is not None:
        inbox.allow(kinds)
    if p.get("drop_pending_updates"):
        inbox.drop()
    if same:
        return Described(True, "Webhook is already set")
    webhook.set(p["url"], secret)
    return Described(True, "Webhook was set")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in LOCAL_HOSTS
    if parts.scheme == "http" and not local:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid HTTP URL")
    if not local and (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch("[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")


def _check_kinds(kinds: Sequence[str] | None) -> None:
    for kind in kinds or ():
        if kind not in UPDATE_KINDS:
            raise bad_request(f'unknown update type "{kind}" in allowed_updates')


def delete_webhook(account: Account, p: Json) -> Described:
    was_set = bool(account.webhook.url)
    account.webhook.remove()
    if p.get("drop_pending_updates"):
        account.inbox.drop()
    return Described(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


def get_webhook_info(account: Account, _: Json) -> Json:
    webhook, inbox = account.webhook, account.inbox
    info: Json = {"url": webhook.url, "has_custom_certificate": False, "pending_update_count": len(inbox)}
    if webhook.url:
        info |= {"max_connections": account.kernel.settings.max_connections, "ip_address": "127.0.0.1"}
    if webhook.last_error:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    if inbox.allowed:
        info["allowed_updates"] = list(inbox.allowed)
    return info


async def get_updates(account: Account, p: Json) -> list[Json]:
    if account.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    _check_kinds(p.get("allowed_updates"))
    if "allowed_updates" in p:
        account.inbox.allow(p["allowed_updates"])
    offset, limit = p.get("offset", 0), max(1, min(MOST_UPDATES, p.get("limit", MOST_UPDATES)))
    clock = account.kernel.clock
    until = clock.now() + min(LONGEST_POLL, p.get("timeout", 0))
    if not _waiting(account, offset) and until > clock.now():
        await _wait(account, offset, until)
    return [json.loads(update.body) for update in _waiting(account, offset)[:limit]]


async def _wait(account: Account, offset: int, until: float) -> None:
    """Return when an update has come or the time is over. ApiError 409: another call ended this one."""
    clock = account.kernel.clock
    with account.poll.waiting() as ended:
        while not _waiting(account, offset) and (left := until - clock.now()) > 0:
            news = asyncio.ensure_future(account.inbox.news().wait())
            timer = asyncio.ensure_future(clock.sleep(left))
            try:
                first: set[asyncio.Future[Any]] = {news, timer, ended}
                await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            finally:
                news.cancel()
                timer.cancel()
            raise_conflict(ended)


def _waiting(account: Account, offset: int) -> list[Update]:
    """What is left after the updates that this offset acknowledges are forgotten."""
    now = account.kernel.clock.now()
    everything = account.inbox.all()
    first = everything[offset:][0].update_id if offset < 0 and everything else offset
    for update in everything:
        if update.update_id < first or update.expires_at < now:
            account.inbox.remove(update)
    return account.inbox.all()


def log_out(_account: Account, _: Json) -> bool:
    """The playground has one server only: nothing changes."""
    return True


HANDLERS: dict[str, Callable[[Account, Json], Any]] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getUpdates": get_updates,
    "logOut": log_out,
    "close": log_out,
}
