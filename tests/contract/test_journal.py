"""What a journal is: the same for the fake and for the real one on the Sheets emulator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from shared.domain.appeals import Appeal, Edit, NewAppeal
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Journal, Written
from tests.fakes import FakeClock, FakeJournal
from tests.sheets import Sheets, emulated_sheets

CHAT = 501


@dataclass
class Kept:
    """A journal, and a person at its sheet."""

    journal: Journal
    clock: FakeClock
    sheets: Sheets | None

    async def person_sets_status(self, appeal_id: str, status: Status) -> None:
        if self.sheets is None:
            assert isinstance(self.journal, FakeJournal)
            self.journal.person_sets(appeal_id, status=status)
            return
        [row] = [row for row in await self.sheets.rows() if row["id"] == appeal_id]
        await self.sheets.type(f"Обращения!F{row['row']}", status)

    def edit(self, text: str, *, update: str, status: Status | None = None, trace: Trace | None = None) -> Edit:
        at = self.clock.local()
        line = Line(at=at, author="Анна", text=text)
        return Edit(at=at, lines=(line,), status=status, trace=(trace or Trace()).saw(update))

    async def open(self, message: int, text: str = "Где логотип?") -> Written:
        draft = NewAppeal(
            id=f"a{CHAT}-{message}",
            chat=CHAT,
            code="00123",
            phone="+79123456789",
            name="Белова Анна",
            edit=self.edit(text, update=f"u{message}", status=Status.ANSWERED),
        )
        return await self.journal.open(draft)

    async def add(self, appeal_id: str, text: str, *, update: str, status: Status | None = None) -> Written | None:
        return await self.journal.change(
            appeal_id,
            lambda row: (
                None if row.has_seen(update) else self.edit(text, update=update, status=status, trace=row.known_trace)
            ),
        )


@pytest.fixture(params=["fake", "emulator"])
async def kept(request: pytest.FixtureRequest) -> AsyncIterator[Kept]:
    if request.param == "fake":
        yield Kept(FakeJournal(), FakeClock(), None)
        return
    with emulated_sheets() as sheets:
        yield Kept(sheets.journal(), sheets.clock, sheets)


def texts(appeal: Appeal) -> list[str]:
    return [line.text for line in appeal.lines]


async def test_a_new_row_is_found_as_it_was_opened(kept: Kept) -> None:
    """Everything that was given stands in the row."""
    written = await kept.open(17)
    assert written.changed
    appeal = await kept.journal.newest(CHAT)
    assert appeal is not None
    assert (appeal.id, appeal.chat, appeal.code, appeal.phone) == (f"a{CHAT}-17", CHAT, "00123", "+79123456789")
    assert appeal.status == Status.ANSWERED
    assert texts(appeal) == ["Где логотип?"]
    assert appeal.has_seen("u17")


async def test_opening_twice_makes_one_row(kept: Kept) -> None:
    """The second is told that the row stands already."""
    await kept.open(17)
    again = await kept.open(17, "другое")
    assert not again.changed
    assert len(await kept.journal.all_of(CHAT)) == 1


async def test_changes_add_lines_newest_first(kept: Kept) -> None:
    """Each change is there once, in order."""
    await kept.open(17)
    for number in range(3):
        written = await kept.add(f"a{CHAT}-17", f"строка {number}", update=f"c{number}")
        assert written is not None
        assert written.changed
    appeal = await kept.journal.find(f"a{CHAT}-17")
    assert appeal is not None
    assert texts(appeal) == ["строка 2", "строка 1", "строка 0", "Где логотип?"]


async def test_a_change_that_wants_nothing_writes_nothing(kept: Kept) -> None:
    """None leaves the row as it is."""
    await kept.open(17)
    await kept.add(f"a{CHAT}-17", "раз", update="c1")
    before = await kept.journal.find(f"a{CHAT}-17")
    kept.clock.advance(60)
    again = await kept.add(f"a{CHAT}-17", "раз", update="c1")
    assert again is not None
    assert not again.changed
    after = await kept.journal.find(f"a{CHAT}-17")
    assert before is not None
    assert after is not None
    assert texts(after) == ["раз", "Где логотип?"]
    assert (after.history, after.updated) == (before.history, before.updated)


async def test_changes_at_the_same_moment_are_all_there(kept: Kept) -> None:
    """Ten at once: nothing is lost, nothing doubled."""
    await kept.open(17)
    await asyncio.gather(*(kept.add(f"a{CHAT}-17", f"строка {n}", update=f"c{n}") for n in range(10)))
    appeal = await kept.journal.find(f"a{CHAT}-17")
    assert appeal is not None
    assert sorted(texts(appeal)) == sorted([*(f"строка {n}" for n in range(10)), "Где логотип?"])


async def test_a_persons_status_is_what_the_next_change_sees(kept: Kept) -> None:
    """The sheet is the truth, not what this instance wrote last."""
    await kept.open(17)
    await kept.person_sets_status(f"a{CHAT}-17", Status.RESOLVED)
    appeal = await kept.journal.newest(CHAT)
    assert appeal is not None
    assert appeal.is_resolved


async def test_the_newest_appeal_comes_first(kept: Kept) -> None:
    """By the message that opened it."""
    for message in (9, 30, 100):
        await kept.open(message)
    assert [appeal.id for appeal in await kept.journal.all_of(CHAT)] == [f"a{CHAT}-{m}" for m in (100, 30, 9)]


async def test_what_is_not_there_is_none(kept: Kept) -> None:
    """A chat without appeals, an id without a row."""
    assert await kept.journal.newest(CHAT) is None
    assert await kept.journal.find("a501-1") is None
    assert await kept.add("a501-1", "нет", update="c1") is None
    assert await kept.journal.link("a501-1") is None


@pytest.mark.parametrize(
    "text",
    [
        '=IMPORTXML("http://x","//a")',
        "+79123456789",
        "-1",
        "'x",
        "00123",
        "🙂",
        "שלום",
        "a\x00b",
        "1.12.2026",
        "я" * 4096,
    ],
)
async def test_what_a_partner_types_stays_text(kept: Kept, text: str) -> None:
    """RAW: no formula, no number, no date; control characters are dropped."""
    await kept.open(17, text)
    await kept.add(f"a{CHAT}-17", text, update="c1")
    appeal = await kept.journal.find(f"a{CHAT}-17")
    assert appeal is not None
    assert texts(appeal) == [text.replace("\x00", "")] * 2
