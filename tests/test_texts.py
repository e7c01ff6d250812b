"""What people read: short, without words of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.domain import texts
from shared.domain.status import Status, shown_to_partner

ROOT = Path(__file__).parents[1]
FOR_PEOPLE = [
    *(ROOT / "shared/domain").glob("*texts.py"),
    *(ROOT / "webapp").glob("*.*"),
    *(ROOT / "apps_script").glob("*.gs"),
    *(ROOT / "playground/page/static").glob("*.*"),
    *(ROOT / "playground/data").glob("*.json"),
]
CONSTANTS = {name: text for name, text in vars(texts).items() if name.isupper() and isinstance(text, str)}


@pytest.mark.parametrize("file", FOR_PEOPLE, ids=lambda file: file.name)
def test_no_text_for_people_names_a_command_of_developers(file: Path) -> None:
    """They have no terminal: a text says what to type in the sheet, or a command of the bot."""
    assert not re.search(r"\bmake [a-z]|\bpython -m\b", file.read_text())


@pytest.mark.parametrize("file", FOR_PEOPLE, ids=lambda file: file.name)
def test_no_text_promises_a_mailing(file: Path) -> None:
    """Promotions are listed and announced to nobody yet."""
    assert "напишет сам" not in file.read_text()


def test_partners_read_of_a_helper() -> None:
    """«ИИ» is a word of the sheet."""
    assert not [name for name, text in CONSTANTS.items() if re.search(r"\bИИ\b", text)]
    assert [shown_to_partner(status) for status in Status] == [
        *("ждёт ответа", "ответил помощник", "ждёт специалиста", "отвечает специалист", "закрыт")
    ]


def test_what_a_specialist_calls_a_status_stays_in_the_sheet() -> None:
    """A status of a person's own means that a person has the appeal."""
    assert shown_to_partner(None) == "отвечает специалист"


def test_texts_are_short() -> None:
    """A partner reads them on a phone."""
    assert len(CONSTANTS) > 40
    assert not [name for name, text in CONSTANTS.items() if len(text) > 300]
