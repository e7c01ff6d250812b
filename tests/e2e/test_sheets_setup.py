"""The set-up of the workbooks, which the playground runs on itself, and `make sheets-setup` after it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from ops import failing
from ops.sheets_of import connect
from ops.sheets_setup.__main__ import main
from ops.sheets_setup.texts import NOTHING_MISSING
from playground.testing import REPOSITORY, PlaygroundClient


def seen(playground: PlaygroundClient, spreadsheet: str, sheet: str) -> Any:
    query = {"spreadsheet": spreadsheet, "sheet": sheet}
    return playground.http.get("/google/people/view", params=query).json()


def test_the_playground_starts_set_up(playground: PlaygroundClient) -> None:
    """Tabs, colours, views, hidden columns, after a reset too; nothing of it is counted or in the log."""
    assert playground.control("GET", "stats")["sheets"] == {"reads": 0, "writes": 0, "bytes_read": 0, "errors": {}}
    assert playground.control("GET", "events") == []
    info = playground.control("GET", "info")
    assert info["tabs"][info["spreadsheets"]["appeals"]] == [
        *("Обращения", "Настройки", "База знаний", "Архив", "Метрики")
    ]
    assert info["tabs"][info["spreadsheets"]["promotions"]] == ["Акции", "Рассылки"]
    appeals = seen(playground, "appeals", "Обращения")
    assert [view["title"] for view in appeals["views"]] == ["Ждут ответа", "В работе", "Все"]
    assert [appeals["header"][index] for index in appeals["hidden_columns"]] == ["id", "Служебное"]
    partners = seen(playground, "authorisation", "Авторизация")["rows"]
    assert {bool(row["colour"]) for row in partners if "авторизован" in row["values"]} == {True}


def test_the_synthetic_promotions_are_still_to_be_announced(playground: PlaygroundClient) -> None:
    """They are younger than the set-up, which marks what it finds as «не рассылать»."""
    promotions = seen(playground, "promotions", "Акции")
    assert len(promotions["rows"]) == 6
    assert {row["values"][promotions["header"].index("Разослать")] for row in promotions["rows"]} == {""}
    assert all(row["colour"] for row in promotions["rows"])
    assert playground.run_job("promotions")["body"]["due"]


def test_the_history_begins_at_the_synthetic_start(playground: PlaygroundClient) -> None:
    """The oldest version that people can go back to has the set-up in it."""
    playground.people("restore", {"spreadsheet": "appeals", "at": 0})
    assert len(seen(playground, "appeals", "Обращения")["views"]) == 3


def test_the_bot_works_on_after_a_set_up(playground: PlaygroundClient, capsys: pytest.CaptureFixture[str]) -> None:
    """In the middle of a conversation: the playground is found by its port, nothing is lacking, the reply arrives."""
    partner = playground.partner()
    playground.log_in(partner)
    playground.say(partner.user, "Позовите специалиста")
    playground.wait_for(lambda: "Позвали специалиста" in playground.last(partner.user))
    assert failing.run(lambda: connect({"PORT": playground.base_url.rpartition(":")[2]}), main) == 0
    assert capsys.readouterr().out.count(NOTHING_MISSING) == 3
    playground.edit("appeals", "Обращения!G2", [["Уже делаем"]])
    playground.wait_for(lambda: "Уже делаем" in playground.last(partner.user))
    playground.wait_for(lambda: "доставлено" in playground.view("appeals", "Обращения")[0]["Доставка"])
    appeals = seen(playground, "appeals", "Обращения")
    assert appeals["rows"][0]["colour"] is not None
    views = {one["title"]: one["rows"] for one in appeals["views"]}
    assert views == {"Ждут ответа": [], "В работе": [2], "Все": [2]}


def test_a_named_playground_is_the_only_one_touched(playground: PlaygroundClient) -> None:
    """Ids and keys in the environment or in `.env` lead to no other workbooks."""
    command = [sys.executable, "-m", "ops.sheets_setup", "--playground", playground.base_url]
    real = {"SHEET_ID": "a", "APPEALS_SHEET_ID": "b", "PROMOTIONS_SHEET_ID": "c", "GCP_SA_JSON": "{}"}
    ran = subprocess.run(command, cwd=REPOSITORY, env=os.environ | real, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert f"песочница {playground.base_url}" in ran.stdout
