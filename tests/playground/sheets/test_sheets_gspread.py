"""gspread, unmodified, through all it can do."""

from __future__ import annotations

import re
from typing import Any

import gspread
import pytest
from gspread.utils import Dimension, ExportFormat, InsertDataOption, ValidationConditionType, ValueRenderOption


@pytest.fixture
def client(world: Any) -> gspread.Client:
    world.kernel.settings.quotas = False
    found: gspread.Client = world.gspread()
    return found


@pytest.fixture
def book(client: gspread.Client) -> gspread.Spreadsheet:
    return client.create("Черновик")


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1


def metadata(tab: gspread.Worksheet) -> dict[str, Any]:
    sheets = tab.spreadsheet.fetch_sheet_metadata()["sheets"]
    found: dict[str, Any] = next(sheet for sheet in sheets if sheet["properties"]["sheetId"] == tab.id)
    return found


def test_a_client_finds_its_spreadsheets(client: gspread.Client, book: gspread.Spreadsheet) -> None:
    """Opened by title, key and address, listed, and not found when it is not there."""
    assert client.open("Черновик").id == client.open_by_url(book.url).id == client.open_by_key(book.id).id
    assert {found.title for found in client.openall()} == {"Черновик", "Обращения партнёров"}
    assert [found["name"] for found in client.list_spreadsheet_files("Черновик")] == ["Черновик"]
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open("Нет такой")
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("no-such-key")


def test_drive_shares_copies_exports_and_imports(client: gspread.Client, book: gspread.Spreadsheet) -> None:
    """Permissions come, change and go; a copy has the cells; CSV goes out and comes in."""
    book.share("anna@example.com", perm_type="user", role="writer", notify=False)
    assert [one["role"] for one in book.list_permissions()] == ["owner", "writer"]
    book.share("example.com", perm_type="domain", role="reader", notify=False)
    anna, domain = book.list_permissions()[1:]
    assert (domain["type"], domain["domain"]) == ("domain", "example.com")
    assert book.transfer_ownership(str(anna["id"])).json()["role"] == "writer"
    book.client.remove_permission(book.id, str(domain["id"]))
    book.remove_permissions("anna@example.com")
    assert [one["role"] for one in book.list_permissions()] == ["owner"]
    book.sheet1.update([["a1", "b1"], ["a,2", '"b"']], "A1")
    copy = client.copy(book.id, title="Копия", copy_permissions=True)
    assert client.open("Копия").sheet1.get_all_values() == [["a1", "b1"], ["a,2", '"b"']]
    assert book.export(ExportFormat.CSV) == b'a1,b1\r\n"a,2","""b"""'
    client.import_csv(copy.id, "x,y\n1,2")
    [imported] = client.open_by_key(copy.id).worksheets()
    assert imported.get_all_values() == [["x", "y"], ["1", "2"]]
    assert (imported.title, imported.row_count, imported.col_count) == ("Копия", 1000, 26)
    client.import_csv(copy.id, "\n".join(["z" + "," * 29] * 1200))
    imported = client.open_by_key(copy.id).sheet1
    assert (imported.row_count, imported.col_count) == (1200, 30)
    client.del_spreadsheet(copy.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(copy.id)


def test_properties_of_a_spreadsheet_change(book: gspread.Spreadsheet) -> None:
    """Title, locale and time zone; nonsense is refused."""
    book.update_title("Другое имя")
    book.update_locale("fr_FR")
    book.update_timezone("Europe/Paris")
    assert (book.title, book.locale, book.timezone) == ("Другое имя", "fr_FR", "Europe/Paris")
    with pytest.raises(gspread.exceptions.APIError, match="Unsupported locale: xx_YY"):
        book.update_locale("xx_YY")
    with pytest.raises(gspread.exceptions.APIError, match="Invalid time zone: Earth/Moon"):
        book.update_timezone("Earth/Moon")
    with pytest.raises(gspread.exceptions.APIError, match="Unsupported locale"):
        book.update_locale("nonsense")
    assert book.get_lastUpdateTime() >= book.creationTime


def test_tabs_come_go_and_change_places(book: gspread.Spreadsheet, tab: gspread.Worksheet) -> None:
    """Added, duplicated, copied, reordered, renamed, hidden, coloured, deleted."""
    second = book.add_worksheet("Второй", 10, 5, index=0)
    copy = tab.duplicate(new_sheet_name="Дубль")
    copy.copy_to(book.id)
    assert {one.title for one in book.worksheets()} == {"Второй", "Дубль", "Sheet1", "Copy of Дубль"}
    book.del_worksheet(copy)
    book.del_worksheet_by_id(book.worksheet("Copy of Дубль").id)
    book.reorder_worksheets([tab, second])
    assert [one.title for one in book.worksheets()] == ["Sheet1", "Второй"]
    tab.update_index(2)
    tab.update_title("Первый")
    assert [one.title for one in book.worksheets()] == ["Второй", "Первый"]
    tab.hide()
    assert [one.title for one in book.worksheets(exclude_hidden=True)] == ["Второй"]
    with pytest.raises(gspread.exceptions.APIError, match="You can't hide all the sheets in a document"):
        second.hide()
    with pytest.raises(gspread.exceptions.APIError, match='A sheet with the name "Второй" already exists'):
        book.add_worksheet("Второй", 1, 1)
    tab.show()
    tab.update_tab_color("#FF007F")
    assert metadata(tab)["properties"]["tabColor"] == {"red": 1, "blue": pytest.approx(0.49803922)}
    tab.clear_tab_color()
    assert not metadata(tab)["properties"].keys() & {"tabColor", "tabColorStyle"}
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Нет")


def test_values_are_written_and_read(tab: gspread.Worksheet) -> None:
    """RAW stays as it is, USER_ENTERED is parsed; every way of reading it back."""
    tab.update([["a", "b", "c"], [1, 2.5, "=A2+B2"], ["00123", "TRUE", "12%"]], "A1", raw=False)
    assert tab.get_all_values() == [["a", "b", "c"], ["1", "2.5", "3.5"], ["123", "TRUE", "12%"]]
    assert tab.get("A2:C3", value_render_option=ValueRenderOption.unformatted) == [[1, 2.5, 3.5], [123, True, 0.12]]
    assert tab.acell("C2", value_render_option=ValueRenderOption.formula).value == "=A2+B2"
    assert tab.get("A1:B3", major_dimension=Dimension.cols) == [["a", "1", "123"], ["b", "2.5", "TRUE"]]
    assert [list(map(list, found)) for found in tab.batch_get(["A1:B1", "C2:C"])] == [[["a", "b"]], [["3.5"], ["12%"]]]
    tab.update([["=A1", "'x", "+7"]], "A5")
    assert tab.row_values(5) == ["=A1", "'x", "+7"]
    assert tab.col_values(2)[:2] == ["b", "2.5"]
    assert tab.find("3.5").address == "C2"  # type: ignore[union-attr]
    assert [cell.address for cell in tab.findall(re.compile("^[ab]$"))] == ["A1", "B1"]
    cells = tab.range("A1:B1")
    cells[1].value = "B!"
    tab.update_cells(cells)
    tab.batch_update([{"range": "E1", "values": [["e"]]}, {"range": "E2", "values": [["=1/3"]]}], raw=False)
    assert tab.row_values(1) == ["a", "B!", "c", "", "e"]
    assert tab.acell("E2").numeric_value == 0.3333333333
    tab.batch_clear(["A1:A2"])
    assert tab.get("A1:B2") == [["", "B!"], ["", "2.5"]]
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_rows_are_appended_where_the_table_ends(tab: gspread.Worksheet) -> None:
    """Tables as Google's guide finds them, with INSERT_ROWS and with a given table range."""
    tab.update([["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y"], ["", "x", "y"], ["", "x", "y"]], "A1")
    for given, wanted in (
        ("Sheet1", "B7"),
        ("C5:D5", "B7"),
        ("B2:D4", "B7"),
        ("A3:G10", "B7"),
        ("A1", "A3"),
        ("E4", "E4"),
    ):
        range_ = given if given == "Sheet1" else f"Sheet1!{given}"
        done = tab.spreadsheet.values_append(range_, {"valueInputOption": "RAW"}, {"values": [["new"]]})
        assert done["updates"]["updatedRange"] == f"Sheet1!{wanted}", given
        tab.batch_clear([wanted])
    done = tab.append_row(["i"], insert_data_option=InsertDataOption.insert_rows, table_range="A1:C2")
    assert done["tableRange"] == "Sheet1!A1:C2"
    assert tab.row_count == 1001
    assert tab.get("A3:D5") == [["i"], [], ["", "x", "y"]]


def test_rows_and_columns_are_inserted_and_deleted(tab: gspread.Worksheet) -> None:
    """What stands there moves along; the grid grows, shrinks and is resized."""
    tab.update([["1", "2"], ["3", "4"]], "A1")
    tab.insert_row(["new"], 2)
    tab.insert_rows([["p"], ["q"]], 1)
    tab.insert_cols([["c", "d"]], 2)
    assert tab.get("A1:C5") == [["p", "c"], ["q", "d"], ["1", "", "2"], ["new"], ["3", "", "4"]]
    tab.delete_rows(1, 2)
    tab.delete_columns(2)
    assert tab.get("A1:B3") == [["1", "2"], ["new"], ["3", "4"]]
    tab.resize(5, 4)
    tab.add_rows(2)
    tab.add_cols(1)
    assert metadata(tab)["properties"]["gridProperties"] == {"rowCount": 7, "columnCount": 5}
    with pytest.raises(gspread.exceptions.APIError, match=r"exceeds grid limits\. Max rows: 7, max columns: 5"):
        tab.update([["x"]], "A8")
    with pytest.raises(gspread.exceptions.APIError, match="You can't delete all the rows"):
        tab.delete_rows(1, 7)


def test_the_look_of_a_sheet(tab: gspread.Worksheet) -> None:
    """Formats, notes, merges, freezing, hiding, groups, sizes, gridlines."""
    tab.format("A1:B2", {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}})
    tab.batch_format([{"range": "C1", "format": {"numberFormat": {"type": "NUMBER", "pattern": "0.00"}}}])
    tab.update([[1]], "C1")
    assert tab.acell("C1").value == "1.00"
    tab.merge_cells("A20:B21")
    with pytest.raises(gspread.exceptions.APIError, match="You must select all cells in a merged range"):
        tab.merge_cells("B21:C22")
    tab.merge_cells("A20:B21", "MERGE_ROWS")
    assert len(metadata(tab)["merges"]) == 2
    tab.unmerge_cells("A20:B21")
    assert "merges" not in metadata(tab)
    tab.update_notes({"A1": "первая", "B2": "вторая"})
    assert (tab.get_note("A1"), tab.get_notes()) == ("первая", [["первая", "", ""], ["", "вторая"]])
    tab.clear_notes(["A1", "B2"])
    assert tab.get_note("A1") == ""
    tab.freeze(1, 2)
    assert (tab.frozen_row_count, tab.frozen_col_count) == (1, 2)
    tab.hide_rows(1, 3)
    tab.hide_columns(1, 2)
    tab.unhide_rows(1, 3)
    tab.add_dimension_group_rows(1, 5)
    tab.add_dimension_group_rows(2, 3)
    tab.add_dimension_group_columns(0, 2)
    assert [(group["range"]["startIndex"], group["depth"]) for group in tab.list_dimension_group_rows()] == [
        (1, 1),
        (2, 2),
    ]
    tab.delete_dimension_group_rows(1, 5)
    assert [group["depth"] for group in tab.list_dimension_group_rows()] == [1]
    tab.hide_gridlines()
    tab.columns_auto_resize(0, 3)
    tab.rows_auto_resize(0, 3)
    assert metadata(tab)["properties"]["gridProperties"]["hideGridlines"] is True


def test_what_stands_over_the_cells(tab: gspread.Worksheet) -> None:
    """Filters, sorting, protection, names, validation, copy and cut."""
    tab.update([["b", 2], ["a", 3], ["c", 1]], "A1")
    tab.sort((1, "des"), range="A1:B3")
    assert tab.get("A1:B3") == [["c", "1"], ["b", "2"], ["a", "3"]]
    tab.set_basic_filter("A1:B3")
    assert metadata(tab)["basicFilter"]["range"]["endRowIndex"] == 3
    tab.clear_basic_filter()
    assert "basicFilter" not in metadata(tab)
    made = tab.add_protected_range("A1:B2", editor_users_emails=["z@example.com"])
    number = made["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    assert [one["protectedRangeId"] for one in tab.spreadsheet.list_protected_ranges(tab.id)] == [number]
    tab.delete_protected_range(number)
    made = tab.define_named_range("A2:B3", "Хвост")
    assert tab.get("Хвост") == [["b", "2"], ["a", "3"]]
    tab.delete_named_range(made["replies"][0]["addNamedRange"]["namedRange"]["namedRangeId"])
    tab.copy_range("A1:B1", "D1")
    tab.cut_range("A2:B3", "D2")
    assert tab.get("A1:E3") == [["c", "1", "", "c", "1"], ["", "", "", "b", "2"], ["", "", "", "a", "3"]]
    tab.add_validation("A9", ValidationConditionType.one_of_list, ["да", "нет"], strict=True, showCustomUi=True)
    assert tab.expand("D1") == [["c", "1"], ["b", "2"], ["a", "3"]]
