"""telegram-webhook: what strangers, wrong clients and Telegram itself may send."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from playground.testing import PlaygroundClient
from shared.domain import texts
from shared.domain.row_links import row_link

WEBHOOK = "/functions/telegram-webhook"
LIMIT = 256 * 1024
USER = 700_000_101
STRANGER = 700_900_000


def secret(playground: PlaygroundClient) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": playground.control("GET", "info")["webhook_secret"]}


def post(playground: PlaygroundClient, body: bytes | Iterator[bytes]) -> httpx2.Response:
    return playground.http.post(f"{WEBHOOK}/telegram", content=body, headers=secret(playground))


def init_data(playground: PlaygroundClient, **asked: int) -> str:
    answer = playground.http.get(f"/telegram/users/{USER}/init-data", params=asked)
    return str(answer.json()["init_data"])


def me(playground: PlaygroundClient, authorization: str | None) -> httpx2.Response:
    headers = {"Authorization": authorization} if authorization is not None else {}
    return playground.http.get(f"{WEBHOOK}/api/me", headers=headers)


@pytest.fixture
def warnings(world: PlaygroundClient) -> Callable[[], list[dict[str, Any]]]:
    """Return what was logged as a warning or an error since the test began."""
    before = world.control("GET", "logs?since=0")
    since = before[-1]["seq"] if before else 0
    return lambda: [line for line in world.control("GET", f"logs?since={since}") if line.get("severity") != "INFO"]


@pytest.mark.parametrize("given", [None, b"", b"wrong", "ы".encode()])
def test_without_the_secret_nothing_is_read(world: PlaygroundClient, given: bytes | None) -> None:
    """401, whatever the body is."""
    headers = {} if given is None else {b"X-Telegram-Bot-Api-Secret-Token": given}
    for body in (b'{"update_id": 1}', b"{", b" " * (LIMIT + 1)):
        answer = world.http.post(f"{WEBHOOK}/telegram", content=body, headers=headers)
        assert answer.status_code == 401


def test_a_body_may_have_256_kilobytes(world: PlaygroundClient) -> None:
    """One byte more is 413, also when the length is not announced."""

    def sized(size: int) -> bytes:
        return b'{"update_id": 1, "x": "' + b"a" * (size - 25) + b'"}'

    def in_chunks(body: bytes) -> Iterator[bytes]:
        for start in range(0, len(body), 10_000):
            yield body[start : start + 10_000]

    assert post(world, sized(LIMIT)).status_code == 200
    assert post(world, in_chunks(sized(LIMIT))).status_code == 200
    assert post(world, sized(LIMIT + 1)).status_code == 413
    assert post(world, in_chunks(sized(LIMIT + 1))).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b"[]", b'"text"', b"{}"),
        *(b'{"update_id": "1"}', '{"update_id": 1}'.encode("utf-16")),
    ],
)
def test_what_is_no_update_is_400(
    world: PlaygroundClient, warnings: Callable[[], list[dict[str, Any]]], body: bytes
) -> None:
    """With our own JSON, and no noise in the log."""
    answer = post(world, body)
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == {"code", "message"}
    assert not warnings()


@pytest.mark.parametrize(
    "update",
    [
        {"my_chat_member": {"chat": {"id": USER, "type": "private"}}},
        {"edited_message": {"message_id": 1, "chat": {"id": USER, "type": "private"}, "text": "а"}},
        {"callback_query": {"id": "1", "from": {"id": USER}, "inline_message_id": "1", "data": "x"}},
        {"something_of_next_year": {}},
        *(
            {"message": {"message_id": 1, "chat": {"id": USER, "type": "private"}, "from": {"id": USER}, kind: {}}}
            for kind in ("pinned_message", "write_access_allowed", "message_auto_delete_timer_changed")
        ),
    ],
    ids=lambda update: str(update)[:60],
)
def test_what_asks_nothing_of_the_bot_is_taken_in_silence(world: PlaygroundClient, update: Any) -> None:
    """200 and no word in the chat: a pinned message is not answered with «Пока понимаем только текст»."""
    answer = post(world, json.dumps({"update_id": 7_001, **update}).encode())
    assert (answer.status_code, answer.content) == (200, b"")
    assert world.messages(USER) == []


def test_unknown_paths_and_wrong_methods(world: PlaygroundClient) -> None:
    """404 for a path that nobody has; 405 with Allow for a known one; HEAD is as good as GET for a health check."""

    def ask(method: str, path: str) -> httpx2.Response:
        return world.http.request(method, f"{WEBHOOK}{path}")

    for path in ("", "/nothing", "/api", "/api/nothing", "/telegram/x"):
        assert ask("GET", path).status_code == 404, path
        assert ask("GET", path).json()["error"]["code"] == "not_found"
    for method, path, allowed in (
        ("GET", "/telegram", "POST"),
        ("GET", "/api/auth", "POST"),
        ("POST", "/health", "GET"),
        ("DELETE", "/api/me", "GET"),
    ):
        answer = ask(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert ask("GET", "/health").status_code == 200
    assert ask("HEAD", "/health").status_code == 200


def test_each_refused_identity_has_its_own_code(playground: PlaygroundClient) -> None:
    """`Authorization: tma` and nothing else: not a query, not another header, not another scheme."""
    good = init_data(playground)
    assert me(playground, f"tma {good}").json() == {"authorised": False}
    refused = {
        None: "identity_missing",
        "": "identity_missing",
        "tma": "identity_missing",
        f"Bearer {good}": "identity_missing",
        f"tma {good.replace(str(USER), '900000001')}": "identity_forged",
        f"tma {good.partition('&hash')[0]}": "identity_forged",
        f"tma {good}&hash=00": "identity_doubled",
        f"tma {init_data(playground, age_s=86_401)}": "identity_expired",
    }
    for given, code in refused.items():
        answer = me(playground, given)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, code)
        assert good.rpartition("hash=")[2] not in answer.text
    elsewhere = playground.http.get(f"{WEBHOOK}/api/me?initData={good}", headers={"X-Init-Data": good})
    assert elsewhere.json()["error"]["code"] == "identity_missing"


@pytest.mark.parametrize("body", [{}, {"code": None, "phone": None}, {"code": ["00101"], "phone": {"a": 1}}])
def test_a_login_without_code_and_phone_names_both_fields(world: PlaygroundClient, body: object) -> None:
    """422 `invalid`; null and lists are no code."""
    answer = world.api(USER, "POST", "/api/auth", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
    assert set(answer.json()["error"]["fields"]) == {"code", "phone"}


def test_each_refused_login_has_its_own_status(playground: PlaygroundClient) -> None:
    """404 for a pair that nobody has, 409 for one whose account is another; after five wrong pairs 429."""
    anna = playground.partner()
    playground.log_in(anna)
    right, wrong = {"code": anna.code, "phone": anna.phone}, {"code": anna.code, "phone": "+7 900 000-00-00"}
    asked = [playground.api(STRANGER, "POST", "/api/auth", pair) for pair in (right, *[wrong] * 6)]
    codes = [(answer.status_code, answer.json()["error"]["code"]) for answer in asked]
    assert codes == [(409, "taken"), *[(404, "not_found")] * 5, (429, "paused")]
    assert int(asked[-1].headers["retry-after"]) > 0


def test_a_browser_may_ask_from_the_mini_apps_origin_only(world: PlaygroundClient) -> None:
    """The preflight needs no identity; the allowed origin is that of WEB_APP_URL, whoever asks; errors carry it too."""
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}
    for origin in (world.base_url, "https://elsewhere.example"):
        answer = world.http.options(f"{WEBHOOK}/api/auth", headers={"Origin": origin, **asked})
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == world.base_url
        assert {"authorization", "content-type"} <= {
            name.strip().casefold() for name in answer.headers["access-control-allow-headers"].split(",")
        }
    assert me(world, None).headers["access-control-allow-origin"] == world.base_url
    assert "access-control-allow-origin" not in world.http.get(f"{WEBHOOK}/health").headers


def test_promotions_that_did_not_change_are_304(playground: PlaygroundClient) -> None:
    """Also when a front end weakened the tag, or the browser lists several."""
    partner = playground.partner()
    playground.log_in(partner)
    headers = {"Authorization": f"tma {init_data(playground)}"}
    address = f"{WEBHOOK}/api/promotions"
    tag = playground.http.get(address, headers=headers).headers["etag"]
    for given, status in ((tag, 304), (f"W/{tag}", 304), (f'"old", {tag}', 304), ('"old"', 200)):
        answer = playground.http.get(address, headers={**headers, "If-None-Match": given})
        assert (answer.status_code, answer.headers["etag"]) == (status, tag)
        assert status == 200 or not answer.content


def test_who_hangs_up_in_the_middle_is_no_fault(
    world: PlaygroundClient, warnings: Callable[[], list[dict[str, Any]]]
) -> None:
    """Nothing is logged as an error, and the next request is served."""
    parts = urlsplit(world.base_url)
    with socket.create_connection((parts.hostname, parts.port)) as caller:
        head = f"POST {WEBHOOK}/telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
        caller.sendall((head + "".join(f"{n}: {v}\r\n" for n, v in secret(world).items()) + "\r\n{").encode())
    assert world.http.get(f"{WEBHOOK}/health").status_code == 200
    assert not warnings()


def test_logs_are_json_without_personal_data(playground: PlaygroundClient) -> None:
    """Login, question and hand-over: no phone, no name, no text, no token in any line."""
    anna = playground.partner()
    playground.log_in(anna)
    for said in ("Позовите менеджера, мой номер 8 912 345-67-89", "Анна Викторовна на связи"):
        playground.say(anna.user, said)
        playground.wait_for(lambda: "специалист" in playground.last(anna.user))
    lines = playground.control("GET", "logs")
    assert lines
    assert all("text" not in line and {"severity", "message", "function", "time"} <= set(line) for line in lines)
    info = playground.control("GET", "info")
    written = json.dumps(lines, ensure_ascii=False)
    private = (anna.phone, anna.phone[2:], anna.name, "Анна", "менеджера", "345-67-89", info["bot_token"])
    assert not [secret for secret in (*private, info["webhook_secret"]) if secret in written]


def test_an_update_that_cannot_be_understood_holds_nobody_up(world: PlaygroundClient) -> None:
    """Refused it would come again for a day, and the chat's next messages would wait behind it."""
    for body in (
        b'{"update_id": 1, "message": {}}',
        b'{"update_id": 2, "callback_query": {"message": {}, "data": "x"}}',
        b'{"update_id": 3, "message": {"message_id": 1, "chat": {"id": 1e999, "type": "private"}, "text": "x"}}',
    ):
        assert post(world, body).status_code == 200


def test_half_a_character_is_answered_and_journaled(playground: PlaygroundClient) -> None:
    """An emoji cut in two can be neither written nor sent on: the rest of the text arrives."""
    anna = playground.partner()
    playground.log_in(anna)
    chat = f'"message_id": 7000, "date": 1, "chat": {{"id": {anna.user}, "type": "private"}}'
    body = f'{{"update_id": 9000, "message": {{{chat}, "text": "Позовите менеджера \\ud83d"}}}}'
    assert post(playground, body.encode()).status_code == 200
    assert "Позовите менеджера \ufffd" in playground.view("appeals")[0]["Текст обращений"]


def test_the_link_to_a_row_shows_nothing_else(playground: PlaygroundClient) -> None:
    """A redirect for whoever has the signed link; the page of the row's workbook is asked for by their browser."""
    anna = playground.partner()
    playground.log_in(anna)
    playground.say(anna.user, "Позовите менеджера")
    link = playground.row_link()
    for method in ("GET", "HEAD"):
        answer = playground.http.request(method, link)
        assert (answer.status_code, answer.content) == (302, b"")
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert playground.http.post(link).status_code == 405


def test_without_a_signature_a_link_costs_nothing(playground: PlaygroundClient) -> None:
    """404 with one Russian line: no read, and no word of where the sheet is. A signed one of no row is a 404 too."""
    anna = playground.partner()
    playground.log_in(anna)
    playground.say(anna.user, "Позовите менеджера")
    link, _, signature = playground.row_link().partition("?s=")
    before = playground.control("GET", "stats")["sheets"]["reads"]
    webhook = "/functions/telegram-webhook/r/"
    wrong = [f"{link}?s={signature[:-1]}", f"{link}?s=", link, f"{webhook}a1-1?s={signature}", f"{link}?s=%D1%8B"]
    for address in (*wrong, *(f"{webhook}{one}" for one in ("", "id", "%3Cscript%3E", "x" * 3000))):
        answer = playground.http.get(address)
        assert (answer.status_code, answer.text.splitlines()) == (404, [texts.ROW_LINK_UNSIGNED])
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert playground.control("GET", "stats")["sheets"]["reads"] == before
    secret = playground.control("GET", "info")["link_secret"]
    gone = playground.http.get(f"/functions/telegram-webhook{row_link('', f'a{anna.user}-1', (secret,))}")
    assert (gone.status_code, gone.text) == (404, texts.ROW_LINK_GONE)
