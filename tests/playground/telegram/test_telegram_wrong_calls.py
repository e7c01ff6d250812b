"""What Telegram refuses, and the words in which it does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.playground.telegram.telegram_world import PARTNER, TOKEN, World


def _buttons(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def _say(**more: Any) -> tuple[str, dict[str, Any]]:
    return "sendMessage", {"chat_id": PARTNER, "text": "Да"} | more


def _entity(**fields: Any) -> tuple[str, dict[str, Any]]:
    return _say(text="hello", entities=[{"type": "bold", "offset": 0, "length": 1} | fields])


REFUSED: list[tuple[tuple[str, dict[str, Any]], str]] = [
    (_say(text=""), "message text is empty"),
    (("sendMessage", {"chat_id": PARTNER}), "message text is empty"),
    (("sendMessage", {"text": "Да"}), "chat_id is empty"),
    (_say(text="   "), "text must be non-empty"),
    (_say(text="x" * 4097), "message is too long"),
    (_say(text="😀" * 2049), "message is too long"),
    (_say(text=f"<b>{'x' * 4097}</b>", parse_mode="HTML"), "message is too long"),
    (_say(chat_id=0), "chat not found"),
    (_say(chat_id="@somebody"), "chat not found"),
    (_say(parse_mode="INVALID"), "unsupported parse_mode"),
    (_say(txt="Да"), 'unknown parameter "txt" of sendMessage'),
    (_say(message_thread_id=999), "message thread not found"),
    (_say(message_effect_id="9"), "EFFECT_ID_INVALID"),
    (_say(business_connection_id="x"), "business connection not found"),
    (_say(allow_paid_broadcast=True), "FLOODSKIP_NOT_ALLOWED"),
    (_say(reply_parameters={"message_id": 999}), "message to be replied not found"),
    (_say(reply_parameters={"quote": "x"}), 'can\'t find field "message_id"'),
    (_say(link_preview_options={"is_disabled": "yes"}), 'field "is_disabled" must be of type Boolean'),
    (_say(link_preview_options={"url": "not-a-url"}), "WEBPAGE_URL_INVALID"),
    (_say(reply_markup="{"), "can't parse reply keyboard markup JSON object"),
    (_say(reply_markup=[]), "object expected as reply markup"),
    (_say(reply_markup={"inline_keyboard": "bad"}), 'field "inline_keyboard" must be of type Array'),
    (
        _say(reply_markup={"keyboard": [[{"text": "A"}]], "selective": "yes"}),
        'field "selective" must be of type Boolean',
    ),
    (_entity(offset=100), "entity begins after the end of the text at UTF-16 offset 100"),
    (
        _entity(length=100),
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
    ),
    (_entity(offset=-1), "receive an entity with incorrect offset -1"),
    (_entity(type="huge"), "can't parse MessageEntity: Unsupported type specified"),
    (_entity(type="text_link"), "can't parse MessageEntity: Can't find field \"url\""),
    (_entity(type="text_link", url="not-a-url"), "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
    (_entity(type="text_link", url=""), "entity URL '' is invalid: URL host is empty"),
    (
        _say(text="😀", entities=[{"type": "bold", "offset": 1, "length": 1}]),
        "entity begins in a middle of a UTF-16 symbol at byte offset 0",
    ),
    (_say(reply_markup=_buttons({"text": "А", "callback_data": "я" * 33})), "BUTTON_DATA_INVALID"),
    (
        _say(reply_markup=_buttons({"text": "А"})),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        _say(reply_markup=_buttons({"callback_data": "x"})),
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        _say(reply_markup=_buttons({"text": "А", "callback_data": "x", "url": "https://example.com"})),
        "can't parse inline keyboard button: exactly one action is allowed, got url, callback_data",
    ),
    (
        _say(reply_markup=_buttons({"text": "А", "color": "red"})),
        'can\'t parse inline keyboard button: Unknown field "color" of InlineKeyboardButton',
    ),
    (
        _say(reply_markup=_buttons({"text": "А", "url": "ftp://example.com"})),
        "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    (
        _say(reply_markup=_buttons({"text": "А", "url": "tel:+79161234567"})),
        "inline keyboard button URL 'tel:+79161234567' is invalid: Wrong port number specified in the URL",
    ),
    (
        _say(reply_markup=_buttons({"text": "А", "url": "https://user@"})),
        "inline keyboard button URL 'https://user@' is invalid: URL host is empty",
    ),
    (
        _say(text="<tg-time unix='1'>x</tg-time>", parse_mode="HTML"),
        "the tag <tg-time> is not emulated by the playground",
    ),
    (
        _say(text="![сейчас](tg://time?unix=1)", parse_mode="MarkdownV2"),
        "a date as tg://time is not emulated by the playground",
    ),
    (
        _say(reply_markup=_buttons({"text": "А", "web_app": {"url": "http://example.com"}})),
        "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
    ),
    (
        _say(chat_id=-1001, reply_markup=_buttons({"text": "А", "web_app": {"url": "https://e.org"}})),
        "BUTTON_TYPE_INVALID",
    ),
    (_say(reply_markup=_buttons({"text": "А", "pay": True})), "BUTTON_TYPE_INVALID"),
    (
        ("editMessageText", {"chat_id": PARTNER, "message_id": 999, "text": "Нет"}),
        "message to edit not found",
    ),
    (("editMessageText", {"chat_id": PARTNER, "message_id": 1, "text": "Нет"}), "message can't be edited"),
    (("editMessageText", {"chat_id": PARTNER, "text": "Нет"}), "message identifier is not specified"),
    (("editMessageCaption", {"chat_id": PARTNER, "message_id": 2}), "there is no caption in the message to edit"),
    (
        ("editMessageText", {"chat_id": PARTNER, "message_id": 2, "text": "Ответ"}),
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
    ),
    (("deleteMessage", {"chat_id": PARTNER, "message_id": 999}), "message to delete not found"),
    (("copyMessage", {"chat_id": PARTNER, "from_chat_id": PARTNER, "message_id": 9}), "message to copy not found"),
    (
        ("forwardMessage", {"chat_id": PARTNER, "from_chat_id": PARTNER, "message_id": 9}),
        "message to forward not found",
    ),
    (
        ("setMessageReaction", {"chat_id": PARTNER, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]}),
        "REACTION_INVALID",
    ),
    (("sendPhoto", {"chat_id": PARTNER}), "there is no photo in the request"),
    *(
        (("sendPhoto", {"chat_id": PARTNER, "photo": name}), f"wrong remote file identifier specified: {why}")
        for name, why in {
            "not-a-real-file-id": "Wrong padding in the string",
            "abc$": "Wrong character in the string",
            "файл": "Wrong character in the string",
            "abcde": "Wrong string length",
            "AAAA====": "Wrong string padding",
            "AAA==": "Wrong padding length",
            "AAAA": "can't unserialize it. Wrong last symbol",
            "AAAE": "can't unserialize it",
        }.items()
    ),
    (("sendDocument", {"chat_id": PARTNER, "document": "AgAC" + "A" * 64}), "wrong file identifier/HTTP URL specified"),
    *(
        (("sendPhoto", {"chat_id": PARTNER, "photo": url}), f"invalid file HTTP URL specified: {why}")
        for url, why in {
            "ftp://example.com/1.jpg": "Unsupported URL protocol",
            "https://example.com:99999/1.jpg": "Wrong port number specified in the URL",
            "https:///1.jpg": "URL host is empty",
            "https://exa mple.com/1.jpg": "Disallowed character in URL host",
            "http://[x]/1.jpg": "Wrong IPv6 address specified in the URL",
        }.items()
    ),
    (("sendPhoto", {"chat_id": PARTNER, "photo": "https://a.invalid/1.jpg"}), "failed to get HTTP URL content"),
    (
        ("sendPhoto", {"chat_id": PARTNER, "photo": "https://e.org/1.jpg", "caption": "x" * 1025}),
        "message caption is too long",
    ),
    (("sendChatAction", {"chat_id": PARTNER, "action": "thinking"}), "wrong parameter action in request"),
    (
        ("answerCallbackQuery", {"callback_query_id": "1"}),
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (("getFile", {"file_id": "nothing"}), "invalid file_id"),
    (("setMyCommands", {"commands": [{"command": "Старт", "description": "Начать"}]}), "BOT_COMMAND_INVALID"),
    (("setWebhook", {"url": "http://example.com"}), "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        ("setWebhook", {"url": "https://example.com:1"}),
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (
        ("setWebhook", {"url": "https://example.com", "secret_token": "a b"}),
        "secret token contains unallowed characters",
    ),
    (("sendPoll", {"chat_id": PARTNER}), "method sendPoll is not emulated by the playground"),
]


@pytest.mark.parametrize(("call", "text"), REFUSED)
async def test_wrong_calls_get_telegrams_words(started: World, call: tuple[str, dict[str, Any]], text: str) -> None:
    """A wrong call changes nothing and says what is wrong, as Telegram says it."""
    started.telegram.create_group(-1001, "Специалисты")
    await started.call("sendMessage", chat_id=PARTNER, text="Ответ")
    before = await started.sees()
    method, params = call
    answer = await started.call(method, **params)
    assert (answer.get("error_code"), answer.get("description")) == (400, f"Bad Request: {text}")
    assert await started.sees() == before


async def test_unknown_methods_and_tokens(started: World) -> None:
    """A method that Telegram does not have is 404, a wrong token 401; the event log names the method."""
    unknown = await started.call("sendMesage")
    assert (unknown["error_code"], unknown["description"]) == (404, "Not Found: method not found")
    assert started.kernel.events.since()[-1].what == "sendMesage"
    refusal = {"ok": False, "error_code": 401}
    assert await started.call("getMe", token="123456:other") == {**refusal, "description": "Unauthorized"}
    for token in ("nonsense", "0123:abc", ":abc", "x:abc", f"1:{'a' * 79}"):
        answer = await started.call("getMe", token=token)
        assert answer == {**refusal, "description": "Unauthorized: invalid token specified"}


async def test_every_way_of_calling(started: World) -> None:
    """GET, form, JSON: nested values as JSON strings or, in JSON, as they are."""
    url = f"/telegram/bot{TOKEN}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "x" * 64}]]}
    form = {"chat_id": str(PARTNER), "text": "123", "reply_markup": json.dumps(markup)}
    answers = [
        await started.http.get(url, params=form),
        await started.http.post(url, data=form),
        await started.http.post(url, files={name: (None, value) for name, value in form.items()}),
        await started.http.post(url, json=form),
        await started.http.post(url, json=form | {"chat_id": PARTNER, "reply_markup": markup}),
    ]
    assert [a.json()["result"]["reply_markup"] for a in answers] == [markup] * 5
    assert [a.json()["result"]["text"] for a in answers] == ["123"] * 5
    broken = await started.http.post(url, content=b"{", headers={"content-type": "application/json"})
    assert broken.json()["description"] == "Bad Request: can't parse JSON object"


@pytest.mark.parametrize(
    ("word", "protected"), [("true", True), ("True", True), ("1", True), ("yes", True), ("False", False), ("0", False)]
)
async def test_booleans_of_a_form(started: World, word: str, protected: bool) -> None:
    """Clients spell them as their language does: Telegram reads true, yes and 1 in any case."""
    form = {"chat_id": PARTNER, "text": "Да", "protect_content": word}
    answer = await started.http.post(f"/telegram/bot{TOKEN}/sendMessage", data=form)
    assert answer.json()["result"].get("has_protected_content", False) is protected


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ('filename="отчёт за май.pdf"', "отчёт за май.pdf"),
        ("filename=отчёт.pdf", "отчёт.pdf"),
        ("filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf", "отчёт.pdf"),
        ("filename=\"_.pdf\"; filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf", "отчёт.pdf"),
    ],
)
async def test_file_names_as_clients_spell_them(started: World, spelled: str, name: str) -> None:
    """Quoted, bare (pyTelegramBotAPI), or as RFC 5987 has it (aiohttp)."""
    body = (
        f'--b\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{PARTNER}\r\n'
        f'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: form-data; name="document"; {spelled}\r\n\r\n'
        "abc\r\n--b--\r\n"
    ).encode()
    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = await started.http.post(f"/telegram/bot{TOKEN}/sendDocument", content=body, headers=headers)
    assert answer.json()["result"]["document"]["file_name"] == name


async def test_old_messages_cannot_be_deleted(started: World) -> None:
    """48 hours after it was sent a message stays."""
    sent = await started.result("sendMessage", chat_id=PARTNER, text="Ответ")
    started.kernel.clock.advance(48 * 3600 + 60)
    refusal = await started.refusal("deleteMessage", chat_id=PARTNER, message_id=sent["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_local_web_apps_pass_without_tls(started: World) -> None:
    """The playground has no TLS: its own address may stand behind a web_app button."""
    button = {"text": "Войти", "web_app": {"url": "http://127.0.0.1:8080/webapp/index.html"}}
    sent = await started.result("sendMessage", chat_id=PARTNER, text="Войдите", reply_markup=_buttons(button))
    assert sent["reply_markup"]["inline_keyboard"][0][0] == button
