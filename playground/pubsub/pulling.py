"""Pull: messages are leased to whoever asks, until acknowledged or the lease is over."""

from __future__ import annotations

from playground.pubsub.backlog import Waiting
from playground.pubsub.broker import Broker, Subscription
from playground.pubsub.errors import PubsubError, invalid
from playground.pubsub.timing import either

WAIT_S = 1.0
"""How long a pull waits for the first message; Google only says «a bounded amount of time»."""
_PREFIX = "lease-"


class Puller:
    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._leases = 0

    async def pull(self, name: str, limit: int, *, at_once: bool) -> dict[str, object]:
        subscription = self._subscription(name)
        if limit < 1:
            raise invalid(f"The value for max_messages is too small. You passed {limit}, but the minimum value is 1.")
        received = self._take(subscription, limit)
        if not received and not at_once:
            clock = self._broker.kernel.clock
            until = clock.now() + WAIT_S
            while not received and clock.now() < until:
                due = min(until, subscription.backlog.next_due() or until)
                await either(subscription.news(), clock.sleep(due - clock.now()))
                received = self._take(subscription, limit)
        return {"receivedMessages": received} if received else {}

    def acknowledge(self, name: str, ack_ids: list[str]) -> None:
        subscription = self._subscription(name)
        for ack_id in _checked(ack_ids):
            if subscription.backlog.acknowledge(ack_id):
                self._broker.counters.delivered += 1
        subscription.changed()

    def modify_deadline(self, name: str, ack_ids: list[str], seconds: int) -> None:
        """0 seconds gives the message back at once."""
        subscription = self._subscription(name)
        if not 0 <= seconds <= 600:
            raise invalid(f"Invalid ack deadline given (seconds={seconds}). It must be between 0 and 600 seconds.")
        for ack_id in _checked(ack_ids):
            subscription.backlog.extend(ack_id, self._broker.kernel.clock.now() + seconds)
        self._give_back(subscription)
        subscription.changed()

    def _take(self, subscription: Subscription, limit: int) -> list[dict[str, object]]:
        self._give_back(subscription)
        received: list[dict[str, object]] = []
        config, now = subscription.config, self._broker.kernel.clock.now()
        while len(received) < limit:
            first = subscription.backlog.take(now, now - config.retention)
            if first is None:
                break
            following = subscription.backlog.take_with(first, limit - len(received) - 1, now)
            received += [self._leased(subscription, waiting, now) for waiting in (first, *following)]
        return received

    def _leased(self, subscription: Subscription, waiting: Waiting, now: float) -> dict[str, object]:
        """The ReceivedMessage of a message that is leased from now on."""
        self._leases += 1
        ack_id = f"{_PREFIX}{self._leases}"
        subscription.backlog.lease(waiting, ack_id, now + subscription.config.ack_deadline)
        item: dict[str, object] = {"ackId": ack_id, "message": waiting.message.as_json()}
        return {**item, "deliveryAttempt": waiting.attempts} if subscription.config.dead_letter else item

    def _give_back(self, subscription: Subscription) -> None:
        for waiting in subscription.backlog.expired(self._broker.kernel.clock.now()):
            self._broker.counters.failed += 1
            self._broker.fail(subscription, waiting)

    def _subscription(self, name: str) -> Subscription:
        subscription = self._broker.subscription(name)
        if subscription.config.push:
            message = "This method is not supported for this subscription type."
            raise PubsubError(400, message, "FAILED_PRECONDITION")
        return subscription


def _checked(ack_ids: list[str]) -> list[str]:
    if not ack_ids:
        raise invalid("You have not specified an ack ID in the request.")
    for ack_id in ack_ids:
        if not ack_id.startswith(_PREFIX):
            raise invalid(f"You have passed an invalid ack ID to the service (ack_id={ack_id}).")
    return ack_ids
