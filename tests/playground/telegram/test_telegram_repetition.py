"""What is not taken comes again: at once, then ever more slowly, until it is too old."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response

from tests.playground.telegram.telegram_world import PARTNER, World, answering

TAKEN = Response(status_code=200)


def _status(world: World) -> list[int]:
    return [
        int(str(event.details["status"]))
        for event in world.kernel.events.since()
        if event.what in ("update delivered", "update refused")
    ]


async def test_a_failure_is_repeated_at_once_and_then_ever_more_slowly(online: World) -> None:
    """At once, then after 2, 4, 8 … 60 to 120 seconds; the id stays; getWebhookInfo tells of it."""
    online.bot.answer = answering(503)
    online.set_webhook()
    await online.until(lambda: len(_status(online)) == 2)
    for tries, seconds in enumerate((2, 4, 8, 16, 32), start=3):
        online.kernel.clock.advance(seconds - 0.5)
        await asyncio.sleep(0.02)
        assert len(online.bot.updates) == tries - 1
        online.kernel.clock.advance(0.5)
        await online.until(lambda tries=tries: len(_status(online)) == tries)  # type: ignore[misc]
    assert len({update["update_id"] for update in online.bot.updates}) == 1
    info = await online.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["pending_update_count"] == 1
    online.bot.answer = answering(200)
    online.kernel.clock.advance(120)
    await online.until(lambda: online.telegram.pending() == 0)


async def test_retry_after_is_honoured(online: World) -> None:
    """503 with Retry-After: 30 comes again after 30 seconds, not at once."""

    async def later(update: dict[str, Any]) -> Response:
        return Response(status_code=503, headers={"retry-after": "30"}) if len(online.bot.updates) == 1 else TAKEN

    online.bot.answer = later
    online.set_webhook()
    await online.until(lambda: _status(online) == [503])
    online.kernel.clock.advance(29)
    await asyncio.sleep(0.02)
    assert len(online.bot.updates) == 1
    online.kernel.clock.advance(1)
    await online.until(lambda: online.telegram.pending() == 0)


async def test_a_silent_bot_is_given_up_after_a_minute(online: World) -> None:
    """60 seconds without an answer: given up, sent again at once, whatever the first one does."""
    never = asyncio.Event()

    async def hangs(update: dict[str, Any]) -> Response:
        if len(online.bot.updates) == 1:
            await never.wait()
        return TAKEN

    online.bot.answer = hangs
    online.set_webhook()
    await online.until(lambda: len(online.bot.updates) == 1)
    online.kernel.clock.advance(59)
    await asyncio.sleep(0.02)
    assert len(online.bot.updates) == 1
    online.kernel.clock.advance(1)
    await online.until(lambda: online.telegram.pending() == 0)
    assert online.bot.updates[0] == online.bot.updates[1]
    assert (await online.result("getWebhookInfo"))["last_error_message"] == "Read timeout expired"
    never.set()


async def test_updates_expire(online: World) -> None:
    """A message is repeated for a day, a callback query for 150 seconds."""
    online.bot.answer = answering(500)
    button = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    sent = await online.result("sendMessage", chat_id=PARTNER, text="Да?", reply_markup=button)
    online.set_webhook()
    await online.person("POST", f"/users/{PARTNER}/callbacks", message_id=sent["message_id"], data="yes")
    await online.until(lambda: len(online.bot.updates) == 4)
    online.kernel.clock.advance(151)
    await online.until(lambda: online.telegram.pending() == 1)
    online.kernel.clock.advance(24 * 3600)
    await online.until(lambda: online.telegram.pending() == 0)
    assert [e.details["kind"] for e in online.kernel.events.since() if e.what == "update dropped"] == [
        "callback_query",
        "message",
    ]


async def test_nobody_listening_is_no_failure_of_the_update(online: World) -> None:
    """While the connection is refused the update waits; it is delivered two seconds after somebody listens."""
    online.telegram.set_webhook("http://127.0.0.1:9/hook", secret="", max_connections=40)
    await online.until(lambda: 0 in _status(online))
    assert (await online.result("getWebhookInfo"))["last_error_message"] == "Connection refused"
    assert online.bot.updates == []
    online.set_webhook()
    await online.until(lambda: online.telegram.pending() == 0)


async def test_gone_for_a_day_ends_the_webhook(online: World) -> None:
    """410 for 23 hours deletes the webhook; the updates stay."""
    online.bot.answer = answering(410)
    online.set_webhook()
    await online.until(lambda: len(online.bot.updates) == 2)
    online.kernel.clock.advance(23 * 3600 + 60)
    await online.until(lambda: "webhook removed" in [e.what for e in online.kernel.events.since()])
    assert (await online.result("getWebhookInfo"))["url"] == ""
    assert online.telegram.pending() == 1
