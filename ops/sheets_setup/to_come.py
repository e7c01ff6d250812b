"""Columns of tabs that nothing reads: the bot only ever appends to them."""

from __future__ import annotations

from enum import StrEnum


class MetricsColumn(StrEnum):
    """A row a day."""

    DATE = "Дата"
    MESSAGES = "Сообщения"
    PARTNERS = "Партнёры"
    ANSWERED = "Ответил помощник"
    HELPED = "Помогло"
    HANDED_OVER = "Передано специалистам"
    ANSWER_MEDIAN = "До ответа, медиана, с"
    ANSWER_P90 = "До ответа, 90 %, с"
    REPLY_MEDIAN = "До специалиста, медиана, мин"
    REPLY_P90 = "До специалиста, 90 %, мин"
    RATING = "Средняя оценка"
    UNDELIVERED = "Не доставлено"
    ERRORS = "Сбои"
    SHEETS_CALLS = "Запросы к таблицам"
    TOKENS = "Токены"


class BroadcastColumn(StrEnum):
    """A row for each part of a mailing."""

    PROMOTION = "id акции"
    TITLE = "Название"
    PART = "Часть"
    SENT = "Отправлено"
    BLOCKED = "Заблокировали"
    UPDATED = "Время обновления"
    TRACE = "Служебное"
