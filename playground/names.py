"""How the playground's project, people and places are called."""

from __future__ import annotations

PROJECT = "marketingbot-playground"
FUNCTIONS = ("telegram-webhook", "sheet-events", "promo-scheduler")
TOPIC = "sheet-events"
DEAD_TOPIC = "sheet-events-dead"
SUBSCRIPTION = "sheet-events-push"
ADMIN_ID = 900_000_001
SPECIALISTS_CHAT_ID = -1_001_234_567_890
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


def service_account(function: str) -> str:
    return f"{function}@{PROJECT}.iam.gserviceaccount.com"
