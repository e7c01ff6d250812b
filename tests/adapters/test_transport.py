"""What goes over the wire: time-outs on every call, lists of ranges in a body and never in an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.adapters.sheets.calls.transport import LONG_TIMEOUT_S, TIMEOUT_S, Area, GspreadTransport


@dataclass
class Answer:
    content: dict[str, Any]

    def json(self) -> dict[str, Any]:
        return self.content


@dataclass
class Client:
    """Keeps what it was asked, and with which time-out."""

    timeout: tuple[float, float] | None = None
    calls: list[tuple[str, str, tuple[float, float] | None, Any]] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)

    def set_timeout(self, timeout: tuple[float, float]) -> None:
        self.timeout = timeout

    def request(self, method: str, url: str, **more: Any) -> Answer:
        self.calls.append((method, url, self.timeout, more.get("json")))
        return Answer({"replies": [], "valueRanges": self.found})

    def fetch_sheet_metadata(self, spreadsheet: str, params: Any) -> dict[str, Any]:
        self.calls.append(("get", spreadsheet, self.timeout, None))
        return {"sheets": [{"properties": {"sheetId": 0, "title": "Обращения"}}]}


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def transport(client: Client) -> GspreadTransport:
    return GspreadTransport(lambda: client)  # type: ignore[arg-type,return-value]


def area(first_row: int, last_row: int | None) -> Area:
    return Area(sheet=0, first_row=first_row, last_row=last_row, first_column=1, last_column=17)


def test_every_call_has_a_time_out(transport: GspreadTransport, client: Client) -> None:
    """gspread has none of its own, and what hangs holds up everybody."""
    transport.tabs("S")
    transport.read("S", [area(7, 7)])
    transport.write("S", [{"one": {}}], [area(7, 7)])
    assert all(timeout and max(timeout) <= max(LONG_TIMEOUT_S) for _, _, timeout, _ in client.calls)
    assert len(client.calls) == 3


def test_only_a_whole_column_may_take_long(transport: GspreadTransport, client: Client) -> None:
    """Every message reads the end of the id column: that must not wait as long as all ids of the sheet may."""
    transport.read("S", [area(1, 1), area(1_900, None), area(7, 7)])
    transport.read("S", [area(2, None)])
    assert [timeout for _, _, timeout, _ in client.calls] == [TIMEOUT_S, LONG_TIMEOUT_S]


def test_hundreds_of_ranges_go_in_a_body(transport: GspreadTransport, client: Client) -> None:
    """An address has a length that somebody on the way refuses."""
    transport.read("S", [area(row, row) for row in range(2, 402)])
    [(method, url, _, body)] = client.calls
    assert (method, len(body["dataFilters"])) == ("post", 400)
    assert len(url) < 200


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Обращения!A1:Q1", "Обращения"),
        ("'База знаний'!A1", "База знаний"),
        ("'Чья-то ''база''! 1'!A1:Q40", "Чья-то 'база'! 1"),
        ("A1:Q1", None),
    ],
)
def test_a_read_tells_the_tabs_title(
    transport: GspreadTransport, client: Client, written: str, title: str | None
) -> None:
    """An answer says its range in A1 notation: whether a tab was renamed costs no call of its own."""
    asked = {"gridRange": {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 17}}
    client.found = [{"valueRange": {"range": written, "values": [["1"]]}, "dataFilters": [asked]}]
    assert transport.read("S", [area(1, 1)]) == [[["1"]]]
    assert transport.title("S", 0) == title
    assert transport.title("S", 7) is None
