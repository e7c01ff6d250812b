"""What Pub/Sub pushes, in either envelope: the raw push, or a CloudEvent (binary or structured)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.domain.events import PUBLISHED


class NoEnvelope(Exception):
    """This does not come from Pub/Sub."""


class NoEvent(Exception):
    """A message of Pub/Sub that holds none of our events, and will hold none when it comes again."""

    def __init__(self, what: str, message_id: str) -> None:
        super().__init__(what)
        self.message_id = message_id


def parse_push(body: object) -> Mapping[str, Any]:
    """The event, and when it was published. A binary CloudEvent has the raw push for its body.

    Raises NoEnvelope, NoEvent.
    """
    message = _envelope(body).get("message")
    if not isinstance(message, Mapping):
        raise NoEnvelope
    message_id = str(message.get("messageId") or message.get("message_id") or "")
    try:
        content = _decoded(message.get("data", ""))
    except ValueError:
        raise NoEvent("the data is no JSON in base64", message_id) from None
    if not isinstance(content, Mapping):
        raise NoEvent("the data is no JSON object", message_id)
    return {**content, PUBLISHED: _published(message)}


def _published(message: Mapping[str, Any]) -> float:
    """Epoch seconds; 0 where the push does not say."""
    try:
        return datetime.fromisoformat(str(message.get("publishTime") or message.get("publish_time"))).timestamp()
    except ValueError:
        return 0.0


def _envelope(body: object) -> Mapping[str, Any]:
    envelope = body
    if isinstance(body, Mapping) and "specversion" in body:
        envelope = body.get("data")
        if envelope is None and "data_base64" in body:
            try:
                envelope = _decoded(body["data_base64"])
            except ValueError:
                raise NoEnvelope from None
    if not isinstance(envelope, Mapping):
        raise NoEnvelope
    return envelope


def _decoded(data: object) -> Any:
    """Raises ValueError."""
    try:
        return json.loads(base64.b64decode(str(data), validate=True).decode())
    except RecursionError:
        raise ValueError("no JSON in base64") from None
