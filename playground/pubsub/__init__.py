"""Google Cloud Pub/Sub over REST: topics, publishing, push and pull."""

from playground.pubsub.emulator import PubsubEmulator
from playground.pubsub.errors import PubsubError
from playground.pubsub.gcloud import GcloudPubsub
from playground.pubsub.push_subscription import PushSubscription

__all__ = ["GcloudPubsub", "PubsubEmulator", "PubsubError", "PushSubscription"]
