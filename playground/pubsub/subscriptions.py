"""What a subscription is set to, read from and written as the REST resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.pubsub import wire
from playground.pubsub.errors import PubsubError, invalid, not_emulated

DAY = 86_400.0
FIELDS = {
    "name",
    "topic",
    "pushConfig",
    "ackDeadlineSeconds",
    "messageRetentionDuration",
    "labels",
    "enableMessageOrdering",
    "expirationPolicy",
    "retryPolicy",
    "deadLetterPolicy",
    "state",
}
NOT_EMULATED = {
    "filter",
    "bigqueryConfig",
    "bigtableConfig",
    "cloudStorageConfig",
    "retainAckedMessages",
    "enableExactlyOnceDelivery",
    "detached",
    "messageTransforms",
    "tags",
    "analyticsHubSubscriptionInfo",
    "topicMessageRetentionDuration",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """`service_account` empty: pushes carry no token."""

    endpoint: str
    service_account: str = ""
    audience: str = ""

    def as_json(self) -> dict[str, object]:
        plain: dict[str, object] = {"pushEndpoint": self.endpoint}
        if self.service_account:
            token = {"serviceAccountEmail": self.service_account}
            plain["oidcToken"] = {**token, "audience": self.audience} if self.audience else token
        return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Seconds before the next attempt, doubled with each failure."""

    minimum: float = 10.0
    maximum: float = 600.0

    def wait(self, failures: int) -> float:
        return min(self.maximum, self.minimum * 2.0 ** min(failures - 1, 30))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    topic: str
    attempts: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionConfig:
    """Full names (`projects/p/subscriptions/s`); durations in seconds."""

    name: str
    topic: str
    push: Push | None = None
    ack_deadline: int = 10
    retention: float = 7 * DAY
    labels: Mapping[str, str]
    ordering: bool = False
    expiration: Mapping[str, object]
    retry: Retry | None = None
    dead_letter: DeadLetter | None = None

    def as_json(self) -> dict[str, object]:
        plain: dict[str, object] = {
            "name": self.name,
            "topic": self.topic,
            "pushConfig": self.push.as_json() if self.push else {},
            "ackDeadlineSeconds": self.ack_deadline,
            "messageRetentionDuration": wire.duration(self.retention),
            "expirationPolicy": dict(self.expiration),
            "state": "ACTIVE",
        }
        if self.labels:
            plain["labels"] = dict(self.labels)
        if self.ordering:
            plain["enableMessageOrdering"] = True
        if self.retry:
            low, high = wire.duration(self.retry.minimum), wire.duration(self.retry.maximum)
            plain["retryPolicy"] = {"minimumBackoff": low, "maximumBackoff": high}
        if self.dead_letter:
            named = {"deadLetterTopic": self.dead_letter.topic, "maxDeliveryAttempts": self.dead_letter.attempts}
            plain["deadLetterPolicy"] = named
        return plain


def subscription_of(raw: object, name: str) -> SubscriptionConfig:
    """The subscription `name` as a client asks for it; PubsubError names what is wrong or not emulated."""
    fields = wire.record(raw, "", FIELDS | NOT_EMULATED)
    for field in sorted(NOT_EMULATED & fields.keys()):
        if fields[field]:
            raise not_emulated(f"subscription field {field}")
    expiration = fields.get("expirationPolicy", {"ttl": wire.duration(31 * DAY)})
    return SubscriptionConfig(
        name=name,
        topic=wire.text(fields, "topic"),
        push=push_of(fields.get("pushConfig", {})),
        ack_deadline=_ack_deadline(wire.whole(fields, "ackDeadlineSeconds")),
        retention=_retention(wire.seconds(fields, "messageRetentionDuration", 7 * DAY)),
        labels=wire.strings(fields, "labels"),
        ordering=wire.flag(fields, "enableMessageOrdering"),
        expiration=wire.record(expiration, "expirationPolicy", {"ttl"}),
        retry=_retry(fields["retryPolicy"]) if "retryPolicy" in fields else None,
        dead_letter=_dead_letter(fields["deadLetterPolicy"]) if fields.get("deadLetterPolicy") else None,
    )


def push_of(raw: object) -> Push | None:
    """None when messages are to be pulled."""
    fields = wire.record(raw, "pushConfig", {"pushEndpoint", "oidcToken", "attributes", "noWrapper", "pubsubWrapper"})
    if fields.get("noWrapper"):
        raise not_emulated("unwrapped pushes (pushConfig.noWrapper)")
    attributes = wire.strings(fields, "attributes", "pushConfig")
    if set(attributes) - {"x-goog-version"}:
        raise invalid(f"Invalid push config attributes given ({', '.join(sorted(attributes))}).")
    endpoint = wire.text(fields, "pushEndpoint", "pushConfig")
    if not endpoint:
        return None
    if not endpoint.startswith(("https://", "http://")):
        raise invalid(f"Invalid push endpoint given (endpoint={endpoint}).")
    token = wire.record(fields.get("oidcToken", {}), "pushConfig.oidcToken", {"serviceAccountEmail", "audience"})
    return Push(
        endpoint=endpoint,
        service_account=wire.text(token, "serviceAccountEmail"),
        audience=wire.text(token, "audience"),
    )


def _ack_deadline(value: int) -> int:
    if value and not 10 <= value <= 600:
        raise invalid(f"Invalid ack deadline given (seconds={value}). It must be between 10 and 600 seconds.")
    return value or 10


def _retention(value: float) -> float:
    if not 600 <= value <= 31 * DAY:
        raise invalid(f"Invalid message retention duration ({wire.duration(value)}): 10 minutes to 31 days.")
    return value


def _retry(raw: object) -> Retry:
    fields = wire.record(raw, "retryPolicy", {"minimumBackoff", "maximumBackoff"})
    retry = Retry(
        minimum=wire.seconds(fields, "minimumBackoff", 10),
        maximum=wire.seconds(fields, "maximumBackoff", 600),
    )
    if not 0 <= retry.minimum <= retry.maximum <= 600:
        raise invalid("Invalid retry policy: 0s <= minimum_backoff <= maximum_backoff <= 600s.")
    return retry


def _dead_letter(raw: object) -> DeadLetter:
    fields = wire.record(raw, "deadLetterPolicy", {"deadLetterTopic", "maxDeliveryAttempts"})
    attempts = wire.whole(fields, "maxDeliveryAttempts") or 5
    if not 5 <= attempts <= 100:
        raise PubsubError(
            400, f"Invalid max delivery attempts in the dead letter policy ({attempts}): it must be between 5 and 100."
        )
    return DeadLetter(topic=wire.text(fields, "deadLetterTopic"), attempts=attempts)
