"""The documents say what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ops.sheets_setup.tabs import APPEALS_BOOK, AUTHORISATION_BOOK, PROMOTIONS_BOOK
from ops.sheets_setup.texts import BEFORE_CONNECTION
from ops.sheets_setup.there import CONNECTED
from shared.adapters.web import Fault
from shared.domain.identity import IdentityFault
from shared.domain.preferences import Setting
from shared.domain.promotions import Sending
from shared.domain.status import TRANSITIONS, Status
from shared.settings import SettingsError, read_settings

ROOT = Path(__file__).parents[1]
GIVEN = {
    *("TELEGRAM_TOKEN", "ADMIN_TELEGRAM_ID", "OPENAI_API_KEY", "OPENAI_ASSISTANT_ID", "GCP_SA_JSON", "SHEET_ID"),
    *("APPEALS_SHEET_ID", "PROMOTIONS_SHEET_ID", "WEB_APP_URL", "WEBHOOK_URL"),
}


def read_names() -> set[str]:
    """Every setting that `settings.py` asks the environment for."""
    source = (ROOT / "shared/settings.py").read_text()
    return set(re.findall(r'reader\.\w+\("([A-Z_]+)"', source))


def test_every_setting_is_described() -> None:
    """docs/settings.md lists exactly what the code reads."""
    described = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert set(described) == read_names()


def test_every_setting_of_the_sheet_is_described() -> None:
    """docs/settings.md lists exactly the keys of «Настройки»."""
    described = re.findall(r"^\| «([^»]+)» \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert described == [setting.value for setting in Setting]


def test_the_example_lists_every_setting_of_a_deployment() -> None:
    """All but the playground's own."""
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(listed) == read_names() - {"PLAYGROUND_CLOCK"}
    assert set(listed) >= GIVEN


def test_everything_missing_is_reported_together() -> None:
    """Names, never values."""
    with pytest.raises(SettingsError) as caught:
        read_settings({"TELEGRAM_TOKEN": "123:secret", "ADMIN_TELEGRAM_ID": "me", "TIMEZONE": "Mars/Olympus"})
    said = str(caught.value)
    assert "WEBHOOK_SECRET" in said
    assert "SHEET_ID" in said
    assert "ADMIN_TELEGRAM_ID" in said
    assert "TIMEZONE" in said
    assert "secret" not in said


@pytest.mark.parametrize("value", ["short", "0123456789abcdef, short", ",", "0123456789abcdef " * 3])
def test_link_secrets_are_one_or_two_and_long(value: str) -> None:
    """What is wrong is named, the secret is not; a comma or a blank stands between two."""
    with pytest.raises(SettingsError, match="LINK_SECRET: one or two secrets of 16") as caught:
        read_settings({"LINK_SECRET": value})
    assert "0123456789abcdef" not in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        read_settings({"LINK_SECRET": "0123456789abcdef,fedcba9876543210"})
    assert "LINK_SECRET" not in str(caught.value)


def test_a_deployed_function_refuses_a_moved_clock() -> None:
    """PLAYGROUND_CLOCK beside K_SERVICE."""
    with pytest.raises(SettingsError, match="PLAYGROUND_CLOCK"):
        read_settings({"PLAYGROUND_CLOCK": "/tmp/clock", "K_SERVICE": "telegram-webhook"})  # noqa: S108


def test_every_error_is_described() -> None:
    """docs/api.md names each code that an answer may carry."""
    described = (ROOT / "docs/api.md").read_text()
    assert all(f"`{fault.value}`" in described for fault in (*IdentityFault, *Fault))


def test_every_tab_and_column_is_described() -> None:
    """docs/sheets.md lists them in the order of a fresh workbook, and every view."""
    described = (ROOT / "docs/sheets.md").read_text()
    for tab in (*AUTHORISATION_BOOK, *APPEALS_BOOK, *PROMOTIONS_BOOK):
        shown = ", ".join(column.title for column in tab.columns if not column.technical)
        technical = ", ".join(column.title for column in tab.columns if column.technical)
        assert re.search(
            rf"\| [^|]*\b{tab.title}\b[^|]* \| {re.escape(shown)} \| {re.escape(technical)} ?\|", described
        )
        assert all(f"«{view.title}»" in described for view in tab.views)
    assert f"«{BEFORE_CONNECTION}»" in described
    assert f"«{Sending.NEVER}»" in described
    assert f"`{CONNECTED}`" in described


def test_the_readme_shows_transitions_that_exist() -> None:
    """The picture of an appeal's life is drawn from the table."""
    labels = {"Новое": "Новое", "ОтветИИ": "Ответ ИИ", "Передано": "Передано специалисту"}
    labels |= {"ВРаботе": "В работе", "Решено": "Решено"}
    picture = (ROOT / "README.md").read_text().split("stateDiagram-v2")[1].split("```")[0]
    drawn = re.findall(r"^    (\w+) --> (\w+)", picture, re.MULTILINE)
    pairs = [(Status(labels[before]), Status(labels[after])) for before, after in drawn]
    assert len(pairs) >= 6
    assert all(after in TRANSITIONS[before] for before, after in pairs)


def test_the_readme_names_every_folder() -> None:
    """A newcomer finds where a change belongs."""
    readme = (ROOT / "README.md").read_text()
    for folder in ("functions", "webapp", "apps_script", "playground", "ops", "shared/domain", "shared/usecases"):
        assert f"`{folder}/`" in readme
        assert (ROOT / folder).is_dir()


def test_the_first_run_says_what_it_installs_and_for_how_long() -> None:
    """`make run` before anything else: pip alone would be silent for minutes."""
    command = ["make", "--dry-run", "--always-make", "run", f"PYTHON={sys.executable}"]
    steps = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    said = steps[: steps.index("pip install")]
    assert re.search(r"Installing .* into \.venv .*\d+ MB", said)
    assert re.search(r"takes .* minutes", said)
