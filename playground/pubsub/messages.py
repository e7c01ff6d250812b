"""One message: as it is published, as it is pulled, as it is pushed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.pubsub import wire
from playground.pubsub.errors import invalid

MAX_MESSAGES = 1_000
MAX_BYTES = 10_000_000
MAX_ATTRIBUTES = 100
MAX_KEY_BYTES = 256
MAX_VALUE_BYTES = 1_024
MAX_ORDERING_KEY_BYTES = 1_024

EMPTY = (
    "One or more messages in the publish request is empty. Each message must contain either non-empty data, or at "
    "least one attribute. See https://cloud.google.com/pubsub/docs/samples/pubsub-publish-custom-attributes for "
    "instructions on publishing messages with attributes."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a publisher hands in."""

    data: bytes = b""
    attributes: Mapping[str, str] = field(default_factory=dict)
    ordering_key: str = ""

    def size(self) -> int:
        named = sum(len(key.encode()) + len(value.encode()) for key, value in self.attributes.items())
        return len(self.data) + named + len(self.ordering_key.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A published message; `published` in epoch seconds of playground time."""

    id: str
    published: float
    draft: Draft

    @property
    def ordering_key(self) -> str:
        return self.draft.ordering_key

    def as_json(self) -> dict[str, object]:
        """`PubsubMessage`: fields with their default values are left out."""
        plain: dict[str, object] = {"messageId": self.id, "publishTime": wire.timestamp(self.published)}
        if self.draft.data:
            plain["data"] = base64.b64encode(self.draft.data).decode()
        if self.draft.attributes:
            plain["attributes"] = dict(self.draft.attributes)
        if self.draft.ordering_key:
            plain["orderingKey"] = self.draft.ordering_key
        return plain

    def as_pushed(self) -> dict[str, object]:
        """The same with the doubled snake_case names that only a push carries."""
        plain = self.as_json()
        return {**plain, "message_id": plain["messageId"], "publish_time": plain["publishTime"]}


def drafts_of(body: object) -> list[Draft]:
    """The messages of a `PublishRequest`; a PubsubError (400) says what is wrong with it."""
    listed = wire.items(wire.record(body, "", {"messages"}), "messages")
    if not listed:
        raise invalid(
            "The value for message_count is too small. You passed 0 in the request, but the minimum value is 1."
        )
    if len(listed) > MAX_MESSAGES:
        raise invalid(
            f"The value for message_count is too large. You passed {len(listed)} in the request, "
            f"but the maximum value is {MAX_MESSAGES}."
        )
    drafts = [_draft(raw, f"messages[{number}]") for number, raw in enumerate(listed)]
    check(drafts)
    return drafts


def check(drafts: list[Draft]) -> None:
    """The limits that hold whichever way a message comes in."""
    total = 0
    for draft in drafts:
        if not draft.data and not draft.attributes:
            raise invalid(EMPTY)
        if len(draft.attributes) > MAX_ATTRIBUTES:
            raise invalid(f"A message may have at most {MAX_ATTRIBUTES} attributes, got {len(draft.attributes)}.")
        for key, value in draft.attributes.items():
            if len(key.encode()) > MAX_KEY_BYTES or len(value.encode()) > MAX_VALUE_BYTES:
                raise invalid(
                    f"The attribute {key[:40]!r} is too large: a key takes {MAX_KEY_BYTES} bytes, "
                    f"a value {MAX_VALUE_BYTES}."
                )
        if len(draft.ordering_key.encode()) > MAX_ORDERING_KEY_BYTES:
            raise invalid(f"The ordering key is longer than {MAX_ORDERING_KEY_BYTES} bytes.")
        total += draft.size()
    if total > MAX_BYTES:
        raise invalid(f"Request payload size exceeds the limit: {MAX_BYTES} bytes.")


def _draft(raw: object, where: str) -> Draft:
    # A publisher may send messageId and publishTime; the service replaces them.
    fields = wire.record(raw, where, {"data", "attributes", "orderingKey", "messageId", "publishTime"})
    return Draft(
        data=_bytes(wire.text(fields, "data", where), f"{where}.data"),
        attributes=wire.strings(fields, "attributes", where),
        ordering_key=wire.text(fields, "orderingKey", where),
    )


def _bytes(encoded: str, where: str) -> bytes:
    plain = encoded.replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise invalid(f"Invalid value at '{where}' (TYPE_BYTES), Base64 decoding failed for \"{encoded}\"") from None
