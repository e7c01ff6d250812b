"""The tabs of the three workbooks."""

from __future__ import annotations

from dataclasses import replace

from ops.sheets_setup import settings
from ops.sheets_setup.to_come import BroadcastColumn, MetricsColumn
from ops.sheets_setup.wanted import Column, Tab, View
from shared.adapters.sheets.tables import (
    PEOPLES_OWN,
    AppealColumn,
    AuthorisationColumn,
    AuthorisationExtra,
    KnowledgeColumn,
    PromotionColumn,
    PromotionExtra,
    SettingColumn,
    SettingExtra,
    TabTitle,
)
from shared.domain.access import AUTHORISED
from shared.domain.appeals import NOTHING
from shared.domain.knowledge import DRAFT, PUBLISHED
from shared.domain.promotions import KINDS, PromotionStatus, Sending
from shared.domain.status import Status

GREEN, YELLOW, RED, BLUE, VIOLET, GREY = "#d9ead3", "#fff2cc", "#f4cccc", "#d0e2f3", "#e4dcf1", "#efefef"
THREE_LINES = 63

AUTHORISATION = Tab(
    title=TabTitle.AUTHORISATION,
    columns=(
        Column(title=AuthorisationColumn.CODE, text=True),
        Column(title=AuthorisationColumn.NAME, width=220),
        Column(title=AuthorisationColumn.PHONE, text=True, width=140),
        Column(title=AuthorisationColumn.STATUS, text=True, choices=(AUTHORISED,), width=130),
        Column(title=AuthorisationColumn.CHAT, text=True),
        Column(title=AuthorisationColumn.DATE, text=True, width=130),
        Column(title=AuthorisationExtra.NOTIFICATIONS, text=True),
        Column(title=AuthorisationExtra.TRACE, text=True, technical=True),
    ),
    known_by=frozenset(AuthorisationColumn),
    once=frozenset(AuthorisationColumn),
    coloured_by=AuthorisationColumn.STATUS,
    colours={AUTHORISED: GREEN},
)

_STATUSES = tuple(status.value for status in Status)
_APPEAL_COLUMNS = (
    Column(title=AppealColumn.CODE, text=True),
    Column(title=AppealColumn.PHONE, text=True, width=130),
    Column(title=AppealColumn.NAME, text=True, width=160),
    Column(title=AppealColumn.CHAT, text=True),
    Column(title=AppealColumn.HISTORY, text=True, clipped=True, width=420),
    Column(title=AppealColumn.STATUS, text=True, choices=_STATUSES, width=170),
    Column(title=AppealColumn.REPLY, text=True, width=320),
    Column(title=AppealColumn.UPDATED, text=True, width=140),
    Column(title=AppealColumn.RECEIPT, text=True, width=180),
    Column(title=AppealColumn.NUMBER, text=True, width=60),
    Column(title=AppealColumn.QUESTION, text=True, clipped=True, width=320),
    Column(title=AppealColumn.WAITING, text=True, width=140),
    Column(title=AppealColumn.OWNER, width=130),
    Column(title=AppealColumn.RATING, text=True, width=70),
    Column(title=AppealColumn.TO_KNOWLEDGE, width=70),
    Column(title=AppealColumn.ID, text=True, technical=True),
    Column(title=AppealColumn.TRACE, text=True, technical=True),
)
_APPEALS_ONCE = frozenset(AppealColumn) - PEOPLES_OWN

APPEALS = Tab(
    title=TabTitle.APPEALS,
    columns=_APPEAL_COLUMNS,
    known_by=frozenset(list(AppealColumn)[:8]),
    once=_APPEALS_ONCE,
    coloured_by=AppealColumn.STATUS,
    colours={
        Status.NEW: YELLOW,
        Status.ANSWERED: BLUE,
        Status.HANDED_OVER: RED,
        Status.IN_WORK: VIOLET,
        Status.RESOLVED: GREY,
    },
    views=(
        View(
            title="Ждут ответа",
            hidden={AppealColumn.STATUS: (Status.ANSWERED, Status.RESOLVED), AppealColumn.WAITING: (NOTHING,)},
            sorted_by=AppealColumn.WAITING,
            newest_first=False,
        ),
        View(
            title="В работе",
            only={AppealColumn.STATUS: Status.IN_WORK},
            sorted_by=AppealColumn.UPDATED,
            newest_first=True,
        ),
        View(title="Все", sorted_by=AppealColumn.UPDATED, newest_first=True),
    ),
    row_height=THREE_LINES,
)

ARCHIVE = Tab(
    title=TabTitle.ARCHIVE,
    columns=tuple(replace(column, choices=()) for column in _APPEAL_COLUMNS),
    once=_APPEALS_ONCE,
    row_height=THREE_LINES,
)

SETTINGS = Tab(
    title=TabTitle.SETTINGS,
    columns=(
        Column(title=SettingColumn.KEY, width=200),
        Column(title=SettingColumn.VALUE, text=True, width=320),
        Column(title=SettingExtra.DESCRIPTION, width=480),
    ),
    known_by=frozenset(SettingColumn),
    once=frozenset(SettingColumn),
    rows=settings.DEFAULTS,
)

KNOWLEDGE = Tab(
    title=TabTitle.KNOWLEDGE,
    columns=(
        Column(title=KnowledgeColumn.ID, text=True),
        Column(title=KnowledgeColumn.QUESTION, width=320),
        Column(title=KnowledgeColumn.ANSWER, width=480),
        Column(title=KnowledgeColumn.LINK, width=200),
        Column(title=KnowledgeColumn.STATUS, choices=(PUBLISHED, DRAFT), width=130),
    ),
    known_by=frozenset(KnowledgeColumn),
    once=frozenset(KnowledgeColumn),
)

METRICS = Tab(title=TabTitle.METRICS, columns=tuple(Column(title=column) for column in MetricsColumn))

PROMOTIONS = Tab(
    title=TabTitle.PROMOTIONS,
    columns=(
        Column(title=PromotionColumn.RELEASED),
        Column(title=PromotionColumn.TITLE, width=240),
        Column(title=PromotionColumn.DESCRIPTION, width=420),
        Column(title=PromotionColumn.STATUS, choices=tuple(PromotionStatus)),
        Column(title=PromotionColumn.STARTS),
        Column(title=PromotionColumn.ENDS),
        Column(title=PromotionExtra.LINK, width=200),
        Column(title=PromotionExtra.IMAGE, width=200),
        Column(title=PromotionExtra.KIND, choices=KINDS),
        Column(title=PromotionExtra.SENDING, choices=tuple(Sending), width=130),
        Column(title=PromotionExtra.PROGRESS, text=True, width=240),
        Column(title=PromotionExtra.ID, text=True, technical=True),
        Column(title=PromotionExtra.TRACE, text=True, technical=True),
    ),
    known_by=frozenset(PromotionColumn),
    once=frozenset(PromotionColumn),
    coloured_by=PromotionColumn.STATUS,
    colours={PromotionStatus.ACTIVE: GREEN, PromotionStatus.WAITING: YELLOW, PromotionStatus.ENDED: GREY},
)

BROADCASTS = Tab(
    title=TabTitle.BROADCASTS,
    columns=tuple(
        Column(title=column, text=True, technical=column is BroadcastColumn.TRACE) for column in BroadcastColumn
    ),
)

AUTHORISATION_BOOK = (AUTHORISATION,)
APPEALS_BOOK = (APPEALS, ARCHIVE, SETTINGS, KNOWLEDGE, METRICS)
PROMOTIONS_BOOK = (PROMOTIONS, BROADCASTS)
