"""Everything of one function, built in one place."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial

from shared.adapters import assistant, google, pubsub
from shared.adapters.clock import PlaygroundClock, SystemClock
from shared.adapters.logging import JsonLog
from shared.adapters.sheets.breaker import Breaker
from shared.adapters.sheets.calls import transport
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.directory.directory import SheetDirectory
from shared.adapters.sheets.inspection import SheetInspection
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.journal.with_breaker import JournalWithBreaker
from shared.adapters.sheets.knowledge import SheetKnowledge
from shared.adapters.sheets.preferences import SheetPreferences
from shared.adapters.sheets.promotions import SheetPromotions
from shared.adapters.sheets.repair_notices import RepairNotices
from shared.adapters.telegram import messenger
from shared.domain import problem_texts
from shared.ports import Office, Outside
from shared.settings import Settings
from shared.usecases.memory import Memory

PUBSUB_SCOPES = ("https://www.googleapis.com/auth/pubsub",)
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    settings: Settings
    outside: Outside
    memory: Memory
    log: JsonLog
    notices: RepairNotices = field(default_factory=RepairNotices)


def wire(settings: Settings, function: str) -> Wired:
    log = JsonLog(function=function)
    if settings.openai_assistant_id:
        log.warning("setting_ignored", setting="OPENAI_ASSISTANT_ID", why="the Assistants API ended on 2026-08-26")
    zone = settings.time_zone
    clock = PlaygroundClock(zone, settings.playground_clock) if settings.playground_clock else SystemClock(zone)
    key = settings.gcp_sa_json
    sheets = partial(google.credentials, key, transport.SCOPES)
    publisher = partial(google.credentials, key, PUBSUB_SCOPES)
    titles: transport.Titles = {}
    connect = partial(transport.connect, settings.sheets_api_url, sheets)
    calls, refreshing = (transport.GspreadTransport(connect, titles) for _ in range(2))
    gateway = Gateway(calls, refreshing=refreshing, share=settings.sheets_share)
    notices = RepairNotices()
    authorisation = Workbook(gateway, settings.sheet_id, problem_texts.PARTNERS_BOOK, notices)
    appeals = Workbook(gateway, settings.appeals_sheet_id, problem_texts.APPEALS_BOOK, notices)
    promotions = Workbook(gateway, settings.promotions_sheet_id, problem_texts.PROMOTIONS_BOOK, notices)
    events = pubsub.PubsubEvents(
        partial(pubsub.connect, settings.pubsub_api_url, publisher),
        project=settings.gcp_project,
        topic=settings.pubsub_topic,
    )
    outside = Outside(
        clock=clock,
        journal=JournalWithBreaker(
            SheetJournal(Tools(book=appeals, clock=clock, token=new_token, log=log)), Breaker(clock.now)
        ),
        directory=SheetDirectory(authorisation, clock=clock, events=events, log=log),
        preferences=SheetPreferences(appeals, clock=clock, log=log),
        knowledge=SheetKnowledge(appeals, clock=clock, log=log),
        promotions=SheetPromotions(promotions, clock=clock, log=log),
        inspection=SheetInspection(authorisation=authorisation, appeals=appeals, promotions=promotions),
        assistant=assistant.OpenAIAssistant(
            partial(assistant.connect, settings.openai_api_key, settings.openai_base_url),
            model=settings.openai_model,
            log=log,
        ),
        messenger=messenger.TelegramMessenger(
            partial(messenger.connect, settings.telegram_token, settings.telegram_api_url)
        ),
        events=events,
        log=log,
        office=Office(
            admins=settings.admins,
            specialists_chat=settings.specialists_chat,
            web_app_url=settings.web_app_url,
            public_url=settings.webhook_url,
            link_secrets=settings.link_secrets,
        ),
    )
    return Wired(settings=settings, outside=outside, memory=Memory.fresh(clock), log=log, notices=notices)


def new_token() -> str:
    """Six random characters: the version of a row."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))
