"""A finished response told as server-sent events, in the order that OpenAI documents."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]
PIECES = re.compile(r"\s*\S+|\s+$")


def events(response: dict[str, Any], *, obfuscated: bool, chance: random.Random) -> Iterator[Event]:
    """`obfuscated`: deltas carry random padding, as they do unless `include_obfuscation` is false."""
    for number, event in enumerate(_told(response)):
        padding = {}
        if obfuscated and event["type"].endswith(".delta"):
            padding = {"obfuscation": f"{chance.getrandbits(64):x}"[: chance.randrange(2, 16)]}
        yield {"type": event["type"], "sequence_number": number, **event, **padding}


def as_sse(event: Event) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _told(response: dict[str, Any]) -> Iterator[Event]:
    begun = {
        **response,
        "status": "in_progress",
        "completed_at": None,
        "incomplete_details": None,
        "output": [],
        "usage": None,
    }
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    for index, item in enumerate(response["output"]):
        at = {"output_index": index}
        if item["type"] == "message":
            yield {"type": "response.output_item.added", **at, "item": {**item, "status": "in_progress", "content": []}}
            yield from _parts({"item_id": item["id"], **at}, item)
        else:
            yield {"type": "response.output_item.added", **at, "item": item}
        yield {"type": "response.output_item.done", **at, "item": item}
    yield {"type": f"response.{response['status']}", "response": response}


def _parts(where: Event, item: dict[str, Any]) -> Iterator[Event]:
    for index, part in enumerate(item["content"]):
        at = {**where, "content_index": index}
        kind, field = ("refusal", "refusal") if part["type"] == "refusal" else ("output_text", "text")
        extra: Event = {} if kind == "refusal" else {"logprobs": []}
        yield {"type": "response.content_part.added", **at, "part": {**part, field: ""}}
        for piece in PIECES.findall(part[field]):
            yield {"type": f"response.{kind}.delta", **at, "delta": piece, **extra}
        yield {"type": f"response.{kind}.done", **at, field: part[field], **extra}
        yield {"type": "response.content_part.done", **at, "part": part}
