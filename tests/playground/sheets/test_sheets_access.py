"""Who may call, how often, and what is counted."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import gspread
import httpx2
import pytest
from google.auth import crypt, jwt

from playground.sheets.errors import ApiError
from playground.sheets.quotas import Quotas
from tests.playground.handbook import handbook

BOT = "bot@demo.iam.gserviceaccount.com"
OTHER = "other@demo.iam.gserviceaccount.com"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def signed(key: dict[str, str], claims: dict[str, Any]) -> str:
    signer = crypt.RSASigner.from_string(key["private_key"])  # type: ignore[no-untyped-call]
    token: bytes = jwt.encode(signer, claims)  # type: ignore[no-untyped-call]
    return token.decode()


def asked(world: Any, **changes: Any) -> httpx2.Response:
    """The grant of the bot's key, with some claims changed."""
    key = world.emulator.service_account_key(BOT)
    now = int(world.kernel.clock.now())
    claims = {
        "iss": BOT,
        "aud": key["token_uri"],
        "iat": now,
        "exp": now + 3600,
        "scope": "https://www.googleapis.com/auth/drive",
    }
    assertion = signed(key, claims | changes)
    answer: httpx2.Response = world.http.post(
        key["token_uri"], data={"grant_type": GRANT, "assertion": changes.get("assertion", assertion)}
    )
    return answer


def test_a_signed_assertion_gives_a_token(world: Any) -> None:
    """A bearer token for an hour of playground time."""
    answer = asked(world).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3599)
    assert world.tool("GET", "/book-of-appeals", token=answer["access_token"]).status_code == 200
    world.time.now += 3601
    assert world.tool("GET", "/book-of-appeals", token=answer["access_token"]).status_code == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"iss": "stranger@example.com"}, "invalid_grant"),
        ({"aud": "https://elsewhere"}, "invalid_grant"),
        ({"exp": 1}, "invalid_grant"),
        ({"iat": 0, "exp": 9_000_000_000}, "invalid_grant"),
        ({"assertion": "a.b.c"}, "invalid_grant"),
    ],
)
def test_a_bad_assertion_gives_none(world: Any, changes: dict[str, Any], error: str) -> None:
    """Unknown account, wrong audience, wrong times, no JWT: OAuth's 400."""
    answer = asked(world, **changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_forged_signature_is_refused(world: Any) -> None:
    """The assertion must be signed by the key that was handed out."""
    good = world.emulator.service_account_key(BOT)
    head, _, _ = signed(good, {"iss": BOT}).rpartition(".")
    answer = asked(world, assertion=f"{head}.AAAA")
    assert (answer.status_code, answer.json()["error_description"]) == (400, "Invalid JWT Signature.")


@pytest.mark.parametrize("header", ["Basic x", "Bearer nonsense", "nonsense"])
def test_no_token_is_a_401(world: Any, header: str) -> None:
    """With Google's body."""
    answer = world.http.get(f"{world.base}/google/v4/spreadsheets/book-of-appeals", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_a_token_without_the_scope_is_a_403(world: Any) -> None:
    """Reading scopes do not write."""
    token = asked(world, scope="https://www.googleapis.com/auth/spreadsheets.readonly").json()["access_token"]
    assert world.tool("GET", "/book-of-appeals", token=token).status_code == 200
    answer = world.tool("POST", "/book-of-appeals/values/A1:clear", token=token)
    assert answer.json()["error"]["message"] == "Request had insufficient authentication scopes."


def test_only_shared_spreadsheets_are_seen(world: Any) -> None:
    """403 for one that is not shared, 404 for one that is not there."""
    stranger = world.gspread(OTHER)
    with pytest.raises(PermissionError):
        stranger.open_by_key("book-of-appeals")
    assert stranger.openall() == []
    missing = world.tool("GET", "/no-such-book")
    assert (missing.status_code, missing.json()["error"]["message"]) == (404, "Requested entity was not found.")
    world.gspread().open_by_key("book-of-appeals").share(OTHER, perm_type="user", role="reader", notify=False)
    tab = stranger.open_by_key("book-of-appeals").sheet1
    assert tab.acell("A1").value == "id"
    with pytest.raises(gspread.exceptions.APIError, match="The caller does not have permission"):
        tab.update_acell("A1", "x")


def calls(tab: gspread.Worksheet, count: int, *, write: bool = False) -> int:
    """How many of so many calls are not answered by a 429."""
    through = 0
    for _ in range(count):
        with contextlib.suppress(gspread.exceptions.APIError):
            if write:
                tab.update_acell("F1", "x")
            else:
                tab.acell("A1")
            through += 1
    return through


def test_sixty_reads_and_sixty_writes_a_minute(world: Any) -> None:
    """Each service account has its own; the window slides with playground time; refused calls are not counted."""
    tab = world.gspread().open_by_key("book-of-appeals").sheet1
    assert (calls(tab, 70), calls(tab, 70, write=True)) == (58, 60)
    world.time.now += 59
    assert calls(tab, 1) == 0
    world.time.now += 1.5
    assert calls(tab, 70) == 60
    world.kernel.settings.quotas = False
    assert calls(tab, 70) == 70


def test_three_hundred_a_minute_for_the_project() -> None:
    """Six accounts with fifty each use it up for everybody."""
    quotas = Quotas()
    for number in range(300):
        quotas.take("Read", f"account {number % 6}", number * 0.1)
    with pytest.raises(ApiError, match="limit 'Read requests per minute' of service") as caught:
        quotas.take("Read", "a seventh", 31)
    assert caught.value.details[0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerProject"
    quotas.take("Write", "a seventh", 31)
    quotas.take("Read", "a seventh", 61)


def test_the_429_has_googles_body(world: Any) -> None:
    """The same keys, names and units as a real one."""
    real = json.loads(handbook("data/sheets-429-body.json").read_text())["error"]
    ours = json.loads(world.emulator.error_body(429))["error"]
    number = ours["details"][0]["metadata"]["consumer"].removeprefix("projects/")
    assert ours["message"] == real["message"].replace("<NUM>", number)
    ours_meta, real_meta = ours["details"][0]["metadata"], real["details"][0]["metadata"]
    real_meta |= {"consumer": f"projects/{number}", "window_start_time": ours_meta["window_start_time"]}
    assert ours_meta == real_meta
    assert ours["details"] == real["details"]


def test_calls_are_counted_and_told(world: Any) -> None:
    """Reads, writes, bytes and errors of accounts; tools are not counted. One event a call."""
    tab = world.gspread().open_by_key("book-of-appeals").sheet1
    world.emulator.reset_stats()
    tab.get_all_values()
    tab.update_acell("F1", "x")
    with pytest.raises(gspread.exceptions.APIError):
        tab.get("Нет!A1")
    world.values("A1")
    stats = world.emulator.stats()
    assert (stats["reads"], stats["writes"], stats["errors"]) == (2, 1, {"400": 1})
    assert stats["bytes_read"] > 100
    told = [event.as_json() for event in world.kernel.events.since() if event.source == "sheets"][-3:]
    assert [(event["what"], event["status"]) for event in told] == [
        ("values:get", 200),
        ("values:update", 200),
        ("values:get", 400),
    ]
    world.kernel.settings.quotas = False


def test_unknown_paths_are_404(world: Any) -> None:
    """Google's page, not an API error."""
    answer = world.http.get(f"{world.base}/google/v4/spreadsheet", headers={"Authorization": "Bearer conformance"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=UTF-8")


def test_a_lock_stops_those_who_are_not_its_editors(world: Any) -> None:
    """Protection that only warns stops nobody; a real one stops other accounts and people, also when they sort."""
    world.kernel.settings.quotas = False
    world.gspread().open_by_key("book-of-appeals").share(OTHER, perm_type="user", role="writer", notify=False)
    own = world.gspread().open_by_key("book-of-appeals").sheet1
    other = world.gspread(OTHER).open_by_key("book-of-appeals").sheet1
    own.add_protected_range("E1:E1000", warning_only=True)
    other.update_acell("E2", "1")
    own.add_protected_range("E1:E1000", editor_users_emails=[BOT])
    own.update_acell("E2", "2")
    with pytest.raises(gspread.exceptions.APIError, match="You are trying to edit a protected cell or object"):
        other.update_acell("E2", "3")
    answer = world.http.post(
        f"{world.base}/google/people/sort",
        json={"spreadsheet": "appeals", "range": "Обращения!A2:H", "column": "id", "descending": True},
    )
    assert (answer.status_code, "protected cell" in answer.text) == (400, True)
    world.people("sort", range="Обращения!A2:D", column="id", descending=True)
