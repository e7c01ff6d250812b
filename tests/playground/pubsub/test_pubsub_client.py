"""The unmodified google-cloud-pubsub against the emulator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.api_core.exceptions import BadRequest, Conflict, NotFound
from google.auth.credentials import AnonymousCredentials
from google.cloud import pubsub_v1  # type: ignore[import-untyped]
from google.oauth2.credentials import Credentials
from google.protobuf import duration_pb2, field_mask_pb2  # type: ignore[import-untyped]
from google.pubsub_v1 import PublisherClient as GeneratedPublisher
from google.pubsub_v1.types import DeadLetterPolicy, PushConfig, RetryPolicy, Subscription

TOPIC = "projects/demo/topics/events"
SUBSCRIPTION = "projects/demo/subscriptions/events-push"


def credentials() -> Credentials:
    return Credentials(token="t")  # type: ignore[no-untyped-call]


@pytest.fixture
def publisher(served: str) -> pubsub_v1.PublisherClient:
    return pubsub_v1.PublisherClient(
        transport="rest", client_options={"api_endpoint": served}, credentials=credentials()
    )


@pytest.fixture
def subscriber(served: str) -> Iterator[pubsub_v1.SubscriberClient]:
    client = pubsub_v1.SubscriberClient(
        transport="rest", client_options={"api_endpoint": served}, credentials=credentials()
    )
    yield client
    client.transport.close()  # its own close() knows gRPC only


def test_publish_then_pull(publisher: pubsub_v1.PublisherClient, subscriber: pubsub_v1.SubscriberClient) -> None:
    """What the client publishes is what the client pulls, and an acknowledged message does not come again."""
    subscriber.create_subscription(request={"name": SUBSCRIPTION, "topic": TOPIC})
    message_id = publisher.publish(TOPIC, "привет".encode(), kind="appeals.edited").result(timeout=10)
    (received,) = subscriber.pull(request={"subscription": SUBSCRIPTION, "max_messages": 10}).received_messages
    assert received.message.message_id == message_id
    assert received.message.data.decode() == "привет"
    assert dict(received.message.attributes) == {"kind": "appeals.edited"}
    subscriber.acknowledge(request={"subscription": SUBSCRIPTION, "ack_ids": [received.ack_id]})
    assert not subscriber.pull(request={"subscription": SUBSCRIPTION, "max_messages": 10}).received_messages


def test_anonymous_credentials(served: str) -> None:
    """The client publishes without a token too, as people use it with Google's own emulator."""
    publisher = pubsub_v1.PublisherClient(
        transport="rest",
        client_options={"api_endpoint": served},
        credentials=AnonymousCredentials(),  # type: ignore[no-untyped-call]
    )
    assert publisher.publish(TOPIC, b"x").result(timeout=10)


def test_a_message_given_back_is_pulled_again(
    publisher: pubsub_v1.PublisherClient, subscriber: pubsub_v1.SubscriberClient
) -> None:
    """An ack deadline of 0 returns the message to the subscription."""
    subscriber.create_subscription(request={"name": SUBSCRIPTION, "topic": TOPIC})
    publisher.publish(TOPIC, b"x").result(timeout=10)
    (first,) = subscriber.pull(request={"subscription": SUBSCRIPTION, "max_messages": 1}).received_messages
    subscriber.modify_ack_deadline(
        request={"subscription": SUBSCRIPTION, "ack_ids": [first.ack_id], "ack_deadline_seconds": 0}
    )
    (second,) = subscriber.pull(request={"subscription": SUBSCRIPTION, "max_messages": 1}).received_messages
    assert second.message.message_id == first.message.message_id


def test_messages_of_a_key_come_together_and_in_order(served: str, subscriber: pubsub_v1.SubscriberClient) -> None:
    """A pull gives several messages of one key; the next ones come when each of those is acknowledged or given back."""
    ordered = {"name": SUBSCRIPTION, "topic": TOPIC, "enable_message_ordering": True, "ack_deadline_seconds": 600}
    subscriber.create_subscription(request=ordered)
    # the client of pubsub_v1 waits for 2**32 seconds when it publishes with keys, which no socket takes
    publisher = GeneratedPublisher(transport="rest", client_options={"api_endpoint": served}, credentials=credentials())
    messages = [{"data": f"{key}{number}".encode(), "ordering_key": key} for number in range(4) for key in "ab"]
    publisher.publish(request={"topic": TOPIC, "messages": messages})

    def pull(limit: int) -> dict[str, str]:
        received = subscriber.pull(request={"subscription": SUBSCRIPTION, "max_messages": limit}).received_messages
        return {one.message.data.decode(): one.ack_id for one in received}

    first = pull(6)
    assert list(first) == ["a0", "a1", "a2", "a3", "b0", "b1"]
    assert pull(9) == {}
    subscriber.acknowledge(request={"subscription": SUBSCRIPTION, "ack_ids": [first["b1"], first["a0"]]})
    assert pull(9) == {}
    given_back = {"subscription": SUBSCRIPTION, "ack_ids": [first["b0"]], "ack_deadline_seconds": 0}
    subscriber.modify_ack_deadline(request=given_back)
    assert list(pull(9)) == ["b0", "b2", "b3"]


def test_topics(publisher: pubsub_v1.PublisherClient) -> None:
    """Topics are created, listed, read and deleted; a second one of the name and a missing one are errors."""
    publisher.create_topic(request={"name": "projects/demo/topics/broadcast"})
    listed = publisher.list_topics(request={"project": "projects/demo", "page_size": 1})
    assert [topic.name for topic in listed] == [TOPIC, "projects/demo/topics/broadcast"]
    with pytest.raises(Conflict, match=r"resource=broadcast"):
        publisher.create_topic(request={"name": "projects/demo/topics/broadcast"})
    publisher.delete_topic(request={"topic": "projects/demo/topics/broadcast"})
    with pytest.raises(NotFound, match=r"Resource not found \(resource=broadcast\)"):
        publisher.get_topic(request={"topic": "projects/demo/topics/broadcast"})
    with pytest.raises(NotFound):
        publisher.publish("projects/demo/topics/broadcast", b"x").result(timeout=10)


def test_a_push_subscription_as_deployed(
    publisher: pubsub_v1.PublisherClient, subscriber: pubsub_v1.SubscriberClient
) -> None:
    """Every setting of the push subscription is kept, shown and can be changed."""
    push = PushConfig(
        push_endpoint="https://sheet-events.example/",
        oidc_token=PushConfig.OidcToken(service_account_email="push@demo.iam.gserviceaccount.com"),
    )
    made = subscriber.create_subscription(
        request=Subscription(
            name=SUBSCRIPTION,
            topic=TOPIC,
            push_config=push,
            ack_deadline_seconds=60,
            retry_policy=RetryPolicy(
                minimum_backoff=duration_pb2.Duration(seconds=1), maximum_backoff=duration_pb2.Duration(seconds=60)
            ),
            dead_letter_policy=DeadLetterPolicy(dead_letter_topic="projects/demo/topics/dead", max_delivery_attempts=5),
            enable_message_ordering=True,
        )
    )
    assert made == subscriber.get_subscription(request={"subscription": SUBSCRIPTION})
    assert made.push_config == push
    assert (made.ack_deadline_seconds, made.retry_policy.maximum_backoff.seconds) == (60, 60)
    assert made.dead_letter_policy.max_delivery_attempts == 5
    changed = subscriber.update_subscription(
        request={
            "subscription": Subscription(name=SUBSCRIPTION, ack_deadline_seconds=600),
            "update_mask": field_mask_pb2.FieldMask(paths=["ack_deadline_seconds"]),
        }
    )
    assert changed.ack_deadline_seconds == 600
    assert changed.push_config == push
    subscriber.modify_push_config(request={"subscription": SUBSCRIPTION, "push_config": {}})
    assert not subscriber.get_subscription(request={"subscription": SUBSCRIPTION}).push_config.push_endpoint
    assert list(publisher.list_topic_subscriptions(request={"topic": TOPIC})) == [SUBSCRIPTION]
    subscriber.delete_subscription(request={"subscription": SUBSCRIPTION})
    assert not list(subscriber.list_subscriptions(request={"project": "projects/demo"}))


def test_settings_out_of_bounds(subscriber: pubsub_v1.SubscriberClient) -> None:
    """An ack deadline under 10 s and fewer than 5 attempts before the dead-letter topic are refused."""
    with pytest.raises(BadRequest, match="ack deadline"):
        subscriber.create_subscription(request={"name": SUBSCRIPTION, "topic": TOPIC, "ack_deadline_seconds": 5})
    dead = DeadLetterPolicy(dead_letter_topic=TOPIC, max_delivery_attempts=2)
    with pytest.raises(BadRequest, match="max delivery attempts"):
        subscriber.create_subscription(request=Subscription(name=SUBSCRIPTION, topic=TOPIC, dead_letter_policy=dead))
