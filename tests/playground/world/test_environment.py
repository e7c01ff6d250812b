"""The functions' settings: emulators by default, real services only when somebody says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playground.functions.environment import RealServiceError, Secrets, environment, real_services

CREDENTIALS = "# ours\nOPENAI_API_KEY='sk-real'\nOPENAI_MODEL=gpt-6\nTELEGRAM_TOKEN=\n"


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    path = tmp_path / ".env"
    path.write_text(CREDENTIALS)
    return path


def settings(changes: dict[str, str | None], *, instances: int = 1) -> dict[str, str]:
    return environment(
        "http://127.0.0.1:8080",
        Secrets.fresh(),
        service_account_key={"client_email": "telegram-webhook@example.iam.gserviceaccount.com"},
        spreadsheets={"authorisation": "a", "appeals": "b", "promotions": "c"},
        clock_file=Path("/clock"),
        instances=instances,
        changes=changes,
    )


def test_every_address_is_the_playgrounds(env_file: Path) -> None:
    """A file .env with real keys changes nothing by itself: nobody's real sheet is touched by `make run`."""
    assert real_services(env_file, {}) == {}
    given = settings({})
    addresses = {name: value for name, value in given.items() if name.endswith("_URL")}
    assert len(addresses) == 6
    assert all(value.startswith("http://127.0.0.1:8080/") for value in addresses.values())
    assert json.loads(given["GCP_SA_JSON"])["client_email"].startswith("telegram-webhook@")


def test_a_named_service_is_the_real_one(env_file: Path) -> None:
    """Its credentials come from .env, its emulator's address is gone; the other services stay emulated."""
    changes = real_services(env_file, {"PLAYGROUND_REAL": "openai"})
    given = settings(changes)
    assert (given["OPENAI_API_KEY"], given["OPENAI_MODEL"]) == ("sk-real", "gpt-6")
    assert "OPENAI_BASE_URL" not in given
    assert given["TELEGRAM_API_URL"] == "http://127.0.0.1:8080/telegram"


@pytest.mark.parametrize(("named", "said"), [("telegram", "TELEGRAM_TOKEN"), ("mail", "'mail'")])
def test_what_is_missing_is_named(env_file: Path, named: str, said: str) -> None:
    """An empty value counts as missing; a service that does not exist is named."""
    with pytest.raises(RealServiceError, match=said):
        real_services(env_file, {"PLAYGROUND_REAL": named})


def test_instances_share_the_quota() -> None:
    """Shares times instances stay within 54 calls a minute of one service account."""
    assert settings({})["SHEETS_SHARE"] == "54"
    assert settings({}, instances=4)["SHEETS_SHARE"] == "13"
