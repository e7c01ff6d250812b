"""The Promotions tab behind the port `Promotions`."""

from __future__ import annotations

import hashlib

from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.tables import PromotionColumn, PromotionExtra
from shared.adapters.sheets.tabs import Content, WholeTab
from shared.domain.dates import parse_date
from shared.domain.promotions import Promotion, in_order, parse_promotion_status
from shared.ports import Clock, Log

TAB = "Акции"


class SheetPromotions:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, log: Log) -> None:
        self._tab = WholeTab(gateway, spreadsheet, TAB, PromotionColumn)
        self._cached = Cached(self._load, name="promotions", clock=clock, log=log)
        self._log = log

    async def all(self) -> list[Promotion]:
        return list(await self._cached.get())

    async def _load(self) -> tuple[Promotion, ...]:
        content = await self._tab.read()
        promotions = []
        for number, row in content.rows.items():
            promotion = _promotion(row, content)
            if promotion is None:
                self._log.warning("promotion_row_skipped", row=number)
            else:
                promotions.append(promotion)
        return tuple(in_order(promotions))


def _promotion(row: list[str], content: Content[PromotionColumn]) -> Promotion | None:
    """None when what a promotion needs is missing: the row is reported, the others work."""

    def cell(column: PromotionColumn) -> str:
        return content.columns.cell(row, column).strip()

    def extra(column: PromotionExtra) -> str:
        position = content.header.index(column.value) if column.value in content.header else len(row)
        return row[position].strip() if position < len(row) else ""

    status = parse_promotion_status(cell(PromotionColumn.STATUS))
    released = parse_date(cell(PromotionColumn.RELEASED))
    title = cell(PromotionColumn.TITLE)
    if status is None or released is None or not title:
        return None
    return Promotion(
        id=extra(PromotionExtra.ID) or hashlib.sha256(f"{released}/{title}".encode()).hexdigest()[:12],
        title=title,
        description=cell(PromotionColumn.DESCRIPTION),
        status=status,
        released=released,
        starts=parse_date(cell(PromotionColumn.STARTS)),
        ends=parse_date(cell(PromotionColumn.ENDS)),
        link=extra(PromotionExtra.LINK),
        image=extra(PromotionExtra.IMAGE),
        kind=extra(PromotionExtra.KIND) or "акция",
        announced=extra(PromotionExtra.PROGRESS),
    )
