"""The life of an appeal: one table of transitions, the bot's and people's. The values are the labels people see."""

from __future__ import annotations

from enum import StrEnum

from shared.domain.invisible import plain_word


class Status(StrEnum):
    NEW = "Новое"
    ANSWERED = "Ответ ИИ"
    HANDED_OVER = "Передано специалисту"
    IN_WORK = "В работе"
    RESOLVED = "Решено"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.ANSWERED, Status.HANDED_OVER, Status.IN_WORK, Status.RESOLVED}),
    Status.ANSWERED: frozenset({Status.HANDED_OVER, Status.IN_WORK, Status.RESOLVED}),
    Status.HANDED_OVER: frozenset({Status.ANSWERED, Status.IN_WORK, Status.RESOLVED}),
    Status.IN_WORK: frozenset({Status.ANSWERED, Status.HANDED_OVER, Status.RESOLVED}),
    Status.RESOLVED: frozenset(),
}

WITH_PEOPLE = frozenset({Status.HANDED_OVER, Status.IN_WORK})
"""While an appeal stands here the assistant is silent."""

_FOR_PARTNERS = {
    Status.NEW: "ждёт ответа",
    Status.ANSWERED: "ответил помощник",
    Status.HANDED_OVER: "ждёт специалиста",
    Status.IN_WORK: "отвечает специалист",
    Status.RESOLVED: "закрыт",
}


def shown_to_partner(status: Status | None) -> str:
    """Return the status in the words for its partner; None is a person's own, which stays in the sheet."""
    return _FOR_PARTNERS[status or Status.IN_WORK]


def parse_status(cell: str) -> Status | None:
    """The status of a cell as a person may have typed it; None for what is none of ours."""
    wanted = plain_word(cell)
    return next((status for status in Status if status.casefold() == wanted), None)
