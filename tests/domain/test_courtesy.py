"""Texts that are polite and ask nothing."""

from __future__ import annotations

import pytest

from shared.domain.courtesy import Courtesy, courtesy_of, greets, is_polite

THANKS, GREETING = Courtesy.THANKS, Courtesy.GREETING


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (text, THANKS)
            for text in ("спасибо", "Спасибо большое!", "Большое спасибо за помощь", "спс", "Благодарю вас")
        ),
        *((text, THANKS) for text in ("ок", "OK", "👍", "👍🏽👍", "🙏 спасибо", "❤️", "понятно, спасибо", "Всё понял")),
        *((text, THANKS) for text in ("До свидания", "Здравствуйте, спасибо за ответ", "спа\u00adсибо", "Помогло!")),
        *((text, GREETING) for text in ("Здравствуйте", "добрый день!", "Доброе утро, коллеги", "Привет 👋", "Hello")),
        *((text, None) for text in ("спасибо, а где макет?", "ок, когда?", "Здравствуйте, где логотип?", "да", "👎")),
        *((text, None) for text in ("", "???", "нет", "спасибо не помогло", "всё", "пожалуйста", "77")),
        *((text, None) for text in ("Понятно, а ответ?", "Хорошо, а вопрос решён?", "Ок, а помощь?")),
    ],
)
def test_what_a_text_means(text: str, meant: Courtesy | None) -> None:
    """From end to end, also where only signs say it; one more word makes it something else."""
    assert courtesy_of(text) is meant


def test_what_only_begins_politely() -> None:
    """A greeting is told from thanks also beside other words."""
    assert greets("Здравствуйте, вы тут?")
    assert not greets("Здравствуйте, спасибо вам")
    assert not greets("вы тут?")


def test_a_text_without_other_words() -> None:
    """Nothing at all is polite as well."""
    assert all(map(is_polite, ("", " ", "пожалуйста", "спасибо!", "!")))
    assert is_polite("?")
    assert not any(map(is_polite, ("пожалуйста, счёт", "спасибо, а ответ?")))
