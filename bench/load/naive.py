"""What merging is worth: the same two reads and one write a message, one call after the other, by plain gspread."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import gspread
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError
from starlette.applications import Starlette
from starlette.routing import Mount

from bench.table import p95
from playground.kernel.emulator import Kernel
from playground.kernel.faults import Faults, FaultyService
from playground.kernel.server import free_port, serving
from playground.sheets import SheetsEmulator, TabSeed

MODEL_S = 1.5
LATENCY_MS = 300
BOOK, TAB = "naive", "Обращения"
ACCOUNT = "naive@bench.iam.gserviceaccount.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naive:
    """`lost`: messages that Google's quota refused. `writes` a message that was saved."""

    lost: int
    writes: float
    p95_s: float


def one_by_one(messages: int, *, over_s: float) -> Naive:
    kernel = Kernel.fresh(f"http://127.0.0.1:{(port := free_port())}")
    kernel.settings.sheets_latency_ms = LATENCY_MS
    emulator = SheetsEmulator(kernel)
    rows = [["текст", "статус"], *([f"строка {number}", "Ответ ИИ"] for number in range(messages))]
    emulator.create_spreadsheet(BOOK, BOOK, [TabSeed(title=TAB, rows=rows)], shared_with=[ACCOUNT])
    google = FaultyService(
        emulator.app, service="sheets", faults=Faults(), settings=kernel.settings, error_body=emulator.error_body
    )
    with serving(Starlette(routes=[Mount("/google", app=google)]), port=port) as url:
        return asyncio.run(_load(_worksheet(emulator, url), messages, over_s))


def _worksheet(emulator: SheetsEmulator, url: str) -> gspread.Worksheet:
    class Pointed(gspread.HTTPClient):
        def request(self, method, endpoint, *args, **kwargs):  # type: ignore[no-untyped-def]
            return super().request(
                method, endpoint.replace("https://sheets.googleapis.com", f"{url}/google"), *args, **kwargs
            )

    key = emulator.service_account_key(ACCOUNT)
    scopes = ["https://www.googleapis.com/auth/spreadsheets"]
    credentials = Credentials.from_service_account_info(key, scopes=scopes)  # type: ignore[no-untyped-call]
    return gspread.Client(credentials, http_client=Pointed).open_by_key(BOOK).worksheet(TAB)


async def _load(sheet: gspread.Worksheet, messages: int, over_s: float) -> Naive:
    chance, loop = random.Random(1), asyncio.get_running_loop()
    one_call = ThreadPoolExecutor(1)
    waits: list[float] = []

    async def message(row: int, at: float) -> bool:
        await asyncio.sleep(at)
        asked = time.monotonic()
        try:
            await loop.run_in_executor(one_call, sheet.row_values, row)
            await asyncio.sleep(MODEL_S)
            await loop.run_in_executor(one_call, sheet.row_values, row)
            await loop.run_in_executor(one_call, lambda: sheet.update([["ответ", "Ответ ИИ"]], f"A{row}:B{row}"))
        except APIError:
            return False
        waits.append(time.monotonic() - asked)
        return True

    saved = await asyncio.gather(*(message(row, chance.uniform(0, over_s)) for row in range(2, messages + 2)))
    return Naive(lost=saved.count(False), writes=1.0, p95_s=p95(waits))
