"""Should Google's findReplace skip rows that a filter hides: every line is there all the same, in its own row, once."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from shared.adapters.sheets.journal.by_position import ByPosition
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import texts
from shared.domain.status import Status
from shared.ports import Unavailable, Written
from tests.adapters.logged import logged
from tests.adapters.sheet_people import (
    POSITION,
    READ,
    SORT,
    WRITE,
    by_chat,
    delivered,
    lines,
    opened,
    person_after,
    receipts,
    saying,
    statuses,
)
from tests.sheets import APPEALS, Sheets


@pytest.fixture
def sheets(sheets: Sheets) -> Sheets:
    sheets.kernel.settings.guard_skips_filtered_rows = True
    return sheets


async def hide_answered(sheets: Sheets) -> None:
    """A person filters «Статус» and looks at what waits."""
    await sheets.person("filter", spreadsheet=APPEALS, sheet="Обращения", column="Статус", hide=["Ответ ИИ"])


async def test_a_message_a_hand_over_and_a_reply(sheets: Sheets, journal: SheetJournal) -> None:
    """A partner's life under a filter: each line, status and receipt once, nobody else's row touched."""
    await opened(sheets, journal, 501, 502)
    await hide_answered(sheets)
    others = (await by_chat(sheets))["502"]
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    await journal.change("a501-1", saying(sheets, "позовите", "c2", Status.HANDED_OVER))
    await hide_answered(sheets)
    await sheets.person("filter", spreadsheet=APPEALS, sheet="Обращения", column="Статус", show=["Новое"])
    written = await journal.change("a501-1", delivered(sheets))
    assert isinstance(written, Written)
    assert not written.status_kept
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё", "позовите"], "502": ["вопрос 502"]}
    rows = await by_chat(sheets)
    assert (rows["501"]["Статус"], rows["501"]["Доставка"]) == ("В работе", "доставлено 14:03")
    assert rows["502"] == others
    assert logged(sheets, "guard_skipped")


async def test_the_same_update_again(sheets: Sheets, journal: SheetJournal) -> None:
    """The trace is written too: a repeated update finds it, also in another instance."""
    await opened(sheets, journal, 501)
    await hide_answered(sheets)
    change = saying(sheets, "ещё", "c1")
    for instance in (journal, journal, sheets.journal()):
        await instance.change("a501-1", change)
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_what_was_learnt_saves_tries(sheets: Sheets, journal: SheetJournal) -> None:
    """Three misses once; for a minute each further message costs one, whatever its row; then it is tried anew."""
    chats = range(501, 507)
    await opened(sheets, journal, *chats)
    await hide_answered(sheets)
    costs = []
    for chat in chats:
        if chat == 506:
            sheets.clock.advance(61)
        sheets.emulator.reset_stats()
        await journal.change(f"a{chat}-1", saying(sheets, "ещё", f"c{chat}"))
        costs.append(sheets.emulator.stats()["writes"])
    assert costs == [4, 2, 2, 2, 2, 4]


async def test_rows_in_view_are_guarded_all_the_while(sheets: Sheets, journal: SheetJournal) -> None:
    """One write, and a sort in between moves it to where it belongs."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.type("Обращения!F3", "В работе")
    await sheets.type("Обращения!F4", "В работе")
    await hide_answered(sheets)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    sheets.emulator.reset_stats()
    await journal.change("a502-1", saying(sheets, "ещё", "c2"))
    assert sheets.emulator.stats()["writes"] == 1
    sheets.meanwhile(READ, call="sort", spreadsheet=APPEALS, range="Обращения!A3:Q", column="D", descending=True)
    await journal.change("a502-1", saying(sheets, "и ещё", "c3"))
    assert (await lines(sheets))["502"] == ["вопрос 502", "ещё", "и ещё"]
    assert not logged(sheets, "row_overwritten")


async def test_instances_at_the_same_hidden_row(sheets: Sheets, journal: SheetJournal) -> None:
    """Two who read the same version: Google refuses one, which reads again; both lines stand."""
    await opened(sheets, journal, 501)
    await hide_answered(sheets)
    said = [f"{instance}/{turn}" for turn in range(4) for instance in range(2)]
    instances = (journal, sheets.journal())

    async def until_recorded(text: str) -> None:
        with contextlib.suppress(Unavailable):
            await instances[int(text[0])].change("a501-1", saying(sheets, text, text))
            return
        await until_recorded(text)

    await asyncio.gather(*(until_recorded(text) for text in said))
    assert sorted((await lines(sheets))["501"][1:]) == sorted(said)


async def test_of_two_who_read_the_same_version_one_writes(sheets: Sheets, journal: SheetJournal) -> None:
    """The mark of that version is refused the second time, and with it the whole write."""
    await opened(sheets, journal, 501)
    tools = sheets.tools()
    found = await AppealRows(tools.book).find("a501-1", with_history=True)
    assert found is not None
    by_position = ByPosition(tools)
    for text, wanted in (("первый", True), ("второй", False)):
        landed = await by_position.write(found, {AppealColumn.QUESTION: text}, version="000000")
        assert landed.written is wanted
    assert [row["Вопрос"] for row in await sheets.rows()] == ["первый"]
    assert (await by_position.write(found, {AppealColumn.QUESTION: "новее"}, version="000001")).written


async def test_old_marks_of_versions_are_forgotten(sheets: Sheets, journal: SheetJournal) -> None:
    """Their room is limited: the sweep keeps those of the last minutes."""
    await opened(sheets, journal, 501)
    tools = sheets.tools()
    found = await AppealRows(tools.book).find("a501-1", with_history=True)
    assert found is not None
    by_position = ByPosition(tools)
    await by_position.write(found, {AppealColumn.QUESTION: "раз"}, version="000000")
    for minutes, known in ((5, True), (20, False)):
        sheets.clock.advance(minutes * 60)
        await journal.forget_marks()
        landed = await by_position.write(found, {AppealColumn.QUESTION: "два"}, version="000000")
        assert landed.written is not known


async def test_new_rows_and_messages_under_the_filter(sheets: Sheets, journal: SheetJournal) -> None:
    """New appeals land below the hidden ones; messages to twenty hidden rows at once each find theirs."""
    await opened(sheets, journal, 501, 502)
    await hide_answered(sheets)
    chats = range(503, 521)
    await opened(sheets, journal, *chats)
    await hide_answered(sheets)
    await asyncio.gather(*(journal.change(f"a{c}-1", saying(sheets, f"от {c}", f"m{c}")) for c in chats))
    found = await lines(sheets)
    assert [found[str(chat)] for chat in chats] == [[f"вопрос {chat}", f"от {chat}"] for chat in chats]


@pytest.mark.parametrize("match", [WRITE, POSITION])
@pytest.mark.parametrize("action", [503, "drop", "apply-then-drop"])
async def test_a_failing_call_leaves_one_line(
    sheets: Sheets, journal: SheetJournal, action: int | str, match: str
) -> None:
    """Nobody knows whether it was applied: the row is read again, and its trace tells."""
    await opened(sheets, journal, 501)
    await hide_answered(sheets)
    sheets.fault(service="sheets", match=match, action=action, times=1)
    for instance in (journal, sheets.journal()):
        try:
            await instance.change("a501-1", saying(sheets, "ещё", "c1"))
        except Exception as error:
            assert type(error).__name__ == "Unavailable"  # noqa: PT017 - Telegram brings the update again
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_sort_before_the_guard(sheets: Sheets, journal: SheetJournal) -> None:
    """The row is found where it stands now, and written there."""
    await opened(sheets, journal, 501, 502, 503)
    await hide_answered(sheets)
    sheets.meanwhile(READ, **SORT)
    await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё"], "502": ["вопрос 502"], "503": ["вопрос 503"]}
    assert await statuses(sheets) == {"501": "Передано специалисту", "502": "Ответ ИИ", "503": "Ответ ИИ"}


async def test_a_sort_in_the_moment_of_a_write_by_position(sheets: Sheets, journal: SheetJournal) -> None:
    """What cannot be prevented then: another row is met. Our text leaves it at once, the row says so, people have it.

    The line itself lands where it belongs.
    """
    await opened(sheets, journal, 501, 502, 503)
    await hide_answered(sheets)
    await journal.change("a502-1", saying(sheets, "раз", "c0"))
    await sheets.person("filter", spreadsheet=APPEALS, sheet="Обращения", column="Статус", show=["Новое"])
    nothing = {"call": "edit", "spreadsheet": APPEALS, "range": "Обращения!M2", "values": [["Иванов"]]}
    sheets.faults.replace([person_after(READ, nothing), person_after(READ, SORT)])
    await journal.change("a501-1", saying(sheets, "тайна 501", "c1", Status.HANDED_OVER))
    assert logged(sheets, "row_overwritten")
    assert not logged(sheets, "not_put_back")
    rows = await by_chat(sheets)
    found = await lines(sheets)
    assert found["501"] == ["вопрос 501", "тайна 501"]
    assert found["502"] == ["вопрос 502", "раз"]
    assert found["503"] == [texts.ROW_OVERWRITTEN]
    assert rows["503"]["Статус"] == "Передано специалисту"
    for chat in ("502", "503"):
        assert not any("тайна" in cell or "a501" in cell for cell in rows[chat].values())
    await sheets.journal().change("a503-1", saying(sheets, "жива", "c3"))
    assert (await lines(sheets))["503"] == [texts.ROW_OVERWRITTEN, "жива"]


async def test_a_row_is_hidden_after_a_stray_write_met_it(sheets: Sheets, journal: SheetJournal) -> None:
    """It was in view when its status was replaced, and is hidden when that is to be put back: by position then."""
    await opened(sheets, journal, 501, 502, 503)
    hide = {"call": "filter", "spreadsheet": APPEALS, "sheet": "Обращения", "column": "№", "show": ["никакой"]}
    sheets.faults.replace([person_after(READ, SORT), person_after(READ, hide)])
    await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert logged(sheets, "put_back")
    assert await statuses(sheets) == {"501": "Передано специалисту", "502": "Ответ ИИ", "503": "Ответ ИИ"}
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_reply_in_a_hidden_row_of_nobody(sheets: Sheets, journal: SheetJournal) -> None:
    """It is said beside the reply all the same."""
    await opened(sheets, journal, 501)
    await sheets.person("copy-row", spreadsheet=APPEALS, sheet="Обращения", row=2, to=5)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    stale = next(row for row in await sheets.rows() if "ещё" not in row["Текст обращений"])
    await sheets.type(f"Обращения!G{stale['row']}", "Ответ в копии")
    await hide_answered(sheets)
    assert await journal.flag_confused(int(stale["row"]), texts.CONFUSED)
    assert (await receipts(sheets))[stale["row"]] == texts.CONFUSED
