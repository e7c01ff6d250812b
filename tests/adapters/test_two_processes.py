"""Two processes write to the same rows and append new ones, while people sort and choose statuses."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from shared.domain.appeals import NewAppeal
from shared.domain.status import Status
from shared.domain.trace import Trace
from tests.adapters.journal_worker import edit
from tests.adapters.sheet_people import sort
from tests.sheets import APPEALS, Sheets, emulated_sheets

ROUNDS = 15
CHATS = (501, 502, 503)
CHOSEN = {502: Status.IN_WORK, 503: Status.RESOLVED}


async def test_every_line_once_in_the_right_row() -> None:
    """Whoever wrote it: each recorded line stands once in its partner's history, each person's status stands."""
    with emulated_sheets() as sheets:
        sheets.kernel.settings.sheets_latency_ms = 20
        journal = sheets.journal()
        for chat in CHATS:
            first = edit("вопрос", Trace(), Status.ANSWERED)
            draft = NewAppeal(id=f"a{chat}-1", chat=chat, code="K", phone="+79", name="Имя", edit=first)
            await journal.open(draft)
        workers = [await worker(sheets, name) for name in ("один", "два")]
        people = asyncio.create_task(rearrange(sheets))
        recorded = [json.loads(line) for found in await asyncio.gather(*map(output, workers)) for line in found]
        people.cancel()
        await check(sheets, recorded)


async def worker(sheets: Sheets, name: str) -> asyncio.subprocess.Process:
    key = json.dumps(sheets.emulator.service_account_key("bot@test.iam.gserviceaccount.com"))
    appeals = [f"a{chat}-1" for chat in CHATS]
    arguments = [f"{sheets.url}/google", APPEALS, key, name, str(ROUNDS), *appeals]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.adapters.journal_worker", *arguments),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )


async def output(process: asyncio.subprocess.Process) -> list[str]:
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().splitlines()


async def rearrange(sheets: Sheets) -> None:
    """Two people: one sorts again and again, one chooses a status for two of the appeals."""
    chance = random.Random(7)
    for chat, status in CHOSEN.items():
        row = next(row for row in await sheets.rows() if row["id"] == f"a{chat}-1")
        await sheets.type(f"Обращения!F{row['row']}", status)
    while True:
        column, descending = chance.choice("DEH"), chance.random() < 0.5
        await sheets.person(**sort(by=column, descending=descending))
        await asyncio.sleep(0.1)


async def check(sheets: Sheets, recorded: list[list[str]]) -> None:
    expected: defaultdict[str, list[str]] = defaultdict(list)
    for appeal_id, text in recorded:
        expected[appeal_id].append(text)
    rows = await sheets.rows()
    assert Counter(row["id"] for row in rows) == Counter({*expected, *(f"a{chat}-1" for chat in CHATS)})
    journal = sheets.journal()
    for row in rows:
        appeal = await journal.find(row["id"])
        assert appeal is not None
        assert not appeal.is_confused
        found = [line.text for line in reversed(appeal.lines) if line.text != "вопрос"]
        assert sorted(found) == sorted(expected[row["id"]])
        for name in ("один", "два"):
            rounds = [int(text.split("/")[1]) for text in found if text.startswith(f"{name}/")]
            assert rounds == sorted(rounds)
    statuses = {row["id"]: row["Статус"] for row in rows}
    assert [statuses[f"a{chat}-1"] for chat in CHATS] == ["Ответ ИИ", "В работе", "Решено"]
