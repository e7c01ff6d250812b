"""Which promotions are to be announced today."""

from __future__ import annotations

from shared.domain.promotions import Promotion
from shared.ports import Outside
from shared.usecases.list_promotions import list_promotions


async def list_due_promotions(outside: Outside) -> list[Promotion]:
    today = outside.clock.local().date()
    return [promotion for promotion in await list_promotions(outside) if promotion.is_due(today)]
