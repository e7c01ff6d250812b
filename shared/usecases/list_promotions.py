"""The promotions that partners may see."""

from __future__ import annotations

from shared.domain.promotions import Promotion
from shared.ports import Outside


async def list_promotions(outside: Outside) -> list[Promotion]:
    """Return the released promotions that have not ended; none while «Настройки» switches promotions off."""
    preferences = await outside.preferences.current()
    if not preferences.promotions_on:
        return []
    today = outside.clock.local().date()
    return [promotion for promotion in await outside.promotions.all() if promotion.is_shown(today)]
