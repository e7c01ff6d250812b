"""The production script: what it says to Pub/Sub when a person edits the sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from playground.apps_script import AppsScript
from playground.kernel.emulator import Kernel
from shared.domain.events import typed_print

Edit = Callable[..., Awaitable[None]]
Said = Callable[[str], list[str]]
STATUS, REPLY, RECEIPT = 2, 3, 4


async def test_a_reply(edit: Edit, pubsub: Any, kernel: Kernel) -> None:
    """A typed reply is one message with the row's id and not its text, under the token of the script."""
    await edit(2, REPLY, value="Ваш договор готов")
    (request,) = pubsub.requests
    assert request["path"] == "/v1/projects/demo/topics/events:publish"
    assert request["headers"]["authorization"].startswith("Bearer ")
    assert request["headers"]["content-type"] == "application/json"
    (message,) = request["body"]["messages"]
    assert message["attributes"] == {"kind": "appeals.edited"}
    (event,) = pubsub.events()
    at = event.pop("at")
    assert event == {
        "kind": "appeals.edited",
        "appeals": [{"id": "7K3Q", "row": 2, "edited": ["reply"], "print": typed_print("Ваш договор готов")}],
        "editor": "ivanov@example.com",
    }
    assert abs(datetime.fromisoformat(at).timestamp() - kernel.clock.now()) < 5
    assert at.endswith("Z")


async def test_a_reply_that_was_typed(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """It is said of one cell that shows what was typed: not after a paste, nor where another row is there by now."""
    rows = workbook.tabs["Обращения"]
    rows[1][2] = " Да "
    await edit(2, REPLY, value="Да ")
    await edit(2, REPLY, value="Нет")
    await edit(3, REPLY, old_value="Готово")
    await edit(2, REPLY, value="Да", columns=2)
    await edit(2, STATUS, value="Передано специалисту")
    said = [[one.get("by_hand") for one in event["appeals"]] for event in pubsub.events()]
    assert said == [[True], [None], [None], [None], [None]]


async def test_a_status(edit: Edit, pubsub: Any) -> None:
    """A chosen status is said with what the person chose, as it stands in the cell."""
    await edit(4, STATUS, value="Решено")
    assert pubsub.events()[0]["appeals"] == [{"id": "9C2D", "row": 4, "edited": ["status"], "status": "Решено"}]


async def test_a_paste(edit: Edit, pubsub: Any) -> None:
    """A paste over many rows and columns is one publish with every row of it."""
    await edit(2, 1, rows=4, columns=5)
    (event,) = pubsub.events()
    assert [(one["id"], one["row"], one["status"]) for one in event["appeals"]] == [
        ("7K3Q", 2, "Передано специалисту"),
        ("8A1B", 3, "В работе"),
        ("9C2D", 4, "Решено"),
        ("", 5, "Новое"),
    ]
    assert {tuple(one["edited"]) for one in event["appeals"]} == {("reply", "status")}


async def test_a_cleared_cell(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """A cleared reply is an edit like any other: it is to be taken back."""
    workbook.tabs["Обращения"][2][2] = "\u200b "
    await edit(3, REPLY, old_value="Готово")
    assert pubsub.events()[0]["appeals"] == [{"id": "8A1B", "row": 3, "edited": ["reply"]}]


async def test_the_print_of_what_was_typed(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """Of one cell what this person typed, whoever has typed over it since; of a paste what is there."""
    rows = workbook.tabs["Обращения"]
    rows[1][2], rows[2][2] = "Нет", "Готово 👨\u200d👩\u200d👧"
    await edit(2, REPLY, value=" Да ")
    await edit(2, REPLY, rows=2)
    said = [[one.get("print") for one in event["appeals"]] for event in pubsub.events()]
    assert said == [[typed_print("Да")], [typed_print("Нет"), typed_print(rows[2][2])]]


async def test_edits_elsewhere(edit: Edit, pubsub: Any, said: Said) -> None:
    """Other columns, other tabs, the header and the emptiness below are nobody's business."""
    await edit(2, 1)
    await edit(2, RECEIPT, columns=2)
    await edit(1, REPLY)
    await edit(2, 2, title="Настройки")
    await edit(50, REPLY, rows=10)
    assert pubsub.requests == []
    assert said("failed") == []


async def test_the_archive_and_a_copy_of_the_tab(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """They have the same columns, and are not the appeals; the tab under another name is."""
    for title in ("Архив", "Обращения (копия)"):
        workbook.tabs[title] = [list(row) for row in workbook.tabs["Обращения"]]
        await edit(2, REPLY, title=title, value="Да")
    assert pubsub.requests == []
    workbook.tabs["Вопросы"] = workbook.tabs.pop("Обращения")
    await edit(2, REPLY, title="Вопросы", value="Да")
    assert len(pubsub.requests) == 1


async def test_the_header_in_a_paste(edit: Edit, pubsub: Any) -> None:
    """Of a paste that covers the header and runs below the data only the appeals are said."""
    await edit(1, REPLY, rows=1000)
    assert [one["row"] for one in pubsub.events()[0]["appeals"]] == [2, 3, 4, 5]


async def test_reordered_columns(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """Columns are found by their header, wherever people moved them."""
    workbook.tabs["Обращения"] = [["id", " Ответ специалиста ", "Статус"], ["7K3Q", "Да", "В работе"]]
    await edit(2, 2)
    await edit(2, 3)
    assert [event["appeals"][0] for event in pubsub.events()] == [
        {"id": "7K3Q", "row": 2, "edited": ["reply"], "print": typed_print("Да")},
        {"id": "7K3Q", "row": 2, "edited": ["status"], "status": "В работе"},
    ]


async def test_a_tab_without_all_columns(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """A tab that lacks one of the columns is not the appeals."""
    workbook.tabs["Обращения"][0][4] = "другое"
    await edit(2, REPLY)
    assert pubsub.requests == []


async def test_an_unknown_editor(edit: Edit, pubsub: Any) -> None:
    """Google hides the address of people outside the organisation."""
    await edit(2, REPLY, user=None)
    assert pubsub.events()[0]["editor"] == ""


async def test_more_than_a_message_holds(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """1,200 pasted rows are three messages of one publish."""
    workbook.tabs["Обращения"][1:] = [["1", "Новое", "", "", f"A{number}"] for number in range(1_200)]
    await edit(2, REPLY, rows=1_200)
    assert len(pubsub.requests) == 1
    assert [len(event["appeals"]) for event in pubsub.events()] == [500, 500, 200]


async def test_a_publish_that_fails_once(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """A single failure is repaired at once and seen by nobody."""
    pubsub.statuses = [503, 200]
    await edit(2, REPLY)
    assert len(pubsub.requests) == 2
    assert workbook.writes == []


async def test_a_publish_that_fails(edit: Edit, pubsub: Any, workbook: Any, said: Said) -> None:
    """A lasting failure is written beside the rows, over the receipts of what stood there before, and logged."""
    pubsub.statuses = [403]
    await edit(2, REPLY, rows=4)
    assert len(pubsub.requests) == 2
    assert workbook.column("Обращения", "Доставка") == ["повторится"] * 4
    (line,) = said("log")
    assert "403" in line
    assert "2–5" in line


async def test_rows_sorted_while_a_publish_fails(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """«повторится» stands beside the edited replies, wherever they are by then, and beside nobody else's."""
    rows = workbook.tabs["Обращения"]
    pubsub.statuses = [500]
    pubsub.meanwhile = lambda: rows.insert(2, rows.pop(4))
    await edit(2, REPLY, rows=2)
    assert [(row[4], row[3]) for row in rows[1:]] == [
        ("7K3Q", "повторится"),
        ("", "—"),
        ("8A1B", "повторится"),
        ("9C2D", ""),
    ]


async def test_columns_moved_while_a_publish_fails(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """The receipt goes under its own title."""
    rows = workbook.tabs["Обращения"]
    pubsub.statuses = [500]
    pubsub.meanwhile = lambda: [row.insert(0, "своё") for row in rows]
    await edit(2, REPLY)
    assert rows[1] == ["своё", "00123", "Передано специалисту", "", "повторится", "7K3Q"]


async def test_rows_that_are_gone_or_changed_while_a_publish_fails(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """A deleted row and a reply that was typed anew get nothing; a row without an id only while its reply stands."""
    rows = workbook.tabs["Обращения"]

    def meanwhile() -> None:
        rows[2][2], rows[4][2] = "Уже другое", "Чужое"
        del rows[1]

    pubsub.statuses = [500]
    pubsub.meanwhile = meanwhile
    await edit(2, REPLY, rows=4)
    assert [(row[4], row[3]) for row in rows[1:]] == [("8A1B", "доставлено 14:03"), ("9C2D", "повторится"), ("", "—")]


async def test_a_copied_row_while_a_publish_fails(edit: Edit, pubsub: Any, workbook: Any) -> None:
    """Of two rows with the id the one that holds the edited reply, both where both do."""
    rows = workbook.tabs["Обращения"]
    pubsub.statuses = [500]
    pubsub.meanwhile = lambda: rows.append(["00124", "В работе", "Прежнее", "доставлено 14:03", "8A1B"])
    await edit(3, REPLY)
    assert [row[3] for row in rows if row[4] == "8A1B"] == ["повторится", "доставлено 14:03"]


async def test_nothing_listens(edit: Edit, script: AppsScript, workbook: Any) -> None:
    """A network that fails is a failed publish too."""
    script._project.urls = {}  # the name is not resolved any more
    await edit(2, REPLY)
    assert workbook.column("Обращения", "Доставка")[0] == "повторится"


async def test_without_a_receipt_column(edit: Edit, pubsub: Any, workbook: Any, said: Said) -> None:
    """Where the receipt column is missing a failure is only logged."""
    pubsub.statuses = [500]
    workbook.tabs["Обращения"][0][3] = "прочее"
    await edit(2, REPLY)
    assert workbook.writes == []
    assert said("failed") == []
    assert len(said("log")) == 1


async def test_switched_off(edit: Edit, pubsub: Any, kernel: Kernel) -> None:
    """With the switch `apps_script` off installable triggers do not fire."""
    kernel.settings.change({"apps_script": False})
    await edit(2, REPLY)
    assert pubsub.requests == []
