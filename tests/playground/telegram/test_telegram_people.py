"""What people do and see."""

from __future__ import annotations

from typing import Any

import pytest

from tests.playground.telegram.telegram_world import PARTNER, World


async def _updates(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await world.result("getUpdates")
    return found


async def test_the_partner_sees_the_chat(started: World) -> None:
    """Both sides in order, with text, buttons, edits; what was deleted is gone."""
    markup = {"inline_keyboard": [[{"text": "Войти", "web_app": {"url": "https://example.com/"}}]]}
    sent = await started.result("sendMessage", chat_id=PARTNER, text="Войдите", reply_markup=markup)
    [question, answer] = await started.sees()
    assert (question["from"], question["text"], question["media"]) == ("user", "Здравствуйте", None)
    assert (answer["from"], answer["reply_markup"], answer["edit_date"]) == ("bot", markup, None)
    await started.person("DELETE", f"/users/{PARTNER}/messages/{sent['message_id']}")
    assert [message["text"] for message in await started.sees()] == ["Здравствуйте"]
    gone = await started.refusal("editMessageText", chat_id=PARTNER, message_id=sent["message_id"], text="Ответ")
    assert gone == "Bad Request: message to edit not found"


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video", "sticker", "audio", "animation", "video_note"])
async def test_files_of_every_kind(started: World, kind: str) -> None:
    """A file arrives as Telegram describes it and can be fetched at its size."""
    caption = {} if kind == "sticker" else {"caption": "Смотрите"}
    file = {"name": f"файл.{kind}", "size": 12_345}
    await started.person("POST", f"/users/{PARTNER}/messages", **{kind: file}, **caption)
    message = (await _updates(started))[-1]["message"]
    described = message[kind][-1] if kind == "photo" else message[kind]
    assert described["file_size"] == 12_345
    assert message.get("caption") == caption.get("caption")
    path = (await started.result("getFile", file_id=described["file_id"]))["file_path"]
    content = await started.http.get(f"/telegram/file/bot{started.telegram.token}/{path}")
    assert len(content.content) == 12_345
    assert (await started.sees())[-1]["media"] | {"file_path": path} == {"type": kind, **file, "file_path": path}


async def test_contacts_places_forwards_and_replies(started: World) -> None:
    """Own contact with the user's id, somebody else's without; forwards say from whom; replies hold the message."""
    path = f"/users/{PARTNER}/messages"
    await started.person("POST", path, contact={"phone": "+79120000000", "own": True})
    await started.person("POST", path, contact={"phone": "+79121111111", "own": False})
    await started.person("POST", path, location={"latitude": 55.1, "longitude": 37.2})
    await started.person("POST", path, text="Переслано", forward_from="Скрытный")
    await started.person("POST", path, text="Переслано", forward_from=1002)
    await started.person("POST", path, text="В ответ", reply_to=1)
    own, other, place, hidden, user, reply = [update["message"] for update in (await _updates(started))[1:]]
    assert own["contact"]["user_id"] == PARTNER
    assert "user_id" not in other["contact"]
    assert place["location"] == {"latitude": 55.1, "longitude": 37.2}
    assert hidden["forward_origin"]["sender_user_name"] == "Скрытный"
    assert user["forward_origin"]["sender_user"]["id"] == 1002
    assert reply["reply_to_message"]["text"] == "Здравствуйте"
    assert (await started.sees())[-1]["reply_to"] == 1


async def test_a_forward_may_come_with_a_name(started: World) -> None:
    """Forwarded from somebody who is told with his name, as the Bot API tells users."""
    author = {"id": 1002, "first_name": "Игнат"}
    await started.person("POST", f"/users/{PARTNER}/messages", text="Переслано", forward_from=author)
    origin = (await _updates(started))[-1]["message"]["forward_origin"]
    assert (origin["type"], origin["sender_user"]["id"], origin["sender_user"]["first_name"]) == ("user", 1002, "Игнат")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("messages", {"text": "В ответ", "reply_to": {"message_id": 1}}, "reply_to"),
        ("messages", {"text": "В ответ", "reply_to": [1]}, "reply_to"),
        ("callbacks", {"message_id": 1, "data": "x", "chat_id": [1]}, "chat_id"),
    ],
)
async def test_a_field_of_a_wrong_type_is_named(started: World, path: str, body: dict[str, Any], field: str) -> None:
    """A person's call that makes no sense is a 400 that says what is wrong, never a 500."""
    answer = await started.http.post(f"/telegram/users/{PARTNER}/{path}", json=body)
    assert (answer.status_code, answer.json()["error"]) == (400, f"{field}: int is needed")


async def test_a_button_may_be_pressed_twice(started: World) -> None:
    """The bot took the button away, the partner's phone has not heard of it yet: the press still arrives."""
    button = {"inline_keyboard": [[{"text": "Позвать", "callback_data": "call"}]]}
    sent = await started.result("sendMessage", chat_id=PARTNER, text="Позвать?", reply_markup=button)
    press = {"message_id": sent["message_id"], "data": "call"}
    await started.person("POST", f"/users/{PARTNER}/callbacks", **press)
    await started.result("editMessageText", chat_id=PARTNER, message_id=sent["message_id"], text="Позвали")
    await started.person("POST", f"/users/{PARTNER}/callbacks", **press)
    presses = [update["callback_query"] for update in (await _updates(started))[1:]]
    assert [query["message"]["text"] for query in presses] == ["Позвать?", "Позвали"]
    answer = await started.http.post(f"/telegram/users/{PARTNER}/callbacks", json=press | {"data": "never"})
    assert answer.status_code == 400


async def test_an_album_is_several_messages(started: World) -> None:
    """Each picture is an update of its own; one id holds them together."""
    album = [{"photo": {"name": "1.jpg", "size": 10}, "caption": "Две"}, {"photo": {"name": "2.jpg", "size": 20}}]
    answer = await started.person("POST", f"/users/{PARTNER}/messages", album=album)
    messages = [update["message"] for update in (await _updates(started))[1:]]
    assert [message["message_id"] for message in messages] == answer["message_ids"]
    assert answer["message_id"] == answer["message_ids"][0]
    assert len({message["media_group_id"] for message in messages}) == 1


async def test_edits(started: World) -> None:
    """The partner mends a text; the bot is told, with the time of the edit."""
    await started.person("PATCH", f"/users/{PARTNER}/messages/1", text="Добрый день")
    edited = (await _updates(started))[-1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (1, "Добрый день")
    assert edited["edit_date"] >= edited["date"]
    assert (await started.sees())[0]["text"] == "Добрый день"


async def test_blocking(started: World) -> None:
    """The bot is told and refused; after unblocking it may write again."""
    await started.person("POST", f"/users/{PARTNER}/block")
    assert (await _updates(started))[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    for method, more in (("sendMessage", {"text": "Да"}), ("sendChatAction", {"action": "typing"})):
        refused = await started.call(method, chat_id=PARTNER, **more)
        assert (refused["error_code"], refused["description"]) == (403, "Forbidden: bot was blocked by the user")
    answer = await started.http.post(f"/telegram/users/{PARTNER}/messages", json={"text": "Ау"})
    assert answer.status_code == 409
    await started.person("POST", f"/users/{PARTNER}/unblock")
    await started.result("sendMessage", chat_id=PARTNER, text="С возвращением")


async def test_known_but_not_started(world: World) -> None:
    """Who never wrote is no chat, whether he has a name or nobody ever met him; one met in a group is a 403."""
    world.telegram.know_user(7, first_name="Пётр", last_name="Петров")
    for chat_id in (7, 8, -8):
        refused = await world.call("sendMessage", chat_id=chat_id, text="Здравствуйте")
        assert (refused["error_code"], refused["description"]) == (400, "Bad Request: chat not found")
    for method in ("getChat", "getChatMemberCount"):
        assert await world.refusal(method, chat_id=7) == "Bad Request: chat not found"
    world.telegram.create_group(-1001, "Специалисты")
    await world.person("POST", "/chats/-1001/messages", **{"from": 7, "text": "/start"})
    refused = await world.call("sendMessage", chat_id=7, text="Здравствуйте")
    assert refused["description"] == "Forbidden: bot can't initiate conversation with a user"
    await world.says("/start", user=7)
    assert (await world.result("sendMessage", chat_id=7, text="Здравствуйте"))["chat"]["last_name"] == "Петров"
    world.telegram.know_user(9, first_name="Ольга", started=True)
    await world.result("sendMessage", chat_id=9, text="Здравствуйте")


async def test_names_are_invented_until_they_are_given(world: World) -> None:
    """A new user has a Russian first name; a person's call changes it."""
    invented = await world.person("GET", "/users/77")
    assert invented["first_name"]
    changed = await world.person("POST", "/users/77", first_name="Вера", username="vera")
    assert (changed["first_name"], changed["username"], changed["started"]) == ("Вера", "vera", False)


async def test_typing_is_seen_for_five_seconds(started: World) -> None:
    """«Печатает…» goes away by itself or with the message."""
    await started.result("sendChatAction", chat_id=PARTNER, action="typing")
    assert (await started.person("GET", f"/users/{PARTNER}"))["action"] == "typing"
    started.kernel.clock.advance(5)
    assert (await started.person("GET", f"/users/{PARTNER}"))["action"] is None


async def test_callback_answers_come_too_late(started: World) -> None:
    """Fifteen seconds after the press the query is too old; a second answer is refused as well."""
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    sent = await started.result("sendMessage", chat_id=PARTNER, text="Да?", reply_markup=markup)
    press = {"message_id": sent["message_id"], "data": "yes"}
    one = (await started.person("POST", f"/users/{PARTNER}/callbacks", **press))["callback_query_id"]
    two = (await started.person("POST", f"/users/{PARTNER}/callbacks", **press))["callback_query_id"]
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await started.result("answerCallbackQuery", callback_query_id=one)
    assert await started.refusal("answerCallbackQuery", callback_query_id=one) == too_old
    started.kernel.clock.advance(16)
    assert await started.refusal("answerCallbackQuery", callback_query_id=two) == too_old


async def test_a_group_hears_and_is_heard(started: World) -> None:
    """Privacy mode: commands, mentions and replies to the bot reach it, the talk of others does not."""
    started.telegram.create_group(-1001, "Специалисты")
    notice = await started.result("sendMessage", chat_id=-1001, text="Ждёт ответа: № 7K3Q")
    path = "/chats/-1001/messages"
    await started.person("POST", path, **{"from": 501, "text": "между собой"})
    await started.person("POST", path, **{"from": 501, "text": "Отвечаю", "reply_to": notice["message_id"]})
    await started.person("POST", path, **{"from": 502, "text": "/stats@marketing_partner_bot"})
    heard = [update["message"] for update in (await _updates(started))[1:]]
    assert [message["text"] for message in heard] == ["Отвечаю", "/stats@marketing_partner_bot"]
    assert heard[0]["chat"] == {"id": -1001, "title": "Специалисты", "type": "group"}
    assert len(await started.person("GET", path)) == 4
    assert await started.result("getChatMemberCount", chat_id=-1001) == 3


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "named"),
    [
        ("POST", "/users/1001/messages", {}, 400, "exactly one of text"),
        ("POST", "/users/1001/messages", {"txt": "Да"}, 400, "txt"),
        ("POST", "/users/1001/messages", {"text": "  "}, 400, "text"),
        ("POST", "/users/1001/messages", {"text": "x" * 4097}, 400, "4096"),
        ("POST", "/users/1001/messages", {"photo": {"nam": "x"}}, 400, "nam"),
        ("POST", "/users/1001/messages", {"text": "Да", "reply_to": 99}, 400, "reply_to"),
        ("POST", "/users/1001/callbacks", {"message_id": 1, "data": "no"}, 400, "no button 'no'"),
        ("POST", "/users/1001/callbacks", {"message_id": 99, "data": "no"}, 404, "99"),
        ("PATCH", "/users/1001/messages/99", {"text": "Да"}, 404, "99"),
        ("PATCH", "/users/1001/messages/1", {"caption": "Да"}, 400, "caption"),
        ("GET", "/chats/-5/messages", None, 404, "-5"),
        ("GET", "/users/none/messages", None, 400, "none"),
    ],
)
async def test_what_makes_no_sense_is_named(
    started: World, verb: str, path: str, body: dict[str, Any] | None, status: int, named: str
) -> None:
    """A person's call that cannot be is an error that says why."""
    answer = await started.http.request(verb, f"/telegram{path}", json=body)
    assert answer.status_code == status
    assert named in answer.json()["error"]


async def test_events_hold_no_more_than_a_preview(started: World) -> None:
    """The event log tells of updates and calls with at most sixty characters of a text."""
    await started.result("sendMessage", chat_id=PARTNER, text="длинно " * 100)
    events = [event.as_json() for event in started.kernel.events.since()]
    assert [event["what"] for event in events] == ["update queued", "sendMessage"]
    assert len(str(events[-1]["text"])) == 60
