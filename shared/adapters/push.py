"""What Pub/Sub pushes, in either envelope: the raw push, or a CloudEvent (binary or structured)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    message_id: str
    content: Mapping[str, Any]


def parse_push(body: object, headers: Mapping[str, str]) -> Pushed:
    """ValueError: this is no event, and will be none when it comes again."""
    envelope = body
    if isinstance(body, Mapping) and "specversion" in body:
        envelope = body.get("data")
        if envelope is None and "data_base64" in body:
            envelope = _decoded(body["data_base64"])
    if not isinstance(envelope, Mapping) or not isinstance(envelope.get("message"), Mapping):
        raise ValueError("no message")
    message = envelope["message"]
    message_id = message.get("messageId") or message.get("message_id") or headers.get("ce-id") or ""
    content = _decoded(message.get("data", ""))
    if not isinstance(content, Mapping):
        raise ValueError("the message's data is no JSON object")
    return Pushed(message_id=str(message_id), content=content)


def _decoded(data: object) -> Any:
    try:
        return json.loads(base64.b64decode(str(data), validate=True))
    except (binascii.Error, ValueError):
        raise ValueError("the message's data is no JSON in base64") from None
