"""A warm message costs one read and one write; what people do during the model's time is noticed by that write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.ports import Action, Verdict
from tests.adapters.sheet_people import READ, SORT, by_chat, lines, opened, saying
from tests.fakes import LOGO, SPECIALISTS, World
from tests.sheets import APPEALS, Sheets
from tests.usecases.chat import Chat

ASKED = "Позовите менеджера"


@dataclass
class Desk:
    """A partner's chat whose appeals stand in the emulated sheet."""

    sheets: Sheets
    chat: Chat

    def typed(self, column: str, text: str) -> dict[str, object]:
        """A person types into the first appeal's row."""
        return {"call": "edit", "spreadsheet": APPEALS, "range": f"Обращения!{column}2", "values": [[text]]}

    async def say_while(self, text: str, edit: dict[str, object]) -> str:
        """The partner writes; after the row was read, before anything is written, a person acts."""
        self.sheets.meanwhile(READ, **edit)
        return await self.chat.say(text)

    def calls(self) -> tuple[object, object]:
        """Reads and writes since the last look."""
        stats = self.sheets.emulator.stats()
        self.sheets.emulator.reset_stats()
        return stats["reads"], stats["writes"]


@pytest.fixture
async def desk(sheets: Sheets, journal: SheetJournal) -> Desk:
    world = World()
    world.journal = journal  # type: ignore[assignment]
    chat = Chat(world)
    await chat.say(LOGO.question)
    sheets.emulator.reset_stats()
    return Desk(sheets=sheets, chat=chat)


async def test_an_answer(desk: Desk) -> None:
    """Question and answer: the row is read once and written once."""
    assert await desk.chat.say(LOGO.question) == LOGO.answer
    assert desk.calls() == (1, 1)


async def test_a_hand_over_and_what_is_passed_on(desk: Desk) -> None:
    """The phrase, more words for the specialist, and both buttons: one read and one write each."""
    appeal = await desk.chat.appeal()
    says: list[tuple[Callable[[str], object], str, str]] = [
        (desk.chat.say, ASKED, texts.handed_over(appeal.number)),
        (desk.chat.say, "И ещё макет", "👀"),
        (desk.chat.press, f"cancel:{appeal.id}", texts.CALL_CANCELLED),
        (desk.chat.press, f"call:{appeal.id}", texts.handed_over(appeal.number)),
        (desk.chat.press, f"solved:{appeal.id}", texts.resolved(appeal.number)),
    ]
    desk.calls()
    for act, what, answer in says:
        assert await act(what) == answer  # type: ignore[misc]
        assert desk.calls() == (1, 1), what


@pytest.mark.parametrize("status", ["В работе", "Передано специалисту", "звонили, ждём"])
async def test_taken_over_during_the_models_time(desk: Desk, status: str) -> None:
    """The answer is dropped, the journal says so, the question waits, the status stands: one write more."""
    assert await desk.say_while(LOGO.question, desk.typed("F", status)) == "👀"
    assert desk.calls() == (1, 2)
    row = (await by_chat(desk.sheets))["501"]
    assert row["Статус"] == status
    assert row["Вопрос"] == f"› {LOGO.question}"
    assert (await lines(desk.sheets))["501"][-1] == texts.ANSWER_DROPPED


async def test_closed_during_the_models_time(desk: Desk) -> None:
    """The answer stands in the closed appeal, and is sent."""
    assert await desk.say_while(LOGO.question, desk.typed("F", "Решено")) == LOGO.answer
    assert desk.calls() == (1, 1)
    assert (await by_chat(desk.sheets))["501"]["Статус"] == "Решено"


async def test_closed_during_the_models_time_and_no_answer(desk: Desk) -> None:
    """The question is for a specialist: it waits in a new appeal, the closed one says where."""
    closed = await desk.chat.appeal()
    desk.chat.world.assistant.verdicts = [Verdict(action=Action.ESCALATE)]
    answer = await desk.say_while("Где мой договор?", desk.typed("F", "Решено"))
    opened_now = await desk.chat.appeal()
    assert opened_now.id != closed.id
    assert answer == texts.handed_over(opened_now.number)
    rows = await desk.sheets.rows()
    assert [(row["Статус"], row["Вопрос"]) for row in rows] == [
        ("Решено", "—"),
        ("Передано специалисту", f"› {LOGO.question} · Где мой договор?"),
    ]
    await desk.chat.events()
    assert len(desk.chat.world.messenger.to(SPECIALISTS)) == 1


@pytest.mark.parametrize(("column", "text"), [("G", "Сейчас пришлю"), ("M", "Иванов")], ids=["reply", "owner"])
async def test_a_call_that_a_specialist_took_up_meanwhile(desk: Desk, column: str, text: str) -> None:
    """A reply or an owner typed after the row was read: the call is not cancelled, the question waits as it did."""
    await desk.chat.say(ASKED)
    before = (await by_chat(desk.sheets))["501"]
    cancel = f"cancel:{(await desk.chat.appeal()).id}"
    desk.sheets.meanwhile(READ, **desk.typed(column, text))
    assert await desk.chat.press(cancel) == texts.CALL_TOO_LATE
    now = (await by_chat(desk.sheets))["501"]
    for title in ("Статус", "Вопрос", "Ждёт с"):
        assert now[title] == before[title]


async def test_sorted_during_the_models_time(desk: Desk, journal: SheetJournal) -> None:
    """A later read of another row has seen that rows moved: the row is read again before anything is written."""
    await opened(desk.sheets, journal, 502, 503)

    class Slow:
        async def consider(self, *args: object, **kwargs: object) -> Verdict:
            sort = {key: value for key, value in SORT.items() if key != "call"}
            await desk.sheets.person("sort", **sort)
            await journal.newest(503)
            desk.calls()
            return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    desk.chat.world.assistant = Slow()  # type: ignore[assignment]
    assert await desk.chat.say(LOGO.question) == LOGO.answer
    assert desk.calls() == (1, 1)
    assert "guard_missed" not in [event for _, event, _ in desk.sheets.log.lines]
    assert (await lines(desk.sheets))["501"][-2:] == [LOGO.question, LOGO.answer]


@pytest.mark.parametrize(("area", "reader"), [("A2:Q", 503), ("A2:Q3", 502)], ids=["all rows", "but the last"])
async def test_sorted_while_the_write_waits_for_its_turn(
    desk: Desk, journal: SheetJournal, area: str, reader: int
) -> None:
    """A read that goes first shows that rows moved: the write that waits behind it is not sent, and computed anew."""
    await opened(desk.sheets, journal, 502, 503)
    seen = await desk.chat.appeal()
    sort = {key: value for key, value in SORT.items() if key != "call"}
    await desk.sheets.person("sort", **{**sort, "range": f"Обращения!{area}"})
    desk.calls()
    desk.sheets.fault(service="sheets", match=READ, times=1, latency_ms=300)
    reading = asyncio.create_task(journal.newest(reader))
    for _ in range(20):  # until the read is on its way
        await asyncio.sleep(0)
    written = await journal.change(seen.id, saying(desk.sheets, "раз", "c1"), seen=seen)
    await reading
    assert written is not None
    assert written.changed
    assert "guard_missed" not in [event for _, event, _ in desk.sheets.log.lines]
    assert (await lines(desk.sheets))["501"][-1] == "раз"
