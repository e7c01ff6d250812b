"""Who asks for a person, and who only speaks of one."""

from __future__ import annotations

import pytest

from shared.domain import texts
from shared.domain.escalation import agrees, asks_for_person, only_asks_for_person


@pytest.mark.parametrize(
    "text",
    [
        "Позовите менеджера",
        "позовите, пожалуйста, живого человека",
        "Соедините меня с оператором!",
        "хочу поговорить с человеком",
        "Нужен специалист",
        "можно специалиста?",
        "специалист",
        "Передайте мой вопрос специалисту",
        "Позвать специалиста",
        "👤 Позвать специалиста",
        "сколько можно ждать, позовите человека",
        "Сколько можно? Нужен человек",
        "сколько можно ждать ответа нужен человек",
        "Сколько ещё мне ждать! Дайте оператора",
        "Позовите менеджера, сколько стоит доставка?",
        "Какая цена у макета? Соедините с менеджером.",
        "мне не нужен бот, позовите менеджера",
        "Менеджер вчера ответил не про то. Позовите другого менеджера",
        "обойдусь без специалиста... нет, позовите специалиста",
    ],
)
def test_wishes(text: str) -> None:
    """An explicit request, as partners write it."""
    assert asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "мне не нужен специалист",
        "не надо звать менеджера",
        "менеджер уже ответил",
        "сколько стоит съёмка с оператором?",
        "когда будет вебинар?",
        "спасибо, специалист помог",
        "сколько стоит вызвать оператора на съёмку?",
        "хочу съёмку с оператором, сколько стоит?",
        "почём можно нанять специалиста?",
        "сколько можно добавить сотрудников?",
        "можно не звать, менеджер уже ответил",
        "можно без менеджера",
        "Где взять логотип?",
    ],
)
def test_no_wishes(text: str) -> None:
    """Negations, the past, the subject."""
    assert not asks_for_person(text)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Позовите менеджера", True),
        ("Здравствуйте! Соедините меня, пожалуйста, с живым человеком.", True),
        ("Нужен специалист", True),
        ("Можно специалиста?", True),
        ("Позовите менеджера, макет не приходит", False),
        ("Нужен специалист по 3D", False),
        ("менеджер уже ответил", False),
        ("Где взять логотип?", False),
        ("", False),
    ],
)
def test_a_wish_that_does_not_say_what_about(text: str, only: bool) -> None:
    """Nothing but greeting, politeness, the call and the person."""
    assert only_asks_for_person(text) is only


def test_phrases_of_ones_own() -> None:
    """«Настройки» may add phrases; they match whole words."""
    assert asks_for_person("Свистать всех наверх!", ["свистать всех"])
    assert not asks_for_person("освистать всех", ["свистать всех"])
    assert not asks_for_person("не позовите куратора", ["позовите куратора"])
    assert asks_for_person("Сколько можно, позовите куратора", ["позовите куратора"])


def test_the_labels_of_the_buttons_can_be_typed() -> None:
    """Telegram's older clients show no buttons, and people copy what they read."""
    assert asks_for_person(texts.CALL_SPECIALIST)
    assert only_asks_for_person(texts.CALL_SPECIALIST)
    assert agrees(texts.CALL)


def test_yes_is_a_whole_answer() -> None:
    """«да» agrees, «когда» does not."""
    assert all(agrees(text) for text in ("да", "Да!", "давайте", "+", "да, пожалуйста"))
    assert not any(agrees(text) for text in ("когда", "да нет", "вода", ""))
