"""What the REST API refuses, and how."""

from __future__ import annotations

import base64

import httpx2
import pytest

from playground.pubsub.emulator import PubsubEmulator

PUBLISH = "topics/events:publish"


def error(answer: httpx2.Response) -> tuple[int, str, str]:
    body = answer.json()["error"]
    assert body["code"] == answer.status_code
    return body["code"], body["status"], body["message"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"data": "не base64"}, "Invalid value at 'messages[0].data' (TYPE_BYTES), Base64 decoding failed"),
        ({"data": ""}, "One or more messages in the publish request is empty."),
        ({"attributes": {}}, "One or more messages in the publish request is empty."),
        ({"data": "eA==", "text": "x"}, "Unknown name \"text\" at 'messages[0]': Cannot find field."),
        ({"attributes": {"n": 1}}, "Invalid value at 'messages[0].attributes[n]' (TYPE_STRING), 1"),
        ({"attributes": {"k": "v" * 1025}}, "The attribute 'k' is too large"),
    ],
)
async def test_a_message_that_google_refuses(rest: httpx2.AsyncClient, message: dict[str, object], said: str) -> None:
    """A bad message is a 400 that says what is wrong; nothing of the request is published."""
    answer = await rest.post(PUBLISH, json={"messages": [message]})
    code, status, text = error(answer)
    assert (code, status) == (400, "INVALID_ARGUMENT")
    assert said in text


async def test_too_much_at_once(rest: httpx2.AsyncClient) -> None:
    """More than 10 MB, more than 1,000 messages, or none at all are refused."""
    large = base64.b64encode(b"x" * 5_000_001).decode()
    assert "exceeds the limit" in error(await rest.post(PUBLISH, json={"messages": [{"data": large}] * 2}))[2]
    assert "maximum value is 1000" in error(await rest.post(PUBLISH, json={"messages": [{"data": "eA=="}] * 1001}))[2]
    assert "minimum value is 1" in error(await rest.post(PUBLISH, json={"messages": []}))[2]


async def test_one_bad_message_publishes_none(rest: httpx2.AsyncClient, pubsub: PubsubEmulator) -> None:
    """A publish is all or nothing."""
    await rest.post(PUBLISH, json={"messages": [{"data": "eA=="}, {"data": ""}]})
    assert pubsub.stats()["published"] == 0


async def test_without_a_token(rest: httpx2.AsyncClient) -> None:
    """A call without a bearer token is a 401."""
    for header in ({"Authorization": ""}, {"Authorization": "Bearer "}, {"Authorization": "Basic eA=="}):
        answer = await rest.post(PUBLISH, json={"messages": [{"data": "eA=="}]}, headers=header)
        assert error(answer)[:2] == (401, "UNAUTHENTICATED")


async def test_projects_do_not_see_each_other(rest: httpx2.AsyncClient, pubsub: PubsubEmulator) -> None:
    """Any project is there as soon as it is named, as in Google's own emulator; it begins empty."""
    other = "http://pubsub/v1/projects/other"
    assert (await rest.get(f"{other}/topics")).json() == {}
    assert "resource=events" in error(await rest.post(f"{other}/{PUBLISH}", json={"messages": [{"data": "eA=="}]}))[2]
    assert (await rest.put(f"{other}/topics/events", json={})).json()["name"] == "projects/other/topics/events"
    assert (await rest.post(f"{other}/{PUBLISH}", json={"messages": [{"data": "eA=="}]})).status_code == 200
    assert [topic["name"] for topic in (await rest.get("topics")).json()["topics"]] == ["projects/demo/topics/events"]
    assert pubsub.topics() == ["events"]


async def test_what_does_not_exist(rest: httpx2.AsyncClient) -> None:
    """An unknown topic, subscription or path is a 404 that names it."""
    message = {"messages": [{"data": "eA=="}]}
    assert error(await rest.post("topics/t-1:publish", json=message))[1:] == (
        "NOT_FOUND",
        "Resource not found (resource=t-1).",
    )
    assert "resource=s-1" in error(await rest.get("subscriptions/s-1"))[2]
    answer = error(await rest.post("subscriptions/s-1:seek", json={}))
    assert answer[0] == 404
    assert "POST /v1/projects/demo/subscriptions/s-1:seek" in answer[2]


async def test_a_topic_again(rest: httpx2.AsyncClient) -> None:
    """A name that is taken is a 409, a bad name a 400."""
    assert error(await rest.put("topics/events", json={}))[1] == "ALREADY_EXISTS"
    assert "Invalid resource name given" in error(await rest.put("topics/1", json={}))[2]


async def test_what_the_emulator_does_not_do(rest: httpx2.AsyncClient) -> None:
    """A filter would be ignored silently: it is refused by name instead."""
    body = {"topic": "projects/demo/topics/events", "filter": "attributes.kind = 'x'"}
    assert "subscription field filter" in error(await rest.put("subscriptions/sub-1", json=body))[2]
    assert 'Unknown name "colour"' in error(await rest.put("subscriptions/sub-1", json={"colour": 1}))[2]
    assert 'Unknown name "dryRun"' in error(await rest.post(f"{PUBLISH}?dryRun=1", json={}))[2]
    assert "Unexpected token" in error(await rest.post(PUBLISH, content=b"{"))[2]


async def test_both_spellings_and_web_safe_base64(rest: httpx2.AsyncClient, pubsub: PubsubEmulator) -> None:
    """Proto JSON takes snake_case names and URL-safe base64 too."""
    message = {"data": base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode(), "ordering_key": "k"}
    answer = await rest.post(PUBLISH, json={"messages": [message, message]})
    assert answer.status_code == 200
    assert len(set(answer.json()["messageIds"])) == 2
    assert pubsub.stats()["published"] == 2
