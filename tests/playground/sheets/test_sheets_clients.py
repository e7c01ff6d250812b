"""Other clients than gspread: Google's own discovery client, and plain HTTP."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from google.oauth2 import service_account

discovery = pytest.importorskip("googleapiclient.discovery")
BOOK = "book-of-appeals"
BOT = "bot@demo.iam.gserviceaccount.com"


@pytest.fixture
def api(world: Any) -> Any:
    """The Sheets client that google-api-python-client builds from its own discovery document."""
    scope = "https://www.googleapis.com/auth/spreadsheets"
    credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        world.emulator.service_account_key(BOT), scopes=[scope]
    )
    endpoint = {"api_endpoint": f"{world.base}/google/"}
    with discovery.build("sheets", "v4", credentials=credentials, client_options=endpoint) as built:
        yield built.spreadsheets()


def test_the_discovery_client_reads_and_writes(api: Any) -> None:
    """Repeated ranges, masks, bodies and errors as its users know them."""
    values = api.values()
    ranges = ["Обращения!A1:B2", "'Авторизация'!A:A"]
    found = values.batchGet(spreadsheetId=BOOK, ranges=ranges, majorDimension="COLUMNS").execute()["valueRanges"]
    assert [one["values"] for one in found] == [[["id", "a1"], ["Имя", "Анна"]], [["Код", "00123"]]]
    done = values.append(
        spreadsheetId=BOOK, range="Обращения!A1", valueInputOption="RAW", body={"values": [["d4"]]}
    ).execute()
    assert done["updates"]["updatedRange"] == "'Обращения'!A5"
    titles = api.get(spreadsheetId=BOOK, fields="sheets(properties/title)").execute()
    assert [sheet["properties"]["title"] for sheet in titles["sheets"]] == ["Обращения", "Авторизация"]
    with pytest.raises(Exception, match="Requested entity was not found"):
        api.get(spreadsheetId="nobody").execute()


def test_the_token_may_stand_in_the_query(world: Any) -> None:
    """Common parameters of every call are taken; without any token the text says so."""
    address = f"{world.base}/google/v4/spreadsheets/{BOOK}"
    common = "alt=json&prettyPrint=false&key=k&quotaUser=q&$.xgafv=2&uploadType=media&upload_protocol=raw"
    asked = f"{address}?fields=spreadsheetId&{common}&access_token={world.emulator.access_token}"
    assert world.http.get(asked).json() == {"spreadsheetId": BOOK}
    refused = world.http.get(address)
    assert (refused.status_code, refused.json()["error"]["message"][:45]) == (
        401,
        "Request is missing required authentication cr",
    )


@pytest.mark.parametrize("text", ["A1:B1", "'Обращения'!A1:B1", "R1C1:R1C2", "обращения!$A$1:$B$1", "b1:a1"])
def test_a_range_may_be_encoded_wholly(world: Any, text: str) -> None:
    """Every character percent-encoded, in A1 and R1C1 notation."""
    everything = "".join(f"%{byte:02X}" for byte in text.encode())
    for encoded in (quote(text), quote(text, safe=""), everything):
        answer = world.tool("GET", f"/{BOOK}/values/{encoded}").json()
        assert answer == {"range": "'Обращения'!A1:B1", "majorDimension": "ROWS", "values": [["id", "Имя"]]}


def test_an_empty_list_is_left_out(world: Any) -> None:
    """As everywhere in Google's JSON."""
    bare = {"spreadsheetId": BOOK}
    assert world.tool("GET", f"/{BOOK}/values:batchGet").json() == bare
    assert world.tool("POST", f"/{BOOK}/values:batchClear", {}).json() == bare
    assert world.tool("POST", f"/{BOOK}/values:batchUpdate", {"valueInputOption": "RAW"}).json() == bare
    lookup = {"dataFilter": {"developerMetadataLookup": {"metadataId": 404}}, "values": [[1]]}
    body = {"valueInputOption": "RAW", "data": [lookup]}
    assert world.tool("POST", f"/{BOOK}/values:batchUpdateByDataFilter", body).json() == bare


def test_broken_json_is_told_in_the_details_too(world: Any) -> None:
    """A client that shows `details` shows the place."""
    address = f"{world.base}/google/v4/spreadsheets/{BOOK}/values/A1?valueInputOption=RAW"
    headers = {"Authorization": f"Bearer {world.emulator.access_token}"}
    error = world.http.put(address, content=b'{"values":', headers=headers).json()["error"]
    assert error["details"][0]["fieldViolations"] == [{"description": error["message"]}]


def test_drive_words_its_errors_in_its_own_way(world: Any) -> None:
    """`errors` with a reason, as Drive v3 has them."""
    headers = {"Authorization": f"Bearer {world.emulator.access_token}"}
    answer = world.http.get(f"{world.base}/google/drive/v3/files/nobody", headers=headers)
    error = answer.json()["error"]
    assert (answer.status_code, error["message"]) == (404, "File not found: nobody.")
    assert error["errors"][0]["reason"] == "notFound"


def test_a_file_lies_in_a_folder(world: Any) -> None:
    """gspread creates and lists by folder."""
    world.kernel.settings.quotas = False
    client = world.gspread()
    made = client.create("В папке", folder_id="folder-1")
    client.copy(made.id, title="Копия", folder_id="folder-2")
    assert [file["name"] for file in client.list_spreadsheet_files(folder_id="folder-1")] == ["В папке"]
    assert [file["name"] for file in client.list_spreadsheet_files(folder_id="folder-2")] == ["Копия"]


def test_second_copies_are_numbered_from_one(world: Any) -> None:
    """`Copy of …`, `Copy of … 1`, whichever way a tab is copied."""
    world.done({"duplicateSheet": {"sourceSheetId": 0}})
    copied = world.tool("POST", f"/{BOOK}/sheets/0:copyTo", {"destinationSpreadsheetId": BOOK}).json()
    third = world.done({"duplicateSheet": {"sourceSheetId": 0}})["replies"][0]["duplicateSheet"]["properties"]
    assert [copied["title"], third["title"]] == ["Copy of Обращения 1", "Copy of Обращения 2"]


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}]},
        {"type": "ONE_OF_LIST"},
        {"type": "BLANK"},
        {},
    ],
)
def test_a_condition_takes_the_values_it_is_documented_with(world: Any, condition: dict[str, Any]) -> None:
    """Too few values, or a type that validation does not know, is a 400."""
    message = world.refused({"setDataValidation": {"range": {"sheetId": 0}, "rule": {"condition": condition}}})
    assert message.startswith("Invalid requests[0].setDataValidation: ")


def test_borders_are_read_back_whole(world: Any) -> None:
    """A line has a width and a colour, whether they were sent or not."""
    cell = {"userEnteredFormat": {"borders": {"top": {"style": "SOLID"}, "left": {"style": "NONE"}}}}
    box = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    world.done({"repeatCell": {"range": box, "cell": cell, "fields": "userEnteredFormat.borders"}})
    line = {"style": "SOLID", "width": 1, "color": {}, "colorStyle": {"rgbColor": {}}}
    fields = "sheets.data.rowData.values.userEnteredFormat.borders"
    shown = json.dumps(world.tool("GET", f"/{BOOK}?ranges=A1&fields={fields}").json())
    assert json.loads(shown)["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"] == {
        "borders": {"top": line}
    }


def test_a_slash_at_the_end_of_a_path_is_ignored(world: Any) -> None:
    """Reads, writes and creations of clients that end their addresses with one."""
    assert world.tool("GET", f"/{BOOK}/?fields=spreadsheetId").json() == {"spreadsheetId": BOOK}
    assert world.tool("GET", f"/{BOOK}/values/A1/").json()["values"] == [["id"]]
    world.write("F1/", [["x"]])
    assert world.tool("POST", f"/{BOOK}:batchUpdate/", {"requests": []}).status_code == 400
    assert "spreadsheetId" in world.tool("POST", "/", {"properties": {"title": "Новая"}}).json()


def test_a_protection_that_only_warns_carries_editors(world: Any) -> None:
    """Like one that locks: the owner and whoever made it."""
    world.kernel.settings.quotas = False
    tab = world.gspread().open_by_key(BOOK).sheet1
    tab.add_protected_range("E1:E9", warning_only=True)
    tab.add_protected_range("F1:F9")
    warning, lock = tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]["protectedRanges"]
    assert warning["warningOnly"]
    assert warning["editors"] == lock["editors"] == {"users": ["owner@playground.example", BOT]}
