"""«Акции»: what is shown to every partner, so that whatever is unclear is not shown."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.tables import PromotionColumn as Column
from shared.adapters.sheets.tables import PromotionExtra as Extra
from shared.domain import problem_texts as texts
from shared.domain.links import is_link
from shared.domain.problems import Problem
from shared.domain.promotions import KINDS, Sending, parse_promotion_status

_SHOWN = (*Column, Extra.LINK, Extra.IMAGE, Extra.KIND, Extra.SENDING)


class PromotionRules:
    def problems_of(self, row: Row) -> Iterator[Problem]:
        failed = row.formula_errors(_SHOWN)
        yield from failed.values()
        if not row.text(Column.TITLE):
            yield row.problem(Column.TITLE, texts.PROMOTION_TITLE)
        if Column.STATUS not in failed and parse_promotion_status(row.text(Column.STATUS)) is None:
            yield row.problem(Column.STATUS, texts.PROMOTION_STATUS)
        yield from _dates(row, failed)
        for column in (Extra.LINK, Extra.IMAGE):
            if row.plain(column) and column not in failed and not is_link(row.plain(column)):
                yield row.problem(column, texts.LINK, mild=True)
        sending = row.word(Extra.SENDING)
        if sending and Extra.SENDING not in failed and sending not in set(Sending):
            yield row.problem(Extra.SENDING, texts.PROMOTION_SENDING)
        kind = row.word(Extra.KIND)
        if kind and Extra.KIND not in failed and kind not in KINDS:
            yield row.problem(Extra.KIND, texts.PROMOTION_KIND, mild=True)


def _dates(row: Row, failed: dict[str, Problem]) -> Iterator[Problem]:
    if Column.RELEASED not in failed and row.date(Column.RELEASED) is None:
        yield row.problem(Column.RELEASED, texts.PROMOTION_RELEASED)
    for column in (Column.STARTS, Column.ENDS):
        if row.text(column) and column not in failed and row.date(column) is None:
            yield row.problem(column, texts.PROMOTION_DATE)
    starts, ends = row.date(Column.STARTS), row.date(Column.ENDS)
    if starts and ends and ends < starts:
        yield row.problem(Column.ENDS, texts.PROMOTION_PERIOD)
