"""What Pub/Sub pushes, envelope by envelope."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from shared.adapters.push import NoEnvelope, NoEvent, parse_push
from shared.domain.events import PUBLISHED

EVENT = {"kind": "daily"}
AT = "2026-11-22T11:00:00Z"
AT_S = 1_795_345_200.0


def encoded(content: object) -> str:
    return base64.b64encode(json.dumps(content).encode()).decode()


def pushed(**more: object) -> dict[str, Any]:
    return {
        "message": {"messageId": "42", "data": encoded(EVENT), **more},
        "subscription": "projects/p/subscriptions/s",
    }


def cloud_event(**more: object) -> dict[str, object]:
    return {"specversion": "1.0", "id": "42", "type": "google.cloud.pubsub.topic.v1.messagePublished", **more}


@pytest.mark.parametrize(
    "body",
    [
        pushed(publishTime=AT),
        cloud_event(data=pushed(publishTime=AT)),
        cloud_event(data_base64=encoded(pushed(publishTime=AT))),
    ],
    ids=["raw", "structured", "structured in base64"],
)
def test_every_envelope_has_the_same_event(body: object) -> None:
    """Its content, and when it was published."""
    assert parse_push(body) == {**EVENT, PUBLISHED: AT_S}


@pytest.mark.parametrize("more", [{}, {"publishTime": None}, {"publishTime": "yesterday"}])
def test_a_push_without_a_time_has_none(more: dict[str, object]) -> None:
    """0: nobody knows when the row was edited."""
    assert parse_push(pushed(**more))[PUBLISHED] == 0


@pytest.mark.parametrize(
    "body", [None, [], {}, {"message": "x"}, cloud_event(), cloud_event(data="x"), cloud_event(data_base64="###")]
)
def test_what_is_no_push(body: object) -> None:
    """It does not come from Pub/Sub."""
    with pytest.raises(NoEnvelope):
        parse_push(body)


@pytest.mark.parametrize("data", ["", "###", encoded(["kind"]), encoded("text")])
def test_what_is_no_event(data: str) -> None:
    """The message is known by its id."""
    with pytest.raises(NoEvent) as error:
        parse_push(pushed(data=data))
    assert error.value.message_id == "42"


def test_an_old_spelling_of_the_id() -> None:
    """Some front ends send `message_id` alone."""
    message = {"data": "###", "message_id": "42"}
    with pytest.raises(NoEvent) as error:
        parse_push({"message": message})
    assert error.value.message_id == "42"
