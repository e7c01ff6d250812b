"""sheet-events and promo-scheduler: every envelope of Pub/Sub, what is no event, and Cloud Scheduler's calls."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import httpx2
import pytest

from playground.testing import PlaygroundClient

EVENTS = "/functions/sheet-events/"
JOBS = "/functions/promo-scheduler"


def encoded(content: object) -> str:
    return base64.b64encode(json.dumps(content).encode()).decode()


def pushed(data: str | None) -> dict[str, Any]:
    message = {"messageId": "42", "publishTime": "2026-11-22T11:00:00Z", "attributes": {"kind": "daily"}}
    return {"message": message | ({} if data is None else {"data": data}), "subscription": "projects/p/subscriptions/s"}


def cloud_event(**more: object) -> dict[str, object]:
    kind = "google.cloud.pubsub.topic.v1.messagePublished"
    return {"specversion": "1.0", "id": "42", "source": "//pubsub.googleapis.com/x", "type": kind, **more}


def push(playground: PlaygroundClient, body: object, **headers: str) -> httpx2.Response:
    return playground.http.post(EVENTS, content=json.dumps(body), headers=headers)


def logged(playground: PlaygroundClient, event: str) -> list[dict[str, Any]]:
    return [line for line in playground.control("GET", "logs") if line["message"] == event]


def test_every_envelope_is_read(playground: PlaygroundClient) -> None:
    """Raw push; CloudEvent in binary and in structured mode, its data as JSON or in base64."""
    raw = pushed(encoded({"kind": "of_tomorrow"}))
    binary = {f"ce-{name}": str(value) for name, value in cloud_event().items()}
    structured = {"Content-Type": "application/cloudevents+json; charset=UTF-8"}
    answers = [
        push(playground, raw),
        push(playground, raw, **{"Content-Type": "application/json", **binary}),
        push(playground, cloud_event(data=raw, datacontenttype="application/json"), **structured),
        push(playground, cloud_event(data_base64=encoded(raw)), **structured),
    ]
    assert [answer.status_code for answer in answers] == [204] * 4
    playground.wait_for(lambda: len(logged(playground, "unknown_event")) == 4)


@pytest.mark.parametrize(
    "data", [None, "", "###", encoded(["a", "list"]), encoded("text"), base64.b64encode(b"\xff\xfe").decode()]
)
def test_a_message_that_is_no_event_is_logged_and_done(playground: PlaygroundClient, data: str | None) -> None:
    """It would be none when it comes again: acknowledged, and found in the log by its id."""
    assert push(playground, pushed(data)).status_code == 204
    [line] = playground.wait_for(lambda: logged(playground, "event_unreadable"))
    assert (line["severity"], line["event_id"]) == ("ERROR", "42")


@pytest.mark.parametrize(
    "body", [{}, [], None, {"message": "text"}, cloud_event(data="text"), cloud_event(data_base64="###")]
)
def test_what_does_not_come_from_pubsub_is_400(playground: PlaygroundClient, body: object) -> None:
    """No envelope, no event."""
    assert push(playground, body).status_code == 400


def test_the_edges_of_the_private_functions(playground: PlaygroundClient) -> None:
    """Bad JSON 400, too much 413, unknown path 404, wrong method 405, health 200."""
    http = playground.http
    assert http.post(EVENTS, content=b"{").status_code == 400
    assert http.post(EVENTS, content=b" " * 300_000).status_code == 413
    assert http.post(f"{EVENTS}push", json=pushed(None)).status_code == 404
    assert http.post(f"{JOBS}/jobs/nothing").status_code == 404
    for address in (EVENTS, f"{JOBS}/", f"{JOBS}/jobs/sweep"):
        assert (http.get(address).status_code, http.get(address).headers["allow"]) == (405, "POST")
    assert [http.get(f"{base}/health").status_code for base in (EVENTS.rstrip("/"), JOBS)] == [200, 200]


def test_due_promotions_are_listed(playground: PlaygroundClient) -> None:
    """By Cloud Scheduler's POST; asking twice answers the same."""
    first, again = (playground.http.post(f"{JOBS}/jobs/promotions") for _ in range(2))
    assert first.status_code == 200
    assert all(set(promotion) == {"id", "title"} for promotion in first.json()["due"])
    assert first.json()["due"]
    assert first.json() == again.json()


def test_the_daily_job_tells_the_admin_what_to_mend(playground: PlaygroundClient) -> None:
    """By address; a second run on the same day adds nothing."""
    admin = playground.control("GET", "info")["admin_id"]
    for _ in range(2):
        assert playground.http.post(f"{JOBS}/jobs/daily").status_code == 200
    playground.wait_for(lambda: playground.control("GET", "stats")["pubsub"]["delivered"] == 2)
    [message] = playground.http.get(f"/telegram/users/{admin}/messages").json()
    assert message["text"].startswith("В таблицах 6 ошибок и 2 замечания.")
    assert "«Авторизация», ячейка C27: " in message["text"]
    assert message["text"].endswith("И ещё 5: /check")


def test_an_admin_gets_the_whole_list(playground: PlaygroundClient) -> None:
    """All eight problems, each with the link to its cell."""
    admin = playground.control("GET", "info")["admin_id"]
    sheet = playground.control("GET", "info")["spreadsheets"]["authorisation"]
    playground.say(admin, "/check")
    listed = playground.wait_for(
        lambda: next((m["text"] for m in playground.messages(admin) if m["text"].startswith("В таблицах")), None)
    )
    links = re.findall(rf"https://docs\.google\.com/spreadsheets/d/{sheet}/edit#gid=\d+&range=(\w+)", listed)
    assert sorted(links) == sorted(["A22", "C27", "E29", "F29", "E35", "C36", "C41", "D41"])
