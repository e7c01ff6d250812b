"""Delivery to the webhook: order, what is in flight, and the method in the answer."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import JSONResponse, Response

from tests.playground.telegram.telegram_world import PARTNER, SECRET, World, answering

OTHER = 1002
TAKEN = Response(status_code=200)


async def test_updates_arrive_as_from_telegram(online: World) -> None:
    """Whole objects, the secret in its header, update ids growing by one."""
    online.set_webhook()
    message_id = await online.says("/start svc_1")
    await online.until(lambda: len(online.bot.updates) == 2)
    first, second = online.bot.updates
    assert second["update_id"] == first["update_id"] + 1
    assert second["message"] == {
        "message_id": message_id,
        "from": {
            "id": PARTNER,
            "is_bot": False,
            "first_name": second["message"]["from"]["first_name"],
            "language_code": "ru",
        },
        "chat": {"id": PARTNER, "first_name": second["message"]["from"]["first_name"], "type": "private"},
        "date": second["message"]["date"],
        "text": "/start svc_1",
        "entities": [{"offset": 0, "length": 6, "type": "bot_command"}],
    }
    assert online.bot.headers[0]["x-telegram-bot-api-secret-token"] == SECRET
    await online.until(lambda: online.telegram.pending() == 0)


async def test_one_update_of_a_chat_is_in_flight(online: World) -> None:
    """The next message of a chat waits for the answer to the one before; other chats do not wait."""
    gate = asyncio.Event()

    async def slow(update: dict[str, Any]) -> Response:
        if update.get("message", {"chat": {"id": 0}})["chat"]["id"] == PARTNER:
            await gate.wait()
        return TAKEN

    online.bot.answer = slow
    online.set_webhook()
    await online.says("второе")
    await online.says("от другого", user=OTHER)
    await online.until(lambda: online.bot.texts() == ["Здравствуйте", "от другого"])
    edited = await online.says("третье")
    await online.person("PATCH", f"/users/{PARTNER}/messages/{edited}", text="третье, исправлено")
    # the other chat's update counts until its answer has been read
    await online.until(lambda: online.telegram.pending() == 4)
    gate.set()
    await online.until(lambda: online.telegram.pending() == 0)
    assert online.bot.texts()[2:] == ["второе", "третье", "третье, исправлено"]
    assert "edited_message" in online.bot.updates[-1]


async def test_callbacks_overtake_messages(online: World) -> None:
    """Callback queries have a queue of their own, with the message as it stands."""
    gate = asyncio.Event()

    async def slow(update: dict[str, Any]) -> Response:
        if "message" in update:
            await gate.wait()
        return TAKEN

    online.bot.answer = slow
    online.set_webhook()
    button = {"inline_keyboard": [[{"text": "Позвать", "callback_data": "call"}]]}
    sent = await online.result("sendMessage", chat_id=PARTNER, text="Позвать?", reply_markup=button)
    pressed = await online.person("POST", f"/users/{PARTNER}/callbacks", message_id=sent["message_id"], data="call")
    await online.until(lambda: len(online.bot.updates) == 2)
    query = online.bot.updates[1]["callback_query"]
    assert (query["id"], query["data"], query["message"]["text"]) == (pressed["callback_query_id"], "call", "Позвать?")

    await online.result("answerCallbackQuery", callback_query_id=query["id"], text="Уже зову", show_alert=True)
    path = f"/users/{PARTNER}/callbacks/{query['id']}"
    assert (await online.person("GET", path)) == {
        "callback_query_id": query["id"],
        "answered": True,
        "text": "Уже зову",
        "show_alert": True,
        "url": None,
    }
    gate.set()


async def test_a_method_in_the_answer_is_carried_out(online: World) -> None:
    """Acknowledge and reply in one step; a wrong method is noted, and the update counts as taken."""
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    answers = [
        JSONResponse({"method": "sendMessage", "chat_id": PARTNER, "text": "Ответ", "reply_markup": markup}),
        JSONResponse({"method": "sendMessage", "chat_id": PARTNER, "text": ""}),
        JSONResponse({"method": "deleteWebhook"}),
    ]

    async def answer(update: dict[str, Any]) -> Response:
        return answers.pop(0)

    online.bot.answer = answer
    online.set_webhook()
    await online.says("два")
    await online.says("три")
    await online.until(lambda: online.telegram.pending() == 0)
    assert [m["text"] for m in await online.sees() if m["from"] == "bot"] == ["Ответ"]
    assert online.telegram.stats() == {"sendMessage": 2}
    noted = [e.as_json().get("error") for e in online.kernel.events.since() if "error" in e.details]
    assert noted == [
        "Bad Request: message text is empty",
        "deleteWebhook is not carried out from a webhook's answer",
    ]


async def test_max_connections_bounds_what_is_in_flight(online: World) -> None:
    """So many partners are served at once, the others wait; raising the bound lets more in."""
    gate, busy = asyncio.Event(), 0

    async def slow(update: dict[str, Any]) -> Response:
        nonlocal busy
        busy += 1
        await gate.wait()
        return TAKEN

    online.bot.answer = slow
    online.set_webhook(max_connections=2)
    for user in range(2001, 2006):
        await online.says("вопрос", user=user)
    await online.until(lambda: busy == 2)
    await asyncio.sleep(0.02)
    assert busy == 2
    online.kernel.settings.max_connections = 4
    await online.says("ещё", user=2006)
    await online.until(lambda: busy == 4)
    gate.set()
    await online.until(lambda: online.telegram.pending() == 0)


async def test_only_what_was_asked_for(online: World) -> None:
    """allowed_updates is respected, and kept when it is omitted; reactions must be asked for."""
    url = online.hook_url
    assert (await online.call("setWebhook", url=url, allowed_updates=["my_chat_member"]))[
        "description"
    ] == "Webhook was set"
    assert (await online.call("setWebhook", url=url))["description"] == "Webhook is already set"
    await online.says("не нужно")
    await online.person("POST", f"/users/{PARTNER}/block")
    await online.until(lambda: len(online.bot.updates) == 2)
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in online.bot.updates[1:]]
    assert (online.bot.texts(), changes) == (["Здравствуйте"], ["kicked"])

    await online.result("setWebhook", url=url, allowed_updates=["message_reaction"])
    await online.person("POST", f"/users/{PARTNER}/unblock")
    message_id = (await online.sees())[0]["message_id"]
    await online.person("POST", f"/users/{PARTNER}/reactions", message_id=message_id, emoji="👍")
    await online.until(lambda: len(online.bot.updates) == 3)
    assert online.bot.updates[2]["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert (await online.sees())[0]["reactions"] == ["👍"]


async def test_get_updates_without_a_webhook(online: World) -> None:
    """Long polling: an offset acknowledges, a timeout waits for news."""
    [first] = await online.result("getUpdates")
    polling = asyncio.create_task(online.result("getUpdates", offset=first["update_id"] + 1, timeout=30))
    await online.until(lambda: online.telegram.pending() == 0)
    await online.says("ещё")
    assert [update["message"]["text"] for update in await polling] == ["ещё"]


async def test_clear_forgets_everything(online: World) -> None:
    """After a reset there is nobody, nothing waits, and what was in flight is cut off."""
    never = asyncio.Event()

    async def hangs(update: dict[str, Any]) -> Response:
        await never.wait()
        return JSONResponse({"method": "sendMessage", "chat_id": PARTNER, "text": "Поздно"})

    online.bot.answer = hangs
    online.set_webhook()
    await online.until(lambda: len(online.bot.updates) == 1)
    online.telegram.clear()
    online.telegram.reset_stats()
    never.set()
    assert online.telegram.pending() == 0
    assert online.telegram.stats() == {}
    assert await online.sees() == []
    assert (await online.result("getWebhookInfo"))["url"] == ""


async def test_many_partners_at_once(online: World) -> None:
    """Three hundred partners write in the same moment: each is answered, in the body of the answer."""

    async def reply(update: dict[str, Any]) -> Response:
        chat = update["message"]["chat"]["id"]
        return JSONResponse({"method": "sendMessage", "chat_id": chat, "text": "Ответ"})

    online.bot.answer = reply
    online.set_webhook(max_connections=100)
    users = range(3001, 3301)
    await asyncio.gather(*(online.says("вопрос", user=user) for user in users))
    await online.until(lambda: online.telegram.pending() == 0)
    assert online.telegram.stats() == {"sendMessage": 301}


async def test_stopping_leaves_no_task_behind(online: World) -> None:
    """Deliveries that wait or hang end with the emulator."""
    online.bot.answer = answering(500)
    online.set_webhook()
    await online.until(lambda: len(online.bot.updates) == 2)
    await online.telegram.stop()
    assert [task for task in asyncio.all_tasks() if "telegram" in task.get_name()] == []
