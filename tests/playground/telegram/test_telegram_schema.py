"""The playground's table of the Bot API against the machine-readable Bot API of the handbook."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.telegram.errors import ApiError
from playground.telegram.schema.decode import decode
from playground.telegram.schema.methods import METHODS, NOT_EMULATED, canonical
from playground.telegram.schema.notation import Shape, shapes
from playground.telegram.schema.requests import RawCall
from playground.telegram.schema.types import TYPES
from tests.playground.handbook import handbook, tool
from tests.playground.telegram.telegram_world import PARTNER, World

NARROWER = {"InlineQueryResult", "InputMessageContent"}
"""Unions of which only some members are emulated; the others are refused by name."""


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(handbook("data/telegram-bot-api-10.1.json").read_text())
    return loaded


def _ours(shape: Shape) -> dict[str, tuple[bool, list[str]]]:
    return {field.name: (field.required, sorted(field.kinds)) for field in shape.fields}


def _theirs(described: dict[str, Any]) -> dict[str, tuple[bool, list[str]]]:
    return {f["name"]: (f["required"], sorted(f["types"])) for f in described.get("fields", [])}


def test_every_method_of_telegram_is_known_by_name(spec: dict[str, Any]) -> None:
    """Emulated or refused by name: nothing of Bot API 10.1 is «not found»."""
    assert set(METHODS) | NOT_EMULATED == set(spec["methods"])
    assert not set(METHODS) & NOT_EMULATED


def test_methods_have_telegrams_parameters(spec: dict[str, Any]) -> None:
    """Parameters, requiredness and types of each emulated method are those of the Bot API."""
    assert {name: _ours(shape) for name, shape in METHODS.items()} == {
        name: _theirs(spec["methods"][name]) for name in METHODS
    }


def test_types_have_telegrams_fields(spec: dict[str, Any]) -> None:
    """Fields, requiredness and types of each object in a parameter are those of the Bot API."""
    for name, shape in TYPES.items():
        described = spec["types"][name]
        assert _ours(shape) == _theirs(described), name
        if name in NARROWER:
            assert set(shape.members) < set(described["subtypes"])
        else:
            assert set(shape.members) == set(described.get("subtypes") or ()), name


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"chat_id": 1, "text": "Да"}),
    ("sendMessage", {"chat_id": "@channel", "text": "Да", "protect_content": True}),
    ("sendMessage", {"chat_id": 1, "txt": "Да"}),
    ("sendMessage", {"chat_id": 1.5, "text": "Да"}),
    ("sendMessage", {"chat_id": 1, "text": 5}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "disable_notification": "true"}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "entities": [{"type": "bold", "offset": 0, "length": 2}]}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "entities": [{"type": "bold", "offset": 0}]}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "entities": [{"type": "bold", "offset": 0, "length": "2"}]}),
    (
        "sendMessage",
        {"chat_id": 1, "text": "Да", "reply_markup": {"inline_keyboard": [[{"text": "А", "url": "t.me"}]]}},
    ),
    ("sendMessage", {"chat_id": 1, "text": "Да", "reply_markup": {"inline_keyboard": [{"text": "А"}]}}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "reply_markup": {"inline_keyboard": [[{"text": "А", "data": "x"}]]}}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "reply_markup": {"remove_keyboard": True}}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "reply_markup": None}),
    ("sendMessage", {"chat_id": 1, "text": "Да", "link_preview_options": {"is_disabled": "yes"}}),
    ("editMessageText", {"chat_id": 1, "message_id": "5", "text": "Да"}),
    ("deleteMessages", {"chat_id": 1, "message_ids": [1, 2]}),
    ("deleteMessages", {"chat_id": 1, "message_ids": [1, True]}),
    ("setMessageReaction", {"chat_id": 1, "message_id": 5, "reaction": [{"type": "emoji", "emoji": "👀"}]}),
    ("setMessageReaction", {"chat_id": 1, "message_id": 5, "reaction": [{"emoji": "👀"}]}),
    ("setMessageReaction", {"chat_id": 1, "message_id": 5, "reaction": {"type": "emoji", "emoji": "👀"}}),
    ("sendLocation", {"chat_id": 1, "latitude": 55, "longitude": 37.5}),
    ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo", "media": "https://example.com/1.jpg"}]}),
    ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo"}]}),
    ("setMyCommands", {"commands": [{"command": "start", "description": "Начать"}], "scope": {"type": "default"}}),
    ("setMyCommands", {"commands": [{"command": "start"}]}),
    ("setChatMenuButton", {"menu_button": {"type": "web_app", "text": "Кабинет", "web_app": {"url": "https://e.org"}}}),
    ("setChatMenuButton", {"menu_button": {"type": "web_app", "text": "Кабинет"}}),
    ("setWebhook", {"url": "https://example.com", "max_connections": 100, "allowed_updates": ["message"]}),
    ("getMe", {}),
    ("getMe", {"verbose": True}),
]


@pytest.fixture(scope="module")
def checker() -> Any:
    return tool("telegram_request_check")


@pytest.mark.parametrize(("method", "params"), CALLS)
def test_the_request_checker_agrees(checker: Any, method: str, params: dict[str, Any]) -> None:
    """A call is well formed here exactly when the handbook's checker finds it so."""
    assert bool(checker.check_call(method, params)) == (_refusal(method, params) is not None)


def _refusal(method: str, params: dict[str, Any]) -> str | None:
    try:
        decode(METHODS[method], RawCall(typed=params))
    except ApiError as refusal:
        return refusal.description
    return None


async def test_updates_and_results_are_telegrams_objects(checker: Any, spec: dict[str, Any], started: World) -> None:
    """Every kind of update and result has the Bot API's fields, all that are required and none that it lacks."""
    started.telegram.create_group(-1001, "Специалисты")
    for update in await _everything_that_happens(started):
        described = spec["types"]["Update"]["fields"]
        assert checker._problems(described, update) == []
    for method, params in _ASKED:
        result = await started.result(method, **params)
        kind = spec["methods"][method]["returns"][0]
        assert checker._matches(result, kind), (method, result)


_TO = {"chat_id": PARTNER}
_SOURCE = _TO | {"from_chat_id": PARTNER}
_PICTURE = {"type": "photo", "media": "https://example.com/1.jpg"}
_ASKED: list[tuple[str, dict[str, Any]]] = [
    ("getMe", {}),
    ("getWebhookInfo", {}),
    ("getChat", _TO),
    ("getChat", {"chat_id": -1001}),
    ("getChatMember", _TO | {"user_id": PARTNER}),
    ("getUserProfilePhotos", {"user_id": PARTNER}),
    ("getMyName", {}),
    ("getMyCommands", {}),
    ("getChatMenuButton", {}),
    ("sendMessage", _TO | {"text": "<b>Да</b>", "parse_mode": "HTML"}),
    *((f"send{kind}", _TO | {kind.lower(): "https://example.com/1"}) for kind in ("Photo", "Document", "Voice")),
    *((f"send{kind}", _TO | {kind.lower(): "https://example.com/1"}) for kind in ("Video", "Audio", "Animation")),
    ("sendVideoNote", _TO | {"video_note": "https://example.com/1.mp4"}),
    ("sendSticker", _TO | {"sticker": "https://example.com/1.webp"}),
    ("sendDice", _TO),
    ("sendLocation", _TO | {"latitude": 55.0, "longitude": 37.0}),
    ("sendVenue", _TO | {"latitude": 55.0, "longitude": 37.0, "title": "Офис", "address": "Москва"}),
    ("sendContact", _TO | {"phone_number": "+7912", "first_name": "Анна"}),
    ("sendMediaGroup", _TO | {"media": [_PICTURE, _PICTURE]}),
    ("copyMessage", _SOURCE | {"message_id": 1}),
    ("copyMessages", _SOURCE | {"message_ids": [1, 2]}),
    ("forwardMessage", _SOURCE | {"message_id": 1}),
    ("forwardMessages", _SOURCE | {"message_ids": [1, 2]}),
    ("pinChatMessage", _TO | {"message_id": 1}),
    ("getChat", _TO),
    ("unpinChatMessage", _TO),
    ("deleteMessages", _TO | {"message_ids": [1]}),
]


async def _everything_that_happens(world: World) -> list[dict[str, Any]]:
    kinds = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
    [_] = await world.result("getUpdates", allowed_updates=kinds)
    messages, file = f"/users/{PARTNER}/messages", {"name": "файл", "size": 10}
    for kind in ("photo", "document", "voice", "video", "sticker", "audio", "animation", "video_note"):
        await world.person("POST", messages, **{kind: file})
    for contact in ({"phone": "+7912"}, {"phone": "+7913", "own": False}):
        await world.person("POST", messages, contact=contact)
    await world.person("POST", messages, location={})
    for origin in (1002, "Скрытный"):
        await world.person("POST", messages, text="/start и ya.ru", forward_from=origin, reply_to=1)
    await world.person("PATCH", f"{messages}/1", text="Иначе")
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    sent = await world.result("sendMessage", chat_id=PARTNER, text="Да?", reply_markup=markup)
    await world.person("POST", f"/users/{PARTNER}/callbacks", message_id=sent["message_id"], data="yes")
    await world.person("POST", f"/users/{PARTNER}/reactions", message_id=sent["message_id"], emoji="👍")
    await world.person("POST", f"/users/{PARTNER}/block")
    await world.person("POST", f"/users/{PARTNER}/unblock")
    updates: list[dict[str, Any]] = await world.result("getUpdates")
    assert {kind for update in updates for kind in update} == {"update_id", *kinds}
    return updates


def test_names_in_any_case() -> None:
    """Telegram takes method names in any case."""
    assert canonical("SENDMESSAGE") == "sendMessage"
    assert canonical("sendMesage") is None


def test_the_notation_reads_groups_unions_and_literals() -> None:
    """A table is read as its notation says; a word that is none is an error that quotes it."""
    read = shapes("A: &who text! n:Int|Str\n    list:[[B]]\nB: type!=b\nC = A | B", {"who": "id!:Int"})
    assert [field.name for field in read["A"].fields] == ["id", "text", "n", "list"]
    assert read["A"].fields[2].kinds == ("Integer", "String")
    assert read["A"].fields[3].kinds == ("Array of Array of B",)
    assert read["B"].fields[0].literal == "b"
    assert read["C"].members == ("A", "B")
    with pytest.raises(ValueError, match="te-xt"):
        shapes("A: te-xt", {})
