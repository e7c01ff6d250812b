"""Promotions and events as the sheet announces them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.invisible import plain_word


class PromotionStatus(StrEnum):
    ACTIVE = "Активна"
    WAITING = "Ожидает"
    ENDED = "Закончена"


class Sending(StrEnum):
    """What a person wants of a promotion's mailing."""

    AUTO = "авто"
    NEVER = "не рассылать"
    PAUSE = "пауза"
    CANCEL = "отмена"
    CORRECT = "исправить"
    AGAIN = "повторить"


HELD_BACK = frozenset({Sending.NEVER, Sending.PAUSE, Sending.CANCEL})

KINDS = ("акция", "событие")
"""The first is meant where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """One row of the Promotions sheet.

    `sending` is what a person chose for its mailing, `announced` what the bot wrote of it, empty while nothing.
    """

    id: str
    title: str
    description: str
    status: PromotionStatus
    released: date
    starts: date | None = None
    ends: date | None = None
    link: str = ""
    image: str = ""
    kind: str = KINDS[0]
    sending: str = ""
    announced: str = ""

    def is_shown(self, today: date) -> bool:
        """Released, and not ended: nothing is public before its release date, whatever its status."""
        return self.released <= today and self.status is not PromotionStatus.ENDED

    def is_due(self, today: date) -> bool:
        """Active, released, not held back by a person, and nobody was told yet."""
        released = self.status is PromotionStatus.ACTIVE and self.released <= today
        return released and plain_word(self.sending) not in HELD_BACK and not self.announced


def parse_promotion_status(cell: str) -> PromotionStatus | None:
    wanted = plain_word(cell)
    return next((status for status in PromotionStatus if status.casefold() == wanted), None)


def in_order(promotions: list[Promotion]) -> list[Promotion]:
    """Active first, then coming ones; the newest release first in each."""
    newest = sorted(promotions, key=lambda p: p.released, reverse=True)
    return sorted(newest, key=lambda p: p.status is not PromotionStatus.ACTIVE)
