"""Users of Telegram, the bot among them."""

from __future__ import annotations

from dataclasses import dataclass

from playground.telegram.errors import Json

_NAMES = """
Анна Борис Вера Глеб Дарья Егор Жанна Захар Инна Кирилл Лидия Марк Нина Олег Полина Роман Софья Тимур Ульяна Фёдор
Ксения Артём Алиса Денис Елена Игорь Майя Никита Ольга Павел Раиса Сергей Тамара Юлия Ярослав
"""
_FIRST_NAMES = _NAMES.split()


@dataclass(slots=True, kw_only=True)
class User:
    """`started`: ever wrote to the bot; `blocked`: does not want to hear from it any more."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False

    @classmethod
    def invented(cls, user_id: int) -> User:
        return cls(id=user_id, first_name=_FIRST_NAMES[user_id % len(_FIRST_NAMES)])

    def names(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: name for key, name in names.items() if name}

    def as_json(self) -> Json:
        """The Bot API's User."""
        language = {} if self.is_bot else {"language_code": "ru"}
        return {"id": self.id, "is_bot": self.is_bot, **self.names(), **language}
