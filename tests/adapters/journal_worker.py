"""One function instance in a process of its own: writes lines and opens appeals, says on stdout what was recorded."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable
from functools import partial

from shared.adapters import google
from shared.adapters.sheets.calls import transport
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.tools import Tools
from shared.domain.appeals import Appeal, Change, Edit, NewAppeal
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Unavailable, Written
from shared.wiring import new_token
from tests.fakes import FakeClock, FakeLog

CLOCK = FakeClock()


def edit(text: str, trace: Trace, status: Status | None = None) -> Edit:
    at = CLOCK.local()
    return Edit(at=at, lines=(Line(at=at, author="Партнёр", text=text),), status=status, trace=trace.saw(text))


def saying(text: str) -> Change:
    def change(row: Appeal) -> Edit | None:
        return None if row.has_seen(text) else edit(text, row.known_trace)

    return change


async def work(journal: SheetJournal, name: str, appeals: list[str], rounds: int) -> None:
    chance = random.Random(name)
    for number in range(rounds):
        opened = f"a{chance.randrange(600, 700)}-{number + 1}"
        draft = NewAppeal(
            id=opened, chat=int(opened[1:4]), code="K", phone="+79", name="Имя", edit=edit(f"{name} открыл", Trace())
        )
        wanted = [chance.choice(appeals) for _ in range(4)]
        await asyncio.gather(
            *(until_done(partial(journal.change, a, saying(f"{name}/{number}/{n}"))) for n, a in enumerate(wanted)),
            until_done(partial(journal.open, draft)),
        )
        for n, appeal in enumerate(wanted):
            print(json.dumps([appeal, f"{name}/{number}/{n}"]), flush=True)  # noqa: T201
        print(json.dumps([opened, f"{name} открыл"]), flush=True)  # noqa: T201


async def until_done(step: Callable[[], Awaitable[Written | None]]) -> None:
    """As Telegram does: what could not be recorded comes again."""
    while True:
        try:
            await step()
            return
        except Unavailable:
            continue


def main(url: str, spreadsheet: str, key: str, name: str, rounds: str, *appeals: str) -> None:
    credentials = partial(google.credentials, key, transport.SCOPES)
    gateway = Gateway(transport.GspreadTransport(partial(transport.connect, url, credentials)), share=60_000)
    tools = Tools(book=Workbook(gateway, spreadsheet), clock=CLOCK, token=new_token, log=FakeLog())
    asyncio.run(work(SheetJournal(tools), name, list(appeals), int(rounds)))


if __name__ == "__main__":
    main(*sys.argv[1:])
