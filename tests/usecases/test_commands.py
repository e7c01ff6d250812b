"""Commands in the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain import texts
from shared.domain.promotions import Promotion, PromotionStatus
from shared.usecases.list_promotions import list_promotions
from tests.fakes import LOGO, START
from tests.usecases.chat import SALE, Chat

ENDED = Promotion(id="p2", title="Прошлая", description="", status=PromotionStatus.ENDED, released=date(2026, 1, 1))
TODAY = START.date()


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/start", texts.welcome_back("Анна")),
        ("/start svc_1", texts.welcome_back("Анна")),
        ("/START@marketing_bot", texts.welcome_back("Анна")),
        ("/help", texts.HELP),
        ("/appeals", texts.NO_APPEALS),
        ("/promotions", texts.NO_PROMOTIONS),
        ("/start@Marketing_Bot svc_1", texts.welcome_back("Анна")),
        ("/help@marketing_bot", texts.HELP),
        ("/appeals пожалуйста", texts.NO_APPEALS),
        ("/promotions в ноябре", texts.NO_PROMOTIONS),
        ("/aktsii", texts.UNKNOWN_COMMAND),
        ("/aktsii, пожалуйста!", texts.UNKNOWN_COMMAND),
        ("/", texts.UNKNOWN_COMMAND),
    ],
)
async def test_each_command_has_its_answer(command: str, answer: str) -> None:
    """Unknown ones get the list; nothing is journaled and no model is asked."""
    chat = Chat()
    assert await chat.say(command) == answer
    assert not chat.world.journal.rows
    assert not chat.world.assistant.asked


@pytest.mark.parametrize(
    "text",
    [
        *("/договор так и не пришёл", "/договор", "/ счёт 77", "/dogovor не пришёл", "//", "/50 на 50"),
        *("/start@other_bot", "/appeals@other_bot", "где счёт? /appeals", "/kak/oplatit"),
    ],
)
async def test_a_text_with_a_slash_is_a_message(text: str) -> None:
    """Whatever Telegram marks as no command, an unknown one with words, one of another bot: journaled and answered."""
    chat = Chat()
    assert await chat.say(text) == texts.NO_ANSWER
    assert (await chat.appeal()).lines[-1].text == text


@pytest.mark.parametrize("text", ["/dogovor", "/", "/dogovor не пришёл", "/appeals где ответ на моё?", "/help 77"])
async def test_specialists_miss_no_text_with_a_slash(text: str) -> None:
    """While they have the appeal, only a command of ours without more words is one."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    assert await chat.say(text) == "👀"
    assert (await chat.appeal()).lines[0].text == text
    assert await chat.say("/help") == texts.HELP
    assert await chat.say("/start promo-7") == texts.welcome_back("Анна")
    assert (await chat.appeal()).lines[0].text == text


async def test_appeals_are_listed_with_number_and_status() -> None:
    """Newest first, with what was asked last."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal = await chat.appeal()
    assert await chat.say("/appeals") == f"№ {appeal.number} · ответил помощник\n{LOGO.question}"


async def test_promotions_are_listed_while_they_last() -> None:
    """Title, period, description, as typed."""
    chat = Chat()
    chat.world.promotions.listed = [SALE, ENDED]
    assert await chat.say("/promotions") == "Скидка_20 %\n20.11.2026–01.12.2026\nНа съёмку объектов"


@pytest.mark.parametrize("status", [PromotionStatus.ACTIVE, PromotionStatus.WAITING])
async def test_nothing_is_shown_before_its_release(status: PromotionStatus) -> None:
    """Whatever the status; on the day itself it is shown, also where it begins later."""
    chat = Chat()
    secret = replace(SALE, status=status, released=TODAY + timedelta(days=1), starts=TODAY + timedelta(days=9))
    chat.world.promotions.listed = [secret]
    assert await chat.say("/promotions") == texts.NO_PROMOTIONS
    assert await list_promotions(chat.world.outside()) == []
    chat.world.clock.advance(24 * 3600)
    assert SALE.title in await chat.say("/promotions")
    assert await list_promotions(chat.world.outside()) == [secret]


async def test_a_stranger_gets_the_invitation_for_any_command() -> None:
    """`/start` is how everybody begins."""
    chat = Chat(chat=777)
    for command in ("/start", "/appeals", "/nonsense"):
        assert await chat.say(command) == texts.INVITATION


async def test_what_is_no_text_is_answered() -> None:
    """Nothing is dropped in silence."""
    assert await Chat().say("") == texts.ONLY_TEXT
    assert await Chat().say("\x00 \x01") == texts.ONLY_TEXT
    assert await Chat().say("\u200b\u2800 \ufeff") == texts.ONLY_TEXT
