"""Replies typed in the sheet, from the cells to the partners, through the real journal."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx2
import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import admin_texts, texts
from shared.domain.status import Status
from shared.ports import BotError, Outside, Say
from shared.usecases.handle_event import handle_event
from shared.usecases.memory import Memory
from shared.usecases.reply_notes import digest_of
from tests.adapters.sheet_people import READ, WRITE, draft, sort
from tests.fakes import ADMIN, World
from tests.sheets import APPEALS, Sheets

FORTY = tuple(range(501, 541))
SWEEP: dict[str, object] = {"kind": "sweep"}


class Events:
    """One instance of sheet-events at the emulated sheet."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.world = World(clock=sheets.clock, log=sheets.log)
        self.memory: Memory = self.world.memory()
        self.outside: Outside = replace(self.world.outside(), journal=sheets.journal())

    async def handle(self, event: dict[str, object]) -> None:
        await handle_event(self.outside, self.memory, event)

    async def edited(self, *, edited: str = "reply") -> None:
        """The trigger tells of all rows as they stand now."""
        await self.handle(await self.announced(edited=edited))

    async def announced(self, *, edited: str = "reply") -> dict[str, object]:
        rows = [
            {"id": row["id"], "row": int(row["row"]), "edited": [edited], "status": row["Статус"]}
            for row in await self.sheets.rows()
        ]
        return {"kind": "appeals.edited", "appeals": rows, "published": self.sheets.clock.now()}

    def arrived(self, chat: int) -> list[str]:
        """What a specialist's replies said to the partner."""
        said = [text for text in self.world.messenger.to(chat) if text.startswith("Ответ специалиста")]
        return [text.partition(": ")[2] for text in said]


@pytest.fixture
def events(sheets: Sheets) -> Events:
    return Events(sheets)


async def handed_over(sheets: Sheets, *chats: int) -> None:
    journal = sheets.journal()
    for chat in chats:
        edit = replace(draft(sheets, chat).edit, status=Status.HANDED_OVER)
        await journal.open(replace(draft(sheets, chat), edit=edit))


async def pasted(sheets: Sheets, *replies: str) -> None:
    cells = [[reply] for reply in replies]
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!G2", values=cells)


def calls(sheets: Sheets, kind: str) -> int:
    """How many calls since the counters were reset."""
    counted = sheets.emulator.stats()[kind]
    assert isinstance(counted, int)
    return counted


async def receipts_by_chat(sheets: Sheets) -> dict[str, str]:
    return {row["Telegram ID"]: row["Доставка"] for row in await sheets.rows()}


async def test_forty_replies_pasted_at_once(sheets: Sheets, events: Events) -> None:
    """At most six calls of Sheets on an instance that has just started, each reply once, each with its receipt."""
    await asyncio.gather(handed_over(sheets, *FORTY[:20]), handed_over(sheets, *FORTY[20:]))
    await pasted(sheets, *["Готово"] * 40)
    say = events.world.messenger.say

    async def one_after_the_other(message: Say) -> int:
        await asyncio.sleep(0.002 * (message.chat - 500))
        return await say(message)

    events.world.messenger.say = one_after_the_other  # type: ignore[method-assign]
    event = await events.announced()
    sheets.emulator.reset_stats()
    await events.handle(event)
    assert calls(sheets, "reads") + calls(sheets, "writes") <= 6
    assert {tuple(events.arrived(chat)) for chat in FORTY} == {("Готово",)}
    assert set((await receipts_by_chat(sheets)).values()) == {"доставлено 14:03"}
    await events.handle(event)
    assert {tuple(events.arrived(chat)) for chat in FORTY} == {("Готово",)}


async def test_a_sort_between_typing_and_trigger(sheets: Sheets, events: Events) -> None:
    """The trigger names other rows; the sweep finds the reply, and costs one read when everything is known."""
    await handed_over(sheets, 501, 502, 503)
    await pasted(sheets, "Первому")
    event = {**await events.announced(), "appeals": [{"id": "a502-1", "row": 2, "edited": ["reply"]}]}
    await sheets.person("sort", **{k: v for k, v in sort().items() if k != "call"})
    await events.handle(event)
    assert events.arrived(501) == []
    await events.handle(SWEEP)
    assert events.arrived(501) == ["Первому"]
    assert (await receipts_by_chat(sheets)) == {"501": "доставлено 14:03", "502": "—", "503": "—"}
    await events.handle(SWEEP)
    sheets.emulator.reset_stats()
    await events.handle(SWEEP)
    assert (calls(sheets, "reads"), events.arrived(501)) == (1, ["Первому"])


async def test_a_hand_over_that_nobody_was_told_of(sheets: Sheets, events: Events) -> None:
    """The sweep finds it by its columns and its state cell, wherever it was sorted, and reads no state cell again."""
    await handed_over(sheets, 501, 502)
    await sheets.type("Обращения!L2", "2026-11-22 14:00:00")
    await sheets.person("sort", **{k: v for k, v in sort().items() if k != "call"})
    await events.handle(SWEEP)
    [made] = events.world.events.published
    assert (made["kind"], made["appeal"]) == ("appeal.handed_over", "a501-1")
    await events.handle(made)
    sheets.emulator.reset_stats()
    await events.handle(SWEEP)
    assert (calls(sheets, "reads"), len(events.world.events.published)) == (1, 1)


async def test_a_sweep_of_many_rows(sheets: Sheets, events: Events) -> None:
    """Three reads at most on an instance that has just started; sent ones and rows without an id are left alone."""
    await handed_over(sheets, *FORTY)
    await pasted(sheets, *["Готово"] * 40, "ничьё")
    await events.edited()
    later = Events(sheets)
    await later.outside.journal.newest(501)
    sheets.emulator.reset_stats()
    await later.handle(SWEEP)
    assert calls(sheets, "reads") <= 3
    assert later.world.messenger.said == []


async def test_rows_that_move_during_a_sweep(sheets: Sheets, events: Events) -> None:
    """Sorted between its two reads: nothing is taken for another row's, and the next sweep looks again."""
    await handed_over(sheets, *FORTY[:22])
    await pasted(sheets, *[f"Ответ {chat}" for chat in FORTY[:22]])
    await events.edited()
    later = Events(sheets)
    await later.outside.journal.newest(501)
    for descending in (True, False, True):
        sheets.meanwhile(READ, **sort(descending=descending))
        await later.handle(SWEEP)
        sheets.clock.advance(300)
    assert later.world.messenger.said == []
    assert set((await receipts_by_chat(sheets)).values()) == {"доставлено 14:03"}


async def test_an_older_version_of_the_sheet(sheets: Sheets, events: Events) -> None:
    """Every reply cell of many rows holds something old: nobody is sent anything, each row says so."""
    await handed_over(sheets, *FORTY[:22])
    await pasted(sheets, *["Новый"] * 22)
    await events.edited()
    await pasted(sheets, *["Старый"] * 22)
    for _ in range(2):
        sheets.clock.advance(300)
        await events.handle(SWEEP)
    assert {tuple(events.arrived(chat)) for chat in FORTY[:22]} == {("Новый",)}
    assert set((await receipts_by_chat(sheets)).values()) == {texts.REPLY_HELD_BACK}
    assert events.world.messenger.to(ADMIN) == [admin_texts.held_back(22)]


async def protect(sheets: Sheets, column: int) -> None:
    """Nobody but the owner may write below that title."""
    tabs = await asyncio.to_thread(sheets.calls().tabs, APPEALS)
    [sheet] = [tab.sheet for tab in tabs if tab.title == "Обращения"]
    area = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    request = {"addProtectedRange": {"protectedRange": {"range": area, "editors": {"users": ["owner@test"]}}}}
    async with httpx2.AsyncClient(base_url=sheets.url, trust_env=False) as client:
        answer = await client.post(
            f"/google/v4/spreadsheets/{APPEALS}:batchUpdate",
            json={"requests": [request]},
            headers={"Authorization": f"Bearer {sheets.emulator.access_token}"},
        )
    assert answer.status_code == 200, answer.text


async def test_a_protected_receipt_column(sheets: Sheets, events: Events) -> None:
    """Journaled without its receipt; neither a later edit nor another instance sends it again."""
    await handed_over(sheets, 501)
    await pasted(sheets, "Готово")
    await protect(sheets, 8)
    await events.edited()
    sheets.clock.advance(7200)
    for instance in (events, Events(sheets)):
        await instance.edited()
        await instance.edited(edited="status")
        await instance.handle(SWEEP)
    assert events.arrived(501) == ["Готово"]
    assert len(events.world.messenger.to(ADMIN)) == 1
    [row] = await sheets.rows()
    assert (row["Доставка"], row["Статус"]) == ("—", Status.IN_WORK)


async def test_a_protected_technical_column(sheets: Sheets, events: Events) -> None:
    """The receipt stands alone; this instance sends nothing again, and a sweep of another one does not either."""
    await handed_over(sheets, 501)
    await pasted(sheets, "Готово")
    await protect(sheets, 16)
    await events.edited()
    sheets.clock.advance(7200)
    await events.edited()
    later = Events(sheets)
    await later.handle(SWEEP)
    assert (events.arrived(501), later.arrived(501)) == (["Готово"], [])
    said = (await receipts_by_chat(sheets))["501"]
    assert said.startswith("доставлено 14:03")
    assert texts.says_unrecorded(said, digest_of("Готово"))
    await pasted(sheets, "Второй")
    for instance in (later, Events(sheets)):
        await instance.handle(SWEEP)
        await instance.edited(edited="status")
    assert later.arrived(501) == ["Второй"]
    assert texts.says_unrecorded((await receipts_by_chat(sheets))["501"], digest_of("Второй"))


async def test_protected_receipts_and_states(sheets: Sheets, events: Events) -> None:
    """Sent when it was typed, and by no other instance; another reply that nobody announced waits for the repair."""
    await handed_over(sheets, 501, 502)
    await pasted(sheets, "Готово")
    await protect(sheets, 8)
    await protect(sheets, 16)
    await events.edited()
    await pasted(sheets, "Готово", "Второму")
    for _ in range(2):
        later = Events(sheets)
        await later.handle(SWEEP)
        await later.edited(edited="status")
        assert (later.arrived(501), later.arrived(502)) == ([], [])
        assert len(later.world.messenger.to(ADMIN)) == 1
    assert events.arrived(501) == ["Готово"]


@pytest.mark.parametrize("status", [401, 403, 404, 409, 429, 503])
@pytest.mark.parametrize("call", [READ, WRITE])
async def test_no_status_loses_a_reply(sheets: Sheets, events: Events, status: int, call: str) -> None:
    """Typed while Google answers so: the event is not acknowledged, and afterwards the reply has arrived once."""
    await handed_over(sheets, 501)
    await pasted(sheets, "Готово")
    event = await events.announced()
    journal: SheetJournal = sheets.journal()
    events.outside = replace(events.outside, journal=journal)
    assert await journal.find("a501-1")
    sheets.fault(service="sheets", match=call, action=status)
    handling = asyncio.ensure_future(events.handle(event))
    await asyncio.wait([handling], timeout=0.3)
    sheets.faults.replace([])
    try:
        await handling
    except BotError:
        await events.handle(event)
    assert events.arrived(501) == ["Готово"]
    assert await receipts_by_chat(sheets) == {"501": "доставлено 14:03"}
