"""The REST methods, each from (names in the path, query, body) to the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.pubsub import wire
from playground.pubsub.broker import Broker
from playground.pubsub.errors import PubsubError, invalid, not_emulated
from playground.pubsub.messages import drafts_of
from playground.pubsub.pulling import Puller
from playground.pubsub.subscriptions import FIELDS, NOT_EMULATED, push_of, subscription_of

PAGE = 1_000
TOPIC_FIELDS = {"name", "labels", "messageRetentionDuration", "messageStoragePolicy", "kmsKeyName", "state"}
TOPIC_NOT_EMULATED = {"schemaSettings", "ingestionDataSourceSettings", "messageTransforms", "tags", "satisfiesPzs"}
CHANGEABLE = FIELDS - {"name", "topic", "enableMessageOrdering", "state"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    project: str
    topic: str = ""
    subscription: str = ""
    query: Mapping[str, str]
    body: object


class Methods:
    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._puller = Puller(broker)

    async def create_topic(self, call: Call) -> dict[str, object]:
        return self._broker.create_topic(call.topic, _topic(call.body))

    async def get_topic(self, call: Call) -> dict[str, object]:
        return self._broker.topic(call.topic)

    async def update_topic(self, call: Call) -> dict[str, object]:
        topic = self._broker.topic(call.topic)
        fields = wire.record(call.body, "", {"topic", "updateMask"})
        topic.update(_masked(_topic(fields.get("topic", {})), fields, {"labels", "messageRetentionDuration"}))
        return topic

    async def delete_topic(self, call: Call) -> dict[str, object]:
        self._broker.delete_topic(call.topic)
        return {}

    async def list_topics(self, call: Call) -> dict[str, object]:
        listed = [topic for name, topic in self._broker.topics.items() if _of(call.project, name)]
        return _page("topics", listed, call.query)

    async def list_topic_subscriptions(self, call: Call) -> dict[str, object]:
        self._broker.topic(call.topic)
        configs = (subscription.config for subscription in self._broker.subscriptions.values())
        return _page("subscriptions", [config.name for config in configs if config.topic == call.topic], call.query)

    async def publish(self, call: Call) -> dict[str, object]:
        self._broker.topic(call.topic)
        return {"messageIds": self._broker.publish(call.topic, drafts_of(call.body))}

    async def create_subscription(self, call: Call) -> dict[str, object]:
        return self._broker.create_subscription(subscription_of(call.body, call.subscription)).as_json()

    async def get_subscription(self, call: Call) -> dict[str, object]:
        return self._broker.subscription(call.subscription).config.as_json()

    async def update_subscription(self, call: Call) -> dict[str, object]:
        before = self._broker.subscription(call.subscription).config.as_json()
        fields = wire.record(call.body, "", {"subscription", "updateMask"})
        wanted = wire.record(fields.get("subscription", {}), "subscription", FIELDS | NOT_EMULATED)
        merged = {**before, **_masked(wanted, fields, CHANGEABLE)}
        return self._broker.change_subscription(subscription_of(merged, call.subscription)).as_json()

    async def delete_subscription(self, call: Call) -> dict[str, object]:
        self._broker.delete_subscription(call.subscription)
        return {}

    async def list_subscriptions(self, call: Call) -> dict[str, object]:
        subscriptions = self._broker.subscriptions.items()
        listed = [one.config.as_json() for name, one in subscriptions if _of(call.project, name)]
        return _page("subscriptions", listed, call.query)

    async def modify_push_config(self, call: Call) -> dict[str, object]:
        fields = wire.record(call.body, "", {"pushConfig"})
        push = push_of(fields.get("pushConfig", {}))
        before = self._broker.subscription(call.subscription).config.as_json()
        merged = {**before, "pushConfig": push.as_json() if push else {}}
        self._broker.change_subscription(subscription_of(merged, call.subscription))
        return {}

    async def pull(self, call: Call) -> dict[str, object]:
        fields = wire.record(call.body, "", {"maxMessages", "returnImmediately"})
        limit, at_once = wire.whole(fields, "maxMessages"), wire.flag(fields, "returnImmediately")
        return await self._puller.pull(call.subscription, limit, at_once=at_once)

    async def acknowledge(self, call: Call) -> dict[str, object]:
        fields = wire.record(call.body, "", {"ackIds"})
        self._puller.acknowledge(call.subscription, _ack_ids(fields))
        return {}

    async def modify_ack_deadline(self, call: Call) -> dict[str, object]:
        fields = wire.record(call.body, "", {"ackIds", "ackDeadlineSeconds"})
        seconds = wire.whole(fields, "ackDeadlineSeconds")
        self._puller.modify_deadline(call.subscription, _ack_ids(fields), seconds)
        return {}


def _of(project: str, name: str) -> bool:
    return name.startswith(f"projects/{project}/")


def _topic(raw: object) -> dict[str, object]:
    fields = wire.record(raw, "", TOPIC_FIELDS | TOPIC_NOT_EMULATED)
    for name in sorted(TOPIC_NOT_EMULATED & fields.keys()):
        if fields[name]:
            raise not_emulated(f"topic field {name}")
    wire.strings(fields, "labels")
    return {**fields, "state": "ACTIVE"}


def _masked(wanted: Mapping[str, object], request: Mapping[str, object], changeable: set[str]) -> dict[str, object]:
    """The fields of the mask; absent ones become null, which is their default."""
    mask = wire.text(request, "updateMask")
    if not mask:
        raise invalid("The update_mask in the request must be set, and must contain a non-empty paths list.")
    names = [wire.camel(path.partition(".")[0]) for path in mask.split(",")]
    for name in names:
        if name not in changeable:
            raise invalid(f"Invalid update_mask provided in the request: {name} cannot be changed.")
    return {name: wanted.get(name) for name in names}


def _ack_ids(fields: Mapping[str, object]) -> list[str]:
    return [str(ack_id) for ack_id in wire.items(fields, "ackIds")]


def _page(name: str, listed: Sequence[object], query: Mapping[str, str]) -> dict[str, object]:
    try:
        start, size = int(query.get("pageToken") or 0), int(query.get("pageSize") or PAGE) or PAGE
    except ValueError:
        raise PubsubError(400, "Invalid page token or page size.") from None
    page: dict[str, object] = {name: listed[start : start + size]} if listed[start:] else {}
    return {**page, "nextPageToken": str(start + size)} if listed[start + size :] else page
