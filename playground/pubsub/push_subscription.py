"""A push subscription as one asks for it from Python: with either emulator, in few words."""

from __future__ import annotations

from dataclasses import dataclass

from playground.pubsub import wire
from playground.pubsub.subscriptions import DAY, DeadLetter, Push, Retry, SubscriptionConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSubscription:
    """Names without the project; the topics exist. The audience of the token is the endpoint."""

    name: str
    topic: str
    endpoint: str
    service_account: str
    ack_deadline_s: int = 60
    min_backoff_s: float = 1
    max_backoff_s: float = 60
    dead_letter_topic: str | None = None
    max_attempts: int = 5
    ordering: bool = False

    def within(self, project: str) -> SubscriptionConfig:
        topics, dead = f"projects/{project}/topics", self.dead_letter_topic
        return SubscriptionConfig(
            name=f"projects/{project}/subscriptions/{self.name}",
            topic=f"{topics}/{self.topic}",
            push=Push(endpoint=self.endpoint, service_account=self.service_account),
            ack_deadline=self.ack_deadline_s,
            labels={},
            ordering=self.ordering,
            expiration={"ttl": wire.duration(31 * DAY)},
            retry=Retry(minimum=self.min_backoff_s, maximum=self.max_backoff_s),
            dead_letter=DeadLetter(topic=f"{topics}/{dead}", attempts=self.max_attempts) if dead else None,
        )
