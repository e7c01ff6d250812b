"""What Telegram's updates say: commands, content, service messages."""

from __future__ import annotations

import pytest
from telegram.constants import MessageType
from telegram.ext import filters

from playground.telegram.formatting.text import typed_text
from shared.adapters.telegram.updates import CONTENT, parse_update
from shared.domain.incoming import Incoming, Message, Unused

FIELDS = {
    *("business_connection_id", "effect_id", "sender_boost_count", "sender_business_bot", "suggested_post_info"),
    "reply_to_story",
}
"""Listed among the types by python-telegram-bot, and only said beside a content."""
NOT_IN_THE_FILTERS = {"successful_payment", "boost_added", "migrate_to_chat_id"}
"""Service messages by the Bot API's description."""


def parsed(**content: object) -> Incoming:
    body = {"message_id": 7, "date": 1, "chat": {"id": 501, "type": "private"}, **content}
    return parse_update({"update_id": 1, "message": body}, 2.0)


def command_of(text: str, entities: object) -> str:
    message = parsed(text=text, entities=entities)
    assert isinstance(message, Message)
    return message.command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start svc_1", "/start"),
        ("/Appeals@marketing_bot, пожалуйста", "/Appeals@marketing_bot"),
        ("/dogovor не пришёл", "/dogovor"),
        *((text, "") for text in ("/договор не пришёл", "/ счёт 77", "где /appeals", "/kak/oplatit", "//", "Привет")),
    ],
)
def test_a_command_is_what_telegram_marks_at_the_beginning(text: str, command: str) -> None:
    """With the entities that the emulated Telegram puts beside a text."""
    assert command_of(text, typed_text(text).fields("text", "entities").get("entities")) == command


@pytest.mark.parametrize("entities", [None, [], [{"type": "bold", "offset": 0, "length": 6}]])
def test_without_a_mark_there_is_no_command(entities: object) -> None:
    """Telegram says what a command is, not the slash."""
    assert command_of("/start", entities) == ""


def test_a_caption_is_no_command() -> None:
    """Commands are typed into the message field."""
    marked = [{"type": "bot_command", "offset": 0, "length": 6}]
    message = parsed(photo=[{}], caption="/start", caption_entities=marked)
    assert isinstance(message, Message)
    assert (message.text, message.command) == ("/start", "")


def test_every_type_of_message_is_content_or_a_service_message() -> None:
    """As python-telegram-bot knows them: what is not in its filter for service messages, a person sent."""
    service = {name.casefold() for name in dir(filters.StatusUpdate) if name.isupper()} | NOT_IN_THE_FILTERS
    types = {str(kind) for kind in MessageType} - FIELDS - service
    assert {kind for kind in types if not kind.endswith("chat_created")} <= CONTENT
    assert not CONTENT & service


@pytest.mark.parametrize(
    "kind",
    [
        *("pinned_message", "forum_topic_created", "gift", "unique_gift", "checklist_tasks_done", "refunded_payment"),
        *("successful_payment", "users_shared", "poll_option_added", "web_app_data", "something_of_next_year"),
    ],
)
def test_service_messages_ask_nothing(kind: str) -> None:
    """Also of kinds that nobody knows yet."""
    assert isinstance(parsed(**{kind: {}}), Unused)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "dice", "poll", "story", "checklist", "giveaway"])
def test_what_a_person_sends_is_a_message(kind: str) -> None:
    """Without a text it has none, and is answered so."""
    message = parsed(**{kind: {}})
    assert isinstance(message, Message)
    assert message.text == ""
