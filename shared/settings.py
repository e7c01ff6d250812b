"""Settings: the environment, read once. Everything that is missing or wrong is reported together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

SHORTEST_SECRET = 16
MOST_SECRETS = 2


class SettingsError(Exception):
    """Lists every missing and every wrong setting by name, never a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`docs/settings.md` says what each one is for."""

    telegram_token: str
    webhook_secret: str
    link_secrets: tuple[str, ...]
    admins: tuple[int, ...]
    specialists_chat: int | None
    openai_api_key: str
    openai_model: str
    openai_base_url: str | None
    openai_assistant_id: str | None
    gcp_sa_json: str | None
    gcp_project: str
    pubsub_topic: str
    sheet_id: str
    appeals_sheet_id: str
    promotions_sheet_id: str
    web_app_url: str
    webhook_url: str
    time_zone: str
    sheets_share: int
    telegram_api_url: str
    sheets_api_url: str
    pubsub_api_url: str | None
    playground_clock: Path | None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Raises SettingsError."""
    reader = _Reader(environment)
    settings = Settings(
        telegram_token=reader.needed("TELEGRAM_TOKEN"),
        webhook_secret=reader.needed("WEBHOOK_SECRET"),
        link_secrets=reader.secrets("LINK_SECRET"),
        admins=reader.numbers("ADMIN_TELEGRAM_ID"),
        specialists_chat=reader.number("SPECIALISTS_CHAT_ID"),
        openai_api_key=reader.needed("OPENAI_API_KEY"),
        openai_model=reader.optional("OPENAI_MODEL") or "gpt-6-luna",
        openai_base_url=reader.optional("OPENAI_BASE_URL"),
        openai_assistant_id=reader.optional("OPENAI_ASSISTANT_ID"),
        gcp_sa_json=reader.json_object("GCP_SA_JSON"),
        gcp_project=reader.needed("GCP_PROJECT"),
        pubsub_topic=reader.optional("PUBSUB_TOPIC") or "sheet-events",
        sheet_id=reader.needed("SHEET_ID"),
        appeals_sheet_id=reader.needed("APPEALS_SHEET_ID"),
        promotions_sheet_id=reader.needed("PROMOTIONS_SHEET_ID"),
        web_app_url=reader.needed("WEB_APP_URL"),
        webhook_url=reader.needed("WEBHOOK_URL").rstrip("/"),
        time_zone=reader.zone("TIMEZONE", "Europe/Moscow"),
        sheets_share=reader.number("SHEETS_SHARE", at_least=1, at_most=54) or 54,
        telegram_api_url=reader.optional("TELEGRAM_API_URL") or "https://api.telegram.org",
        sheets_api_url=reader.optional("SHEETS_API_URL") or "https://sheets.googleapis.com",
        pubsub_api_url=reader.optional("PUBSUB_API_URL"),
        playground_clock=reader.playground_only("PLAYGROUND_CLOCK"),
    )
    reader.report()
    return settings


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._missing: list[str] = []
        self._wrong: list[str] = []

    def optional(self, name: str) -> str | None:
        return self._environment.get(name, "").strip() or None

    def needed(self, name: str) -> str:
        value = self.optional(name)
        if value is None:
            self._missing.append(name)
        return value or ""

    def number(self, name: str, *, at_least: int | None = None, at_most: int | None = None) -> int | None:
        value = self.optional(name)
        if value is None:
            return None
        number = int(value) if value.removeprefix("-").isdecimal() else None
        low = number is not None and at_least is not None and number < at_least
        high = number is not None and at_most is not None and number > at_most
        if number is None or low or high:
            self._wrong.append(f"{name}: a number" + (f" from {at_least} to {at_most}" if at_least is not None else ""))
        return number

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self.needed(name)
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            self._wrong.append(f"{name}: numbers separated by commas")
            return ()
        return tuple(int(part) for part in parts)

    def secrets(self, name: str) -> tuple[str, ...]:
        """One secret, or the new and the old one while they are exchanged."""
        value = self.needed(name)
        parts = tuple(value.replace(",", " ").split())
        if value and (not 1 <= len(parts) <= MOST_SECRETS or any(len(part) < SHORTEST_SECRET for part in parts)):
            self._wrong.append(f"{name}: one or two secrets of {SHORTEST_SECRET} characters or more, comma between")
        return parts

    def json_object(self, name: str) -> str | None:
        value = self.optional(name)
        try:
            found = json.loads(value or "{}")
        except ValueError:
            found = None
        if not isinstance(found, dict):
            self._wrong.append(f"{name}: a JSON object, whole, on one line")
        return value

    def zone(self, name: str, default: str) -> str:
        value = self.optional(name) or default
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self._wrong.append(f"{name}: a time zone such as {default}")
        return value

    def playground_only(self, name: str) -> Path | None:
        """K_SERVICE is set wherever Cloud Run runs a function: there nobody may move its clock."""
        value = self.optional(name)
        if value and self.optional("K_SERVICE"):
            self._wrong.append(f"{name}: only for the playground")
        return Path(value) if value else None

    def report(self) -> None:
        said = [f"missing: {', '.join(self._missing)}"] if self._missing else []
        said += [f"wrong: {'; '.join(self._wrong)}"] if self._wrong else []
        if said:
            raise SettingsError("; ".join(said))
