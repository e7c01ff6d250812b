"""The Promotions tab behind the port `Promotions`."""

from __future__ import annotations

import hashlib
from datetime import date

from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.rules.promotions import PromotionRules
from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.sound_rows import SoundRows
from shared.adapters.sheets.tables import PromotionColumn as Column
from shared.adapters.sheets.tables import PromotionExtra as Extra
from shared.adapters.sheets.tables import TabTitle
from shared.domain.links import is_link
from shared.domain.promotions import KINDS, Promotion, PromotionStatus, in_order, parse_promotion_status
from shared.ports import Clock, Log


class SheetPromotions:
    def __init__(self, book: Workbook, *, clock: Clock, log: Log) -> None:
        self._rows = SoundRows(book, TabTitle.PROMOTIONS, Column, PromotionRules, log=log, dates=True)
        self._cached = Cached(self._load, name="promotions", clock=clock, log=log, notices=book.notices)

    async def all(self) -> list[Promotion]:
        return list(await self._cached.get())

    async def _load(self, purpose: Purpose) -> tuple[Promotion, ...]:
        rows = await self._rows.read(purpose)
        listed = [(row, parse_promotion_status(row.text(Column.STATUS)), row.date(Column.RELEASED)) for row in rows]
        return tuple(in_order([_promotion(row, status, day) for row, status, day in listed if status and day]))


def _promotion(row: Row, status: PromotionStatus, released: date) -> Promotion:
    title, kind = row.text(Column.TITLE), row.word(Extra.KIND)
    return Promotion(
        id=row.plain(Extra.ID) or hashlib.sha256(f"{released}/{title}".encode()).hexdigest()[:12],
        title=title,
        description=row.text(Column.DESCRIPTION),
        status=status,
        released=released,
        starts=row.date(Column.STARTS),
        ends=row.date(Column.ENDS),
        link=_link(row, Extra.LINK),
        image=_link(row, Extra.IMAGE),
        kind=kind if kind in KINDS else KINDS[0],
        sending=row.text(Extra.SENDING),
        announced=row.text(Extra.PROGRESS),
    )


def _link(row: Row, column: Extra) -> str:
    """Only what a phone opens; anything else is reported and left out."""
    return row.plain(column) if is_link(row.plain(column)) else ""
