"""The settings a function is deployed with, the emulators' addresses among them, or those of the real services."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playground.names import ADMIN_ID, PROJECT, SPECIALISTS_CHAT_ID, TOPIC

EMULATOR_ADDRESS = {
    "telegram": "TELEGRAM_API_URL",
    "openai": "OPENAI_BASE_URL",
    "sheets": "SHEETS_API_URL",
    "pubsub": "PUBSUB_API_URL",
}
NEEDED_FOR_REAL = {
    "telegram": ("TELEGRAM_TOKEN", "WEBHOOK_SECRET", "ADMIN_TELEGRAM_ID", "SPECIALISTS_CHAT_ID"),
    "openai": ("OPENAI_API_KEY",),
    "sheets": ("GCP_SA_JSON", "SHEET_ID", "APPEALS_SHEET_ID", "PROMOTIONS_SHEET_ID"),
    "pubsub": ("GCP_SA_JSON", "GCP_PROJECT", "PUBSUB_TOPIC"),
}
OPTIONAL_FOR_REAL = {"telegram": ("WEBHOOK_URL", "WEB_APP_URL"), "openai": ("OPENAI_MODEL",)}
# below Google's 60 a minute for one service account, whose quota all instances of a function share
CALLS_A_MINUTE = 54


class RealServiceError(ValueError):
    """`PLAYGROUND_REAL` names a service that does not exist, or whose credentials are missing; says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Invented anew at each start."""

    telegram_token: str
    bot_username: str
    webhook_secret: str
    link_secret: str
    openai_key: str

    @classmethod
    def fresh(cls) -> Secrets:
        return cls(
            telegram_token=f"{secrets.randbelow(9_000_000_000) + 1_000_000_000}:{secrets.token_urlsafe(27)[:35]}",
            bot_username="marketing_playground_bot",
            webhook_secret=secrets.token_urlsafe(24),
            link_secret=secrets.token_urlsafe(24),
            openai_key=f"sk-proj-{secrets.token_urlsafe(36)}",
        )


def real_services(env_file: Path, environ: Mapping[str, str] = os.environ) -> dict[str, str | None]:
    """What `PLAYGROUND_REAL=openai,…` changes in the functions' settings; None takes a variable away.

    The names are read from the environment or from `.env`, the credentials from `.env`.
    Raises RealServiceError.
    """
    filed = _read(env_file)
    chosen = environ.get("PLAYGROUND_REAL", filed.get("PLAYGROUND_REAL", ""))
    changes: dict[str, str | None] = {}
    for service in filter(None, (name.strip() for name in chosen.split(","))):
        if service not in EMULATOR_ADDRESS:
            raise RealServiceError(f"PLAYGROUND_REAL: {service!r} is none of {', '.join(EMULATOR_ADDRESS)}")
        missing = [name for name in NEEDED_FOR_REAL[service] if not filed.get(name)]
        if missing:
            raise RealServiceError(f"PLAYGROUND_REAL={service} needs in {env_file.name}: {', '.join(missing)}")
        names = (*NEEDED_FOR_REAL[service], *OPTIONAL_FOR_REAL.get(service, ()))
        changes |= {name: filed[name] for name in names if filed.get(name)}
        changes[EMULATOR_ADDRESS[service]] = None
    return changes


def environment(
    base_url: str,
    secrets_: Secrets,
    *,
    service_account_key: Mapping[str, object],
    spreadsheets: Mapping[str, str],
    clock_file: Path,
    instances: int,
    changes: Mapping[str, str | None],
) -> dict[str, str]:
    """The settings of one function; `changes` are those of `real_services`."""
    settings = {
        "TELEGRAM_TOKEN": secrets_.telegram_token,
        "TELEGRAM_API_URL": f"{base_url}/telegram",
        "WEBHOOK_SECRET": secrets_.webhook_secret,
        "LINK_SECRET": secrets_.link_secret,
        "ADMIN_TELEGRAM_ID": str(ADMIN_ID),
        "SPECIALISTS_CHAT_ID": str(SPECIALISTS_CHAT_ID),
        "OPENAI_API_KEY": secrets_.openai_key,
        "OPENAI_BASE_URL": f"{base_url}/openai/v1",
        "OPENAI_MODEL": "gpt-6-luna",
        "GCP_PROJECT": PROJECT,
        "GCP_SA_JSON": json.dumps(service_account_key),
        "SHEETS_API_URL": f"{base_url}/google",
        "PUBSUB_API_URL": f"{base_url}/pubsub",
        "PUBSUB_TOPIC": TOPIC,
        "SHEETS_SHARE": str(CALLS_A_MINUTE // instances),
        "SHEET_ID": spreadsheets["authorisation"],
        "APPEALS_SHEET_ID": spreadsheets["appeals"],
        "PROMOTIONS_SHEET_ID": spreadsheets["promotions"],
        "WEB_APP_URL": f"{base_url}/webapp/index.html",
        "WEBHOOK_URL": f"{base_url}/functions/telegram-webhook",
        "TIMEZONE": "Europe/Moscow",
        "PLAYGROUND_CLOCK": str(clock_file),
    }
    return {name: value for name, value in {**settings, **changes}.items() if value is not None}


def _read(env_file: Path) -> dict[str, str]:
    if not env_file.exists():
        return {}
    lines = (line.strip() for line in env_file.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}
