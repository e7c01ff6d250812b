"""`make sheets-check`: what a person reads, and what a script sees."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.oauth2.credentials import Credentials

from ops import failing
from ops.sheets_check.__main__ import SOUND, UNKNOWN, WRONG, check
from ops.sheets_check.listing import listing
from ops.sheets_of import Connection, connect
from playground.data import authorisation_tab, clean_partners
from playground.kernel.server import free_port
from shared.adapters.sheets import inspection
from shared.adapters.sheets.calls import transport
from shared.domain.problems import Problem
from tests.sheets import APPEALS, AUTHORISATION, Sheets, emulated_sheets

PROMOTIONS = "promotions-test"


@pytest.fixture
def sheets() -> Iterator[Sheets]:
    with emulated_sheets() as emulated:
        yield emulated


def connection(sheets: Sheets, *, promotions: str = PROMOTIONS) -> Connection:
    api_url = f"{sheets.url}/google"
    token = Credentials(token=sheets.emulator.access_token)  # type: ignore[no-untyped-call]
    return Connection(
        client=transport.connect(api_url, lambda: token),
        api_url=api_url,
        authorisation=AUTHORISATION,
        appeals=APPEALS,
        promotions=promotions,
        label="таблицы теста",
    )


def test_problems_stand_under_their_tab() -> None:
    """With address and advice; a tab without problems is seen to be right; counts at the end."""
    problems = [
        Problem(tab="Авторизация", cell="A22", text="Строка 22 пустая.", mild=True),
        Problem(tab="Авторизация", cell="C127", text="Нет телефона."),
        Problem(tab="Акции", text="Вкладки нет."),
    ]
    assert "\n".join(listing(problems, ["Авторизация", "Обращения", "Акции"])) == (
        "\n"
        "Авторизация: 2\n"
        "  A22   (работает) Строка 22 пустая.\n"
        "  C127  Нет телефона.\n"
        "\n"
        "Обращения: всё в порядке\n"
        "\n"
        "Акции: 1\n"
        "  Вкладки нет.\n"
        "\n"
        "Итого: исправить 2, замечаний 1."
    )


async def test_clean_sheets_end_with_0(sheets: Sheets, capsys: pytest.CaptureFixture[str]) -> None:
    """A remark alone, such as an empty row, is no failure."""
    header = authorisation_tab().header
    rows = [[partner.code, partner.name, partner.phone] for partner in clean_partners()]
    values = [list(header), *rows[:3], [], *rows[3:]]
    await sheets.person("replace-tab", spreadsheet=AUTHORISATION, sheet="Авторизация", values=values, raw=True)
    assert await in_thread(sheets) == SOUND
    assert capsys.readouterr().out.endswith("Итого: исправить 0, замечаний 1.\n")


async def test_dirty_sheets_end_with_1(sheets: Sheets, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    assert await in_thread(sheets) == WRONG
    said = capsys.readouterr().out
    assert said.startswith("Проверка: таблицы теста\n\nАвторизация: 8\n")
    assert "\n  C27  Вместо значения ошибка формулы." in said
    assert said.endswith("Итого: исправить 6, замечаний 2.\n")
    assert sheets.emulator.stats()["writes"] == 0


async def test_one_workbook_that_stays_closed_is_a_problem(sheets: Sheets, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are checked."""
    assert await in_thread(sheets, promotions="nowhere") == WRONG
    said = capsys.readouterr().out
    assert "Авторизация: 8" in said
    assert "Акции: 1\n  Таблица не открывается." in said


async def test_sheets_out_of_reach_end_with_2(sheets: Sheets, capsys: pytest.CaptureFixture[str]) -> None:
    """With what to do, and no traceback."""
    sheets.fault(service="sheets", match="", action=503, rate=1.0)
    assert await in_thread(sheets) == UNKNOWN
    assert "не отвечают" in capsys.readouterr().err


def test_nothing_to_check_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither ids nor a playground."""
    assert failing.run(lambda: connect({"PORT": str(free_port())}), check, failed=UNKNOWN) == UNKNOWN
    assert "make run" in capsys.readouterr().err


def test_the_page_for_ops_names_every_tab() -> None:
    """docs/sheets-check.md says of each what is wrong."""
    described = (Path(__file__).parents[2] / "docs/sheets-check.md").read_text("utf-8")
    every_tab = (inspection.AUTHORISATION, *inspection.OF_APPEALS, inspection.PROMOTIONS)
    assert all(f"| {wanted.title} |" in described for wanted in every_tab)


async def in_thread(sheets: Sheets, **changed: str) -> int:
    """As the command does: with an event loop of its own."""
    return await asyncio.to_thread(lambda: failing.run(lambda: connection(sheets, **changed), check, failed=UNKNOWN))
