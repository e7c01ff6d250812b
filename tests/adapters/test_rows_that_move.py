"""People sort, copy, cut, delete and wipe rows while the journal writes: nobody's text reaches anybody else."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from playground.kernel.faults import Fault
from shared.adapters.sheets.appeals import SheetJournal
from shared.adapters.sheets.marks import row_mark
from shared.adapters.sheets.new_rows import append_request, cells_of_new
from shared.adapters.sheets.rows import AppealRows
from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Change, Edit, NewAppeal
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Refused, RowConfused, Written
from tests.sheets import APPEALS, Sheets, emulated_sheets

WRITE = r":batchUpdate\S* findReplace"
READ = "values:batchGetByDataFilter"


@pytest.fixture
def sheets() -> Iterator[Sheets]:
    with emulated_sheets() as emulated:
        yield emulated


@pytest.fixture
def journal(sheets: Sheets) -> SheetJournal:
    return sheets.journal()


def saying(sheets: Sheets, text: str, update: str, status: Status | None = None) -> Change:
    """A line, and maybe a status, unless the update is recorded already."""

    def change(row: Appeal) -> Edit | None:
        if row.has_seen(update):
            return None
        at = sheets.clock.local()
        line = Line(at=at, author="Партнёр", text=text)
        return Edit(at=at, lines=(line,), status=status, trace=row.known_trace.saw(update))

    return change


async def opened(sheets: Sheets, journal: SheetJournal, *chats: int) -> None:
    for chat in chats:
        at = sheets.clock.local()
        edit = Edit(
            at=at,
            lines=(Line(at=at, author="Партнёр", text=f"вопрос {chat}"),),
            status=Status.ANSWERED,
            trace=Trace().saw(f"u{chat}"),
        )
        draft = NewAppeal(
            id=f"a{chat}-1", chat=chat, code=f"K{chat}", phone="+79120000000", name=f"Имя {chat}", edit=edit
        )
        assert (await journal.open(draft)).changed


async def lines(sheets: Sheets) -> dict[str, list[str]]:
    """By Telegram ID: the texts of its history, oldest first, as they stand beside it."""
    journal = sheets.journal()
    found = {}
    for row in await sheets.rows():
        appeal = await journal.find(row["id"]) if row["id"] else None
        if appeal:
            found[row["Telegram ID"]] = [line.text for line in reversed(appeal.lines)]
    return found


async def test_a_sort_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """The guard misses, the row is found again, the line lands where it belongs, once."""
    await opened(sheets, journal, 501, 502, 503)
    sheets.meanwhile(READ, call="sort", spreadsheet=APPEALS, range="Обращения!A2:Q", column="D", descending=True)
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert isinstance(written, Written)
    assert written.changed
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё"], "502": ["вопрос 502"], "503": ["вопрос 503"]}
    statuses = {row["Telegram ID"]: row["Статус"] for row in await sheets.rows()}
    assert statuses == {"501": "Передано специалисту", "502": "Ответ ИИ", "503": "Ответ ИИ"}


async def test_what_a_stray_write_took_is_put_back(sheets: Sheets, journal: SheetJournal) -> None:
    """The row that stood there had the same status and the same time: it keeps both, whoever sorts again."""
    await opened(sheets, journal, 501, 502, 503)
    before = {row["id"]: row for row in await sheets.rows()}
    sheets.meanwhile(READ, call="sort", spreadsheet=APPEALS, range="Обращения!A2:Q", column="D", descending=True)
    sheets.clock.advance(60)
    await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    after = {row["id"]: row for row in await sheets.rows()}
    assert [event for _, event, _ in sheets.log.lines if event == "put_back"] == ["put_back"]
    for appeal in ("a502-1", "a503-1"):
        same = {name for name in before[appeal] if before[appeal][name] == after[appeal][name]}
        assert {"Статус", "Время обновления", "Доставка", "Вопрос", "Ждёт с", "id"} <= same
    assert await sheets.journal().change("a503-1", saying(sheets, "жива", "c2"))
    assert (await lines(sheets))["503"] == ["вопрос 503", "жива"]


async def test_a_person_who_is_faster_keeps_the_status(sheets: Sheets, journal: SheetJournal) -> None:
    """«Решено» typed between our read and our write stands; the line is there, and the caller knows."""
    await opened(sheets, journal, 501)
    sheets.meanwhile(READ, spreadsheet=APPEALS, range="Обращения!F2", values=[["Решено"]])
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert written is not None
    assert written.status_kept
    [row] = await sheets.rows()
    assert row["Статус"] == "Решено"
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_sort_of_half_the_columns(sheets: Sheets, journal: SheetJournal) -> None:
    """A:H sorted without the rest: ids and Telegram IDs part, and nothing is written to anybody."""
    await opened(sheets, journal, 501, 502)
    seen = {row["Telegram ID"]: row["Текст обращений"] for row in await sheets.rows()}
    await sheets.person("sort", spreadsheet=APPEALS, range="Обращения!A2:H", column="D", descending=True)
    with pytest.raises(RowConfused):
        await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    newest = await journal.newest(501)
    assert newest is not None
    assert newest.is_confused
    assert newest.has_seen("u501")
    assert {row["Telegram ID"]: row["Текст обращений"] for row in await sheets.rows()} == seen


async def test_a_half_sort_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """The technical cell was hit, the history was not: the cell gets its own back."""
    await opened(sheets, journal, 501, 502)
    before = {row["id"]: row["Служебное"] for row in await sheets.rows()}
    sheets.meanwhile(READ, call="sort", spreadsheet=APPEALS, range="Обращения!A2:H", column="D", descending=True)
    with pytest.raises(RowConfused):
        await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    rows = await sheets.rows()
    assert {row["id"]: row["Служебное"] for row in rows} == before
    assert {row["Статус"] for row in rows} == {"Ответ ИИ"}
    assert all("ещё" not in row["Текст обращений"] for row in rows)


async def test_a_deleted_row_is_gone(sheets: Sheets, journal: SheetJournal) -> None:
    """Also the last one, also when the row number is somebody else's now."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.person("delete-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=1)
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1")) is None
    await journal.change("a503-1", saying(sheets, "ещё", "c2"))
    assert await lines(sheets) == {"502": ["вопрос 502"], "503": ["вопрос 503", "ещё"]}


async def test_a_row_deleted_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """Nothing is written below the table or into the next row."""
    await opened(sheets, journal, 501, 502)
    sheets.meanwhile(READ, call="delete-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=1)
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER)) is None
    assert await lines(sheets) == {"502": ["вопрос 502"]}
    assert [row["Статус"] for row in await sheets.rows()] == ["Ответ ИИ"]


async def test_a_row_cut_and_pasted_elsewhere(sheets: Sheets, journal: SheetJournal) -> None:
    """It is the same appeal in another place."""
    await opened(sheets, journal, 501, 502)
    await sheets.person("cut-row", spreadsheet=APPEALS, sheet="Обращения", row=2, to=9)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_copied_row(sheets: Sheets, journal: SheetJournal) -> None:
    """One of the two lives on, and goes on living after a sort; a reply typed in the other is said to be confused."""
    await opened(sheets, journal, 501, 502)
    await sheets.person("copy-row", spreadsheet=APPEALS, sheet="Обращения", row=2, to=5)
    for number in range(3):
        sheets.clock.advance(60)
        await journal.change("a501-1", saying(sheets, f"строка {number}", f"c{number}"))
        await sheets.person("sort", spreadsheet=APPEALS, range="Обращения!A2:Q", column="D", descending=number % 2 == 0)
        journal = sheets.journal()
    appeal = await journal.find("a501-1")
    assert appeal is not None
    assert [line.text for line in reversed(appeal.lines)] == ["вопрос 501", "строка 0", "строка 1", "строка 2"]
    stale = next(row for row in await sheets.rows() if row["id"] == "a501-1" and "строка" not in row["Текст обращений"])
    await sheets.type(f"Обращения!G{stale['row']}", "Ответ в копии")
    assert await journal.flag_confused(int(stale["row"]), texts.CONFUSED)
    receipts = {row["row"]: row["Доставка"] for row in await sheets.rows()}
    assert receipts[stale["row"]] == texts.CONFUSED


async def test_a_living_row_is_not_flagged(sheets: Sheets, journal: SheetJournal) -> None:
    """Only rows that are nobody's."""
    await opened(sheets, journal, 501)
    await sheets.type("Обращения!G2", "Ответ")
    assert not await journal.flag_confused(2, texts.CONFUSED)
    assert not await journal.flag_confused(900, texts.CONFUSED)


async def test_a_row_typed_by_hand(sheets: Sheets, journal: SheetJournal) -> None:
    """It has no id: a reply in it is said to be confused, the others work."""
    await opened(sheets, journal, 501)
    await sheets.person(
        "edit", spreadsheet=APPEALS, range="Обращения!A3", values=[["K9", "8912", "Иван", "501", "", "Новое", "Ответ"]]
    )
    assert await journal.flag_confused(3, texts.CONFUSED)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


@pytest.mark.parametrize("wiped", ["Q2", "E2", "I2", "F2", "H2"])
async def test_wiped_cells(sheets: Sheets, journal: SheetJournal, wiped: str) -> None:
    """Trace, history, receipt, status or time cleared: the row is recognised, the line is recorded once."""
    await opened(sheets, journal, 501, 502)
    await sheets.type(f"Обращения!{wiped}", "")
    for update in ("c1", "c1", "c2"):
        await sheets.journal().change("a501-1", saying(sheets, f"строка {update}", update))
    texts_now = (await lines(sheets))["501"]
    assert texts_now[-2:] == ["строка c1", "строка c2"]
    assert texts_now.count("строка c1") == 1
    assert (await lines(sheets))["502"] == ["вопрос 502"]


async def test_a_history_that_a_person_edited(sheets: Sheets, journal: SheetJournal) -> None:
    """What people wrote below the head stays."""
    await opened(sheets, journal, 501)
    [row] = await sheets.rows()
    await sheets.type("Обращения!E2", row["Текст обращений"] + "\nпозвонить в среду")
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    [row] = await sheets.rows()
    assert "позвонить в среду" in row["Текст обращений"]
    assert "ещё" in row["Текст обращений"]


async def test_columns_that_were_moved(sheets: Sheets, journal: SheetJournal) -> None:
    """Columns are found by header, also when they move between two writes."""
    await opened(sheets, journal, 501)
    await sheets.person("insert-columns", spreadsheet=APPEALS, sheet="Обращения", column="C", count=2)
    await sheets.person("move-columns", spreadsheet=APPEALS, sheet="Обращения", column="G", to="A")
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    await opened(sheets, journal, 502)
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё"], "502": ["вопрос 502"]}


async def test_columns_that_move_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """The guard misses, the header is read again."""
    await opened(sheets, journal, 501)
    sheets.meanwhile(READ, call="insert-columns", spreadsheet=APPEALS, sheet="Обращения", column="A", count=1)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_renamed_tab(sheets: Sheets, journal: SheetJournal) -> None:
    """Known instances go on, a new one finds it by its columns."""
    await opened(sheets, journal, 501)
    await sheets.person("rename-tab", spreadsheet=APPEALS, sheet="Обращения", title="Обращения 2026")
    await journal.change("a501-1", saying(sheets, "раз", "c1"))
    await sheets.journal().change("a501-1", saying(sheets, "два", "c2"))
    appeal = await journal.find("a501-1")
    assert appeal is not None
    assert [line.text for line in reversed(appeal.lines)] == ["вопрос 501", "раз", "два"]


@pytest.mark.parametrize("match", [WRITE, READ])
@pytest.mark.parametrize("action", [503, "drop", "apply-then-drop", 429])
async def test_a_failing_call_leaves_one_line(
    sheets: Sheets, journal: SheetJournal, action: int | str, match: str
) -> None:
    """Nobody knows whether a write was applied: the row is read again, and its trace tells."""
    await opened(sheets, journal, 501)
    sheets.fault(service="sheets", match=match, action=action, times=1)
    change = saying(sheets, "ещё", "c1")
    for journal_ in (journal, journal, sheets.journal()):
        try:
            await journal_.change("a501-1", change)
        except Exception as error:
            assert type(error).__name__ == "Unavailable"  # noqa: PT017 - Telegram brings the update again
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


@pytest.mark.parametrize("action", [503, "drop", "apply-then-drop"])
async def test_a_new_row_stands_once_whatever_fails(sheets: Sheets, journal: SheetJournal, action: int | str) -> None:
    """The mark makes the repeated append refusable."""
    await journal.newest(501)
    sheets.fault(service="sheets", match="appendCells", action=action, times=1)
    await opened(sheets, journal, 501)
    assert [row["id"] for row in await sheets.rows()] == ["a501-1"]


async def test_old_marks_are_forgotten(sheets: Sheets, journal: SheetJournal) -> None:
    """A mark is needed as long as Telegram repeats an update, 24 h; then the sweep deletes it."""
    await opened(sheets, journal, 501)
    sheets.clock.advance(24 * 3600)
    await opened(sheets, journal, 502)
    sheets.clock.advance(24 * 3600)
    await journal.forget_marks()
    sheets.clock.advance(-24 * 3600)
    layout = await AppealRows(sheets.gateway(), APPEALS).layout()
    repeated = append_request(cells_of_new(await kept(journal, "a502-1")), layout)
    with pytest.raises(Refused):
        await sheets.gateway().write(APPEALS, [repeated, row_mark("a502-1", 0, sheets.clock.now())])
    await sheets.gateway().write(APPEALS, [row_mark("a501-1", 0, sheets.clock.now())])


async def kept(journal: SheetJournal, appeal_id: str) -> Appeal:
    appeal = await journal.find(appeal_id)
    assert appeal is not None
    return appeal


async def test_a_row_seen_a_moment_ago_saves_a_read(sheets: Sheets, journal: SheetJournal) -> None:
    """The first try needs no read of its own; the guard notices that somebody was faster; nothing is kept for ever."""
    await opened(sheets, journal, 501)
    seen = await kept(journal, "a501-1")
    sheets.emulator.reset_stats()
    await journal.change("a501-1", saying(sheets, "раз", "c1"), seen=seen)
    assert sheets.emulator.stats()["reads"] == 0
    await journal.change("a501-1", saying(sheets, "два", "c2"), seen=seen)
    assert (await lines(sheets))["501"] == ["вопрос 501", "раз", "два"]
    memory = weakref.ref(seen)
    del seen
    gc.collect()
    assert memory() is None


async def test_the_tab_replaced_by_its_copy(sheets: Sheets, journal: SheetJournal) -> None:
    """Copied, the original deleted, the copy named like it: the journal goes on there."""
    await opened(sheets, journal, 501, 502)
    gateway = sheets.gateway()
    [sheet] = [tab.sheet for tab in await gateway.tabs(APPEALS) if tab.title == "Обращения"]
    copy = {"duplicateSheet": {"sourceSheetId": sheet, "newSheetId": 77, "newSheetName": "Копия"}}
    rename = {"updateSheetProperties": {"properties": {"sheetId": 77, "title": "Обращения"}, "fields": "title"}}
    await gateway.write(APPEALS, [copy, {"deleteSheet": {"sheetId": sheet}}, rename], moves_nothing=False)
    written = await journal.change("a502-1", saying(sheets, "ещё", "c1"))
    assert written is not None
    assert "ещё" in next(row["Текст обращений"] for row in await sheets.rows() if row["id"] == "a502-1")


@pytest.mark.parametrize("header", ["", "№"], ids=["missing", "doubled"])
async def test_a_column_of_peoples_own_may_be_gone(sheets: Sheets, journal: SheetJournal, header: str) -> None:
    """«Ответственный», «Оценка» and «В базу»: the bot does without, for a new row as for an old one."""
    await opened(sheets, journal, 501)
    for cell in ("M1", "N1", "O1"):
        await sheets.type(f"Обращения!{cell}", header and "Ответственный")
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    await opened(sheets, journal, 502)
    assert (await kept(journal, "a502-1")).owner == ""


async def test_a_write_that_was_applied_and_then_dropped_counts(sheets: Sheets, journal: SheetJournal) -> None:
    """Nobody else did it: who asked for it goes on, and the partner gets the answer that was recorded."""
    await opened(sheets, journal, 501)
    sheets.fault(service="sheets", match="*:batchUpdate*", action="apply-then-drop", times=1)
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert written is not None
    assert written.changed
    assert written.appeal.has_seen("c1")


async def test_a_new_row_sorted_above_those_that_are_known(sheets: Sheets, journal: SheetJournal) -> None:
    """Another instance opened it, and the last row that this one knows stands where it stood: it is found."""
    await opened(sheets, journal, 502, 503)
    await opened(sheets, sheets.journal(), 504)
    await sheets.person("sort", spreadsheet=APPEALS, range="Обращения!A2:Q", column="D", descending=True)
    newest = await journal.newest(504)
    assert newest is not None
    assert newest.id == (await kept(journal, "a504-1")).id == "a504-1"


async def test_a_write_that_was_not_applied_is_not_taken_for_one(sheets: Sheets, journal: SheetJournal) -> None:
    """Its answer was lost, and a person's act leaves nothing to do: who asked hears that it was not done."""
    await opened(sheets, journal, 501)
    [row] = await sheets.rows()
    sheets.faults.replace(
        [
            Fault.parse({"service": "sheets", "match": "*:batchUpdate*", "action": 503, "times": 1}),
            Fault.parse(
                {
                    "service": "sheets",
                    "match": "*:batchGetByDataFilter*",
                    "action": "person",
                    "times": 1,
                    "edit": {"spreadsheet": APPEALS, "range": f"Обращения!F{row['row']}", "values": [["Решено"]]},
                }
            ),
        ]
    )
    ask = saying(sheets, "ещё", "c1")
    written = await journal.change("a501-1", lambda now: None if now.is_resolved else ask(now))
    assert written is not None
    assert not written.changed
    assert not written.appeal.has_seen("c1")


async def test_half_a_sort_leaves_the_status_that_a_person_chose(sheets: Sheets, journal: SheetJournal) -> None:
    """«В работе» set by hand, then A:H sorted: the partner's row is confused, and known to be with a specialist."""
    await opened(sheets, journal, 501, 502)
    [row] = [row for row in await sheets.rows() if row["id"] == "a501-1"]
    await sheets.type(f"Обращения!F{row['row']}", "В работе")
    await sheets.person("sort", spreadsheet=APPEALS, range="Обращения!A2:H", column="D", descending=True)
    newest = await journal.newest(501)
    assert newest is not None
    assert newest.is_confused
    assert newest.was_with_people


@pytest.mark.parametrize("applied", [True, False])
async def test_a_sort_under_a_write_whose_answer_is_lost(sheets: Sheets, journal: SheetJournal, applied: bool) -> None:
    """Cells that it took in the row that came there are found and put back; nobody waits behind a false receipt."""
    await opened(sheets, journal, 501, 502)
    for chat in (501, 502):
        await journal.change(f"a{chat}-1", saying(sheets, "позовите", f"h{chat}", Status.HANDED_OVER))
    before = {row["id"]: row for row in await sheets.rows()}
    sheets.clock.advance(120)
    sort = {"call": "sort", "spreadsheet": APPEALS, "range": "Обращения!A2:Q", "column": "D", "descending": True}
    action = "apply-then-drop" if applied else 503
    fault = {"service": "sheets", "times": 1}
    sheets.faults.replace(
        [
            Fault.parse({**fault, "match": "*:batchGetByDataFilter*", "action": "person", "edit": sort}),
            Fault.parse({**fault, "match": "*:batchUpdate*", "action": action}),
        ]
    )

    def replied(row: Appeal) -> Edit | None:
        if row.receipt != NOTHING:
            return None
        at = sheets.clock.local()
        return Edit(at=at, status=Status.IN_WORK, receipt="доставлено 14:05", trace=row.known_trace.noted("reply", "x"))

    written = await journal.change("a501-1", replied)
    assert written is not None
    after = {row["id"]: row for row in await sheets.rows()}
    same = ("Статус", "Доставка", "Вопрос", "Ждёт с", "Время обновления")
    assert {column: after["a502-1"][column] for column in same} == {column: before["a502-1"][column] for column in same}
    assert (after["a501-1"]["Статус"], after["a501-1"]["Доставка"]) == ("В работе", "доставлено 14:05")
