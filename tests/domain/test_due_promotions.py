"""Which promotions are announced."""

from __future__ import annotations

from datetime import date

import pytest

from shared.domain.promotions import Promotion, PromotionStatus

TODAY = date(2026, 11, 22)


def promotion(sending: str) -> Promotion:
    return Promotion(
        id="p1", title="Скидка", description="", status=PromotionStatus.ACTIVE, released=TODAY, sending=sending
    )


@pytest.mark.parametrize("sending", ["не рассылать", " Не  рассылать ", "пауза", "отмена"])
def test_a_person_holds_back(sending: str) -> None:
    """However it was typed."""
    assert not promotion(sending).is_due(TODAY)


@pytest.mark.parametrize("sending", ["", "авто", "АВТО", "что-то своё"])
def test_the_rest_is_announced(sending: str) -> None:
    """Where nobody said anything, or nothing that holds back."""
    assert promotion(sending).is_due(TODAY)
