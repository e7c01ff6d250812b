"""The synthetic start of the world: workbooks, people, topics, the webhook."""

from __future__ import annotations

from datetime import datetime

from playground.data import Tab, workbooks
from playground.data import Workbook as WorkbookSeed
from playground.names import (
    ADMIN_ID,
    ALLOWED_UPDATES,
    DEAD_TOPIC,
    FUNCTIONS,
    SPECIALISTS_CHAT_ID,
    SUBSCRIPTION,
    TOPIC,
    service_account,
)
from playground.pubsub import GcloudPubsub, PubsubEmulator, PushSubscription
from playground.scheduler import MOSCOW
from playground.sheets import SheetsEmulator, TabSeed
from playground.sheets.workbook import Workbook
from playground.telegram import TelegramEmulator

SPARE_ROWS = 1_000
CODE, STATUS = "Код партнера", "Статус авторизации"
PROMOTIONS = ("promotions", "Акции")


def seed_sheets(sheets: SheetsEmulator, now: float) -> dict[str, str]:
    """Make the workbooks without promotions; return their ids by key."""
    return {seed.key: _create(sheets, seed) for seed in _workbooks(now)}


def seed_promotions(sheets: SheetsEmulator, now: float) -> None:
    """Type the promotions, dated by the moment *now*, into their empty tab.

    They come after the set-up of the workbooks: those that exist before it are marked «не рассылать».
    """
    for seed in _workbooks(now):
        for tab in seed.tabs:
            if (seed.key, tab.title) == PROMOTIONS:
                _type_rows(sheets.workbook(seed.key), tab)


def authorised_codes(workbook: Workbook) -> set[str]:
    """Partner codes of rows that hold a status, on whichever tab people keep the two columns."""
    codes: set[str] = set()
    for title in workbook.titles():
        height, width = workbook.last_row(title), workbook.last_column(title)
        header, *rows = workbook.display_values(title, 1, 1, height, width) if height and width else [[]]
        if CODE in header and STATUS in header:
            code, status = header.index(CODE), header.index(STATUS)
            codes |= {row[code] for row in rows if row[status]}
    return codes


def seed_telegram(telegram: TelegramEmulator, *, webhook: str, secret: str, max_connections: int) -> None:
    telegram.know_user(ADMIN_ID, first_name="Администратор", started=True)
    telegram.create_group(SPECIALISTS_CHAT_ID, "Специалисты")
    telegram.set_webhook(webhook, secret=secret, max_connections=max_connections, allowed_updates=list(ALLOWED_UPDATES))


def seed_pubsub(pubsub: PubsubEmulator | GcloudPubsub, *, endpoint: str) -> None:
    """The subscription as deploy.sh makes it."""
    pubsub.create_topic(TOPIC)
    pubsub.create_topic(DEAD_TOPIC)
    subscription = PushSubscription(
        name=SUBSCRIPTION,
        topic=TOPIC,
        endpoint=endpoint,
        service_account=service_account("sheet-events"),
        ack_deadline_s=60,
        min_backoff_s=1,
        max_backoff_s=60,
        dead_letter_topic=DEAD_TOPIC,
        max_attempts=10,
    )
    pubsub.create_push_subscription(subscription)


def _create(sheets: SheetsEmulator, seed: WorkbookSeed) -> str:
    spreadsheet_id = f"{seed.key}-demo"
    sheets.create_spreadsheet(
        spreadsheet_id,
        seed.title,
        [_tab(tab) for tab in seed.tabs],
        locale="ru_RU",
        time_zone="Europe/Moscow",
        alias=seed.key,
        shared_with=[service_account(name) for name in FUNCTIONS],
    )
    for tab in seed.tabs:
        if (seed.key, tab.title) != PROMOTIONS:
            _type_rows(sheets.workbook(spreadsheet_id), tab)
    return spreadsheet_id


def _workbooks(now: float) -> tuple[WorkbookSeed, ...]:
    return workbooks(datetime.fromtimestamp(now, MOSCOW).date())


def _type_rows(workbook: Workbook, tab: Tab) -> None:
    """Values are parsed as typed, so that a date is a date, except in text columns."""
    if tab.rows:
        workbook.set_values(tab.title, 2, 1, tab.rows)


def _tab(tab: Tab) -> TabSeed:
    return TabSeed(
        title=tab.title,
        rows=[tab.header],
        text_columns=[tab.header.index(name) for name in tab.text_columns],
        hidden_columns=[tab.header.index(name) for name in tab.hidden_columns],
        row_count=SPARE_ROWS,
        frozen_rows=1,
    )
