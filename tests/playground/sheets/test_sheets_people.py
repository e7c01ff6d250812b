"""People at the sheet."""

from __future__ import annotations

import asyncio
from queue import SimpleQueue
from typing import Any

import pytest

from playground.sheets import EditEvent


class Trigger:
    """What the installable trigger was told, one event after the other."""

    def __init__(self) -> None:
        self.told: SimpleQueue[EditEvent] = SimpleQueue()

    async def __call__(self, event: EditEvent) -> None:
        self.told.put(event)

    def next(self) -> EditEvent:
        return self.told.get(timeout=5)

    @property
    def silent(self) -> bool:
        return self.told.empty()


@pytest.fixture
def events(world: Any) -> Trigger:
    trigger = Trigger()
    world.emulator.on_edit = trigger
    return trigger


def refused(world: Any, call: str, **body: Any) -> str:
    answer = world.http.post(f"{world.base}/google/people/{call}", json={"spreadsheet": "appeals", **body})
    assert answer.status_code in {400, 404}, answer.text
    return str(answer.json()["error"]["message"])


def test_a_person_sees_the_sheet(world: Any) -> None:
    """Header, rows from 2, values as shown, hidden columns too, the colour of the row."""
    red = {"backgroundColor": {"red": 1}}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$C2="Решено"'}]}
    rule = {
        "ranges": [{"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 5}],
        "booleanRule": {"condition": condition, "format": red},
    }
    hide = {"dimension": "COLUMNS", "startIndex": 4, "endIndex": 5}
    world.done(
        {"addConditionalFormatRule": {"rule": rule}},
        {"updateDimensionProperties": {"range": hide, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}},
        {
            "addFilterView": {
                "filter": {
                    "title": "Все",
                    "range": {"sheetId": 0, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": 5},
                    "sortSpecs": [{"dimensionIndex": 4, "sortOrder": "DESCENDING"}],
                    "criteria": {
                        "2": {"condition": {"type": "TEXT_NOT_EQ", "values": [{"userEnteredValue": "Новое"}]}}
                    },
                }
            }
        },
    )
    seen = world.view()
    assert seen["header"] == ["id", "Имя", "Статус", "Ответ", "Сумма"]
    assert seen["hidden_columns"] == [4]
    assert [(row["row"], row["values"][0], row["colour"]) for row in seen["rows"]] == [
        (2, "a1", None),
        (3, "b2", None),
        (4, "c3", "#ff0000"),
    ]
    assert [(view["title"], view["rows"]) for view in seen["views"]] == [("Все", [3, 4])]


def test_typing_is_parsed_and_fires_the_trigger(world: Any, events: Trigger) -> None:
    """In the spreadsheet's locale; a single cell tells its old and new value."""
    world.people("edit", range="Обращения!E2", values=[["12,5"]], user="anna@example.com")
    world.people("edit", range="Обращения!D2", values=[["=1+1"]], trigger=False)
    world.people("edit", range="Обращения!A5", values=[["d4", "Глеб"], ["e5", ""]])
    assert world.values("Обращения!D2:E2", option="UNFORMATTED_VALUE") == [["=1+1", 12.5]]
    assert events.next() == EditEvent(
        spreadsheet_id="book-of-appeals",
        title="Обращения",
        row=2,
        column=5,
        rows=1,
        columns=1,
        user="anna@example.com",
        value="12,5",
        old_value="10",
    )
    block = events.next()
    assert (block.row, block.column, block.rows, block.columns) == (5, 1, 2, 2)
    assert (block.value, block.old_value) == (None, None)


def test_the_grid_grows_and_the_empty_text_clears(world: Any, events: Trigger) -> None:
    """Beyond the last row; null leaves a cell as it is."""
    world.people("edit", range="Обращения!AB1002", values=[["x"]])
    assert world.values("Обращения!AB1002") == [["x"]]
    world.people("edit", range="Обращения!B2", values=[["", None]])
    assert world.shown()[0][:3] == ["a1", "", "Новое"]
    world.people("clear", range="Обращения!C2")
    told = [events.next() for _ in range(3)]
    assert (told[-1].old_value, told[-1].value) == ("Новое", None)


def test_a_sort_takes_whole_rows_or_some_columns(world: Any) -> None:
    """The header stays; a sort of A:B leaves the other columns where they are."""
    world.people("sort", range="Обращения!A1:Z", column="Сумма", descending=True)
    assert [row[0] for row in world.shown()] == ["b2", "c3", "a1"]
    world.people("sort", range="Обращения!A2:B", column="A")
    assert [(row[0], row[1], row[4]) for row in world.shown()] == [
        ("a1", "Анна", "30"),
        ("b2", "Борис", "20"),
        ("c3", "Вера", "10"),
    ]


def test_rows_are_inserted_moved_copied_cut_and_deleted(world: Any, events: Trigger) -> None:
    """By numbers counted from 1."""
    world.people("insert-rows", sheet="Обращения", row=2, count=2)
    assert [row[0] for row in world.shown()] == ["", "", "a1", "b2", "c3"]
    world.people("delete-rows", sheet="Обращения", row=2, count=2)
    world.people("move-rows", sheet="Обращения", row=2, to=5)
    assert [row[0] for row in world.shown()] == ["b2", "c3", "a1"]
    assert world.people("copy-row", sheet="Обращения", row=2) == {"row": 5}
    assert [row[0] for row in world.shown()] == ["b2", "c3", "a1", "b2"]
    world.people("cut-row", sheet="Обращения", row=2, to=7)
    assert [row[0] for row in world.shown()] == ["", "c3", "a1", "b2", "", "b2"]
    assert [(events.next().row, events.next().row), events.silent] == [(5, 7), True]


def test_columns_are_inserted_and_moved(world: Any) -> None:
    """Named by header, letter or number."""
    world.people("insert-columns", sheet="Обращения", column="Имя")
    assert world.view()["header"] == ["id", "", "Имя", "Статус", "Ответ", "Сумма"]
    world.people("move-columns", sheet="Обращения", column="Сумма", to="A")
    world.people("move-columns", sheet="Обращения", column=2, to="Статус")
    assert world.view()["header"] == ["Сумма", "", "Имя", "id", "Статус", "Ответ"]
    world.people("delete-columns", sheet="Обращения", column="B")
    assert world.shown()[0] == ["10", "Анна", "a1", "Новое", ""]


UNDONE: list[tuple[str, dict[str, Any]]] = [
    ("edit", {"range": "Обращения!B2:C2", "values": [["x", "y"]]}),
    ("clear", {"range": "Обращения!A2:E4"}),
    ("sort", {"range": "Обращения!A2:Z", "column": "Сумма", "descending": True}),
    ("sort", {"range": "Обращения!A2:C", "column": "Имя", "descending": True}),
    ("insert-rows", {"sheet": "Обращения", "row": 3, "count": 2}),
    ("delete-rows", {"sheet": "Обращения", "row": 3}),
    ("move-rows", {"sheet": "Обращения", "row": 2, "to": 5}),
    ("insert-columns", {"sheet": "Обращения", "column": "B"}),
    ("move-columns", {"sheet": "Обращения", "column": "B", "to": "A"}),
    ("copy-row", {"sheet": "Обращения", "row": 2, "to": 3}),
    ("cut-row", {"sheet": "Обращения", "row": 2, "to": 9}),
    ("replace-tab", {"sheet": "Обращения", "values": [["id"], ["z"]]}),
]


@pytest.mark.parametrize(("call", "body"), UNDONE, ids=[f"{call}-{number}" for number, (call, _) in enumerate(UNDONE)])
def test_undo_takes_back_the_last_change(world: Any, call: str, body: dict[str, Any]) -> None:
    """Whatever it was; what the API wrote elsewhere meanwhile stays."""
    before = world.view()["rows"]
    world.people(call, **body)
    assert world.view()["rows"] != before
    world.write("Обращения!A20", [["новая"]])
    world.people("undo")
    rows = world.view()["rows"]
    assert [one["values"][:5] for one in rows[:3]] == [one["values"] for one in before]
    assert sum("новая" in one["values"] for one in rows) == 1
    assert "nothing to undo" in refused(world, "undo")


def test_undo_of_a_sort_keeps_what_was_written_elsewhere(world: Any) -> None:
    """The bot's technical cell, written after a sort of A:C, stays in its row."""
    world.people("sort", range="Обращения!A2:C", column="Имя", descending=True)
    world.write("Обращения!E2", [["v1"]])
    world.people("undo")
    assert [(row[0], row[4]) for row in world.shown()] == [("a1", "v1"), ("b2", "30"), ("c3", "20")]


def test_an_earlier_version_comes_back(world: Any) -> None:
    """By steps or by time, whoever made the changes."""
    before = world.shown()
    world.time.now += 10
    world.write("Обращения!A2", [["x"]])
    world.people("delete-rows", sheet="Обращения", row=3)
    world.people("restore", steps=1)
    assert [row[0] for row in world.shown()] == ["x", "b2", "c3"]
    world.people("restore", at=world.time.now - 5)
    assert world.shown() == before


def test_a_filter_hides_rows(world: Any) -> None:
    """By what is shown or hidden of a column; taken away again."""
    assert world.people("filter", sheet="Обращения", column="Статус", hide=["Новое"]) == {"hidden": [2]}
    assert world.people("filter", sheet="Обращения", column="Статус", show=["Новое"]) == {"hidden": [3, 4]}
    assert [row["hidden"] for row in world.view()["rows"]] == [False, True, True]
    assert world.people("filter", sheet="Обращения", clear=True) == {"hidden": []}


def test_a_tab_is_replaced_by_an_import(world: Any, events: Trigger) -> None:
    """Parsed as typed, formats stay, the rest of the tab is empty, no trigger fires."""
    world.people("replace-tab", sheet="Авторизация", values=[["Код", "Телефон"], ["00123", "79160000000"]])
    assert world.values("Авторизация!A1:B9", option="UNFORMATTED_VALUE") == [["Код", "Телефон"], [123, 79160000000]]
    world.people("replace-tab", sheet="Авторизация", values=[["Код"], ["00123"]], raw=True)
    assert world.values("Авторизация!A1:B9") == [["Код"], ["00123"]]
    assert events.silent


def test_strict_validation_refuses_what_is_typed(world: Any) -> None:
    """A person sees Google's text; the API writes past it."""
    values = [{"userEnteredValue": "Новое"}, {"userEnteredValue": "Решено"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True}
    span = {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}
    world.done({"setDataValidation": {"range": span, "rule": rule}})
    message = refused(world, "edit", range="Обращения!C2", values=[["Ерунда"]])
    assert message == "The data you entered in cell C2 violates the data validation rules set on this cell."
    world.people("edit", range="Обращения!C2", values=[["Решено"]])
    world.write("Обращения!C3", [["Ерунда"]])
    assert [row[2] for row in world.shown()] == ["Решено", "Ерунда", "Решено"]


@pytest.mark.parametrize(
    ("call", "body", "part"),
    [
        ("edit", {"range": "Нет!A1", "values": [["x"]]}, "unknown sheet: Нет"),
        ("edit", {"range": "Обращения!A1"}, "values: a list of rows is needed"),
        ("edit", {"range": "Обращения!A1", "values": [["x"]], "valeus": 1}, "unknown field: valeus"),
        ("sort", {"range": "Обращения!A2:H", "column": "Нет такой"}, "column: a header, a letter or a number"),
        ("sort", {"range": "Обращения!A2:B", "column": "Сумма"}, "is outside of"),
        ("delete-rows", {"sheet": "Обращения", "row": 5000}, "row: the sheet has 1000 rows"),
        ("insert-rows", {"sheet": "Обращения", "row": 0}, "row: a whole number from 1"),
        ("view-everything", {}, "people can't do"),
        ("edit", {"spreadsheet": "nope"}, "unknown spreadsheet: nope"),
    ],
)
def test_a_bad_call_says_what_is_wrong(world: Any, call: str, body: dict[str, Any], part: str) -> None:
    """400 or 404, and nothing is changed."""
    before = world.view()
    assert part in refused(world, call, **body)
    assert world.view() == before


async def test_the_same_in_python(world: Any, events: Trigger) -> None:
    """`person` does what HTTP does."""
    await world.emulator.person("edit", {"spreadsheet": "appeals", "range": "Обращения!B2", "values": [["Яна"]]})
    seen = await world.emulator.person("view", {"spreadsheet": "appeals", "sheet": "Обращения"})
    assert seen["rows"][0]["values"][1] == "Яна"
    assert (await asyncio.to_thread(events.next)).value == "Яна"


def test_a_script_reads_and_writes(world: Any, events: Trigger) -> None:
    """Numbers from 1; texts parsed as typed; no trigger fires."""
    book = world.emulator.workbook("appeals")
    assert book.titles() == ["Обращения", "Авторизация"]
    assert (book.last_row("Обращения"), book.last_column("Обращения"), book.sheet_id("Обращения")) == (4, 5, 0)
    assert book.display_values("Обращения", 1, 1, 2, 2) == [["id", "Имя"], ["a1", "Анна"]]
    book.set_values("Обращения", 2, 4, [["доставлено 14:03", "5,5"]])
    assert book.values("Обращения", 2, 3, 1, 3) == [["Новое", "доставлено 14:03", 5.5]]
    with pytest.raises(IndexError):
        book.display_values("Обращения", 1001, 1, 1, 1)
    with pytest.raises(KeyError):
        book.last_row("Нет")
    assert events.silent
