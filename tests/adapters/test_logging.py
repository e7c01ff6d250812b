"""What the log shows of people."""

from __future__ import annotations

import io
import json

import pytest

from shared.adapters.logging import JsonLog, gist, mask


@pytest.mark.parametrize(
    "phone",
    ["+79123456789", "8 (912) 345-67-89", "8.912.345.67.89", "8/912/345/67/89", "8 912 345–67–89", "8 912 345‑67‑89"],
)
def test_a_phone_is_masked_however_it_is_written(phone: str) -> None:
    """With dots, slashes and the dashes that phones type by themselves."""
    assert mask(f"звонить {phone} сегодня") == "звонить <phone> сегодня"


def test_an_id_that_is_none_is_masked_too() -> None:
    """Whoever pushes an event sets its id."""
    out = io.StringIO()
    log = JsonLog(function="sheet-events", out=out)
    log.info("event", event_id="8123456789012345", appeal="a700000101-12")
    log.info("event", event_id="+79123456789")
    right, wrong = (json.loads(line) for line in out.getvalue().splitlines())
    assert (right["event_id"], right["appeal"]) == ("8123456789012345", "a700000101-12")
    assert wrong["event_id"] == "<phone>"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Invalid value at 'data.values' (type.googleapis.com/…), \"Анна: мой договор\"",
            "Invalid value at 'data.values'",
        ),
        ("Invalid regular expression: (?s)^(22.11.2026 · Анна", "Invalid regular expression:"),
        ("<html>\nАнна", "<html>"),
        ("Range ('Sheet1'!A9) exceeds grid limits. Max rows: 5, max columns: 9", "Max rows: 5, max columns: 9"),
    ],
)
def test_what_a_service_quotes_of_a_request_is_left_out(said: str, kept: str) -> None:
    """Its own words tell what was wrong; what it quotes may be a partner's."""
    assert kept in gist(said)
    assert "Анна" not in gist(said)
