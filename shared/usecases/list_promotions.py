"""The promotions to show: none while «Настройки» switches them off."""

from __future__ import annotations

from shared.domain.promotions import Promotion
from shared.ports import Outside


async def list_promotions(outside: Outside) -> list[Promotion]:
    preferences = await outside.preferences.current()
    return await outside.promotions.all() if preferences.promotions_on else []
