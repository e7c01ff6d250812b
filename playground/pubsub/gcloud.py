"""Google's own emulator behind the same interface, for `PLAYGROUND_PUBSUB=gcloud`.

Its pushes go through the playground, which adds the token that Google's emulator does not send and counts them.
The switches `duplicate`, `delay_ms`, `reorder` and the playground's clock have no power over it.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from playground.kernel.emulator import Kernel
from playground.kernel.lifeline import Lifeline
from playground.pubsub.broker import Counters, short
from playground.pubsub.deliveries import Deliveries
from playground.pubsub.errors import PubsubError, sudden_body
from playground.pubsub.java import JavaEmulator
from playground.pubsub.push_subscription import PushSubscription
from playground.pubsub.pusher import ACKNOWLEDGED
from playground.pubsub.subscriptions import Push, SubscriptionConfig
from playground.pubsub.tokens import Tokens

UNKEPT = httpx2.Limits(max_keepalive_connections=0)
VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """What exists only between start and stop."""

    admin: httpx2.Client
    client: httpx2.AsyncClient
    tokens: Tokens


class GcloudPubsub:
    """Topics and subscriptions are made after start. Raises EmulatorMissingError at start where it is not installed."""

    def __init__(self, kernel: Kernel, *, project: str, lifeline: Lifeline) -> None:
        self._kernel = kernel
        self._project = project
        self._java = JavaEmulator(lifeline)
        self._running: _Running | None = None
        self._topics: list[str] = []
        self._subscriptions: dict[str, SubscriptionConfig] = {}
        self._deliveries = Deliveries()
        self._counters = Counters()
        self._app = Starlette(
            routes=[
                Route("/push/{subscription}", self._relay, methods=["POST"]),
                Route("/{path:path}", self._forward, methods=VERBS),
            ]
        )

    @property
    def app(self) -> ASGIApp:
        return self._app

    def error_body(self, status: int) -> bytes:
        return sudden_body(status)

    def stats(self) -> dict[str, object]:
        return asdict(self._counters)

    def reset_stats(self) -> None:
        self._counters = Counters()

    async def start(self) -> None:
        await self._java.start()
        self._running = _Running(
            # a kept connection may be closed by the other side at the very moment it is used again
            admin=httpx2.Client(base_url=self._java.url, timeout=10, trust_env=False, limits=UNKEPT),
            client=httpx2.AsyncClient(timeout=600, trust_env=False, limits=UNKEPT),
            tokens=await asyncio.to_thread(Tokens),
        )

    async def stop(self) -> None:
        await self._java.stop()
        if self._running:
            self._running.admin.close()
            await self._running.client.aclose()
            self._running = None

    def create_topic(self, name: str) -> None:
        self._admin("PUT", self._path("topics", name), {})
        self._topics.append(name)

    def create_push_subscription(self, subscription: PushSubscription) -> None:
        config = subscription.within(self._project)
        self._subscribe(subscription.name, config)
        self._subscriptions[subscription.name] = config

    def publish(
        self, topic: str, data: bytes, attributes: Mapping[str, str] | None = None, ordering_key: str = ""
    ) -> str:
        """The message's id."""
        message = {"data": base64.b64encode(data).decode(), "attributes": dict(attributes or {})}
        body = {"messages": [{**message, "orderingKey": ordering_key} if ordering_key else message]}
        answer = self._admin("POST", f"{self._path('topics', topic)}:publish", body)
        (message_id,) = answer.json()["messageIds"]
        self._published(topic, [message_id], body["messages"])
        return str(message_id)

    async def clear(self) -> None:
        """Back to what `create_topic` and `create_push_subscription` made; the loop stays free for pushes under way,
        for whose answers the emulator may wait."""
        await asyncio.to_thread(self._make_anew)
        self._deliveries, self._counters = Deliveries(), Counters()

    def _make_anew(self) -> None:
        for kind in ("subscriptions", "topics"):
            listed = self._admin("GET", f"projects/{self._project}/{kind}").json().get(kind, [])
            for resource in listed:
                self._admin("DELETE", resource["name"], but=404)
        for topic in self._topics:
            self._admin("PUT", self._path("topics", topic), {})
        for name, config in self._subscriptions.items():
            self._subscribe(name, config)

    def topics(self) -> list[str]:
        listed = self._admin("GET", f"projects/{self._project}/topics").json().get("topics", [])
        return [short(topic["name"]) for topic in listed]

    def idle(self) -> bool:
        """Every message published through the playground was delivered, or is dead."""
        return self._deliveries.none_left()

    def _subscribe(self, name: str, config: SubscriptionConfig) -> None:
        relayed = replace(config, push=Push(endpoint=f"{self._kernel.base_url}/pubsub/push/{name}"))
        body = {key: value for key, value in relayed.as_json().items() if key != "state"}
        self._admin("PUT", config.name, body)

    async def _forward(self, request: Request) -> Response:
        path = request.path_params["path"]
        body = await request.body()
        headers = {"content-type": request.headers.get("content-type", "application/json")}
        answer = await self._started.client.request(
            request.method, f"{self._java.url}/{path}", params=request.query_params, content=body, headers=headers
        )
        if path.endswith(":publish") and answer.status_code == 200:
            topic, sent = short(path.removesuffix(":publish")), json.loads(body)["messages"]
            self._published(topic, answer.json()["messageIds"], sent)
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    async def _relay(self, request: Request) -> Response:
        name, body = request.path_params["subscription"], await request.body()
        config = self._subscriptions.get(name)
        if config is None or config.push is None:
            return Response(status_code=404)
        key = (name, json.loads(body)["message"]["messageId"])
        started, attempt = self._kernel.clock.now(), self._deliveries.attempts(key)
        status = await self._pushed(config.push, body)
        self._kernel.events.record(
            "pubsub",
            "pushed",
            topic=short(config.topic),
            subscription=name,
            message_id=key[1],
            attempt=attempt,
            status=status,
            ms=round((self._kernel.clock.now() - started) * 1000),
        )
        self._count(config, key, status in ACKNOWLEDGED)
        return Response(status_code=status if isinstance(status, int) else 502)

    async def _pushed(self, push: Push, body: bytes) -> int | str:
        tokens, now = self._started.tokens, self._kernel.clock.now()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {tokens.identity(push.service_account, push.endpoint, now)}",
        }
        try:
            return (await self._started.client.post(push.endpoint, content=body, headers=headers)).status_code
        except httpx2.HTTPError:
            return "unreachable"

    def _count(self, config: SubscriptionConfig, key: tuple[str, str], acknowledged: bool) -> None:
        if acknowledged:
            self._counters.delivered += 1
            self._deliveries.ended(key)
            return
        self._counters.failed += 1
        failures = self._deliveries.failed(key)
        if config.dead_letter and failures >= config.dead_letter.attempts:
            self._counters.dead += 1
            self._deliveries.ended(key)
            details = {"subscription": key[0], "message_id": key[1], "attempt": failures}
            self._kernel.events.record("pubsub", "dead", topic=short(config.topic), **details)

    def _published(self, topic: str, message_ids: Sequence[str], sent: Sequence[Mapping[str, Any]]) -> None:
        """Count and note the messages; `sent` are the PubsubMessages of the request."""
        full = self._path("topics", topic)
        waiting = [name for name, config in self._subscriptions.items() if config.topic == full]
        for message_id, message in zip(message_ids, sent, strict=True):
            self._counters.published += 1
            self._deliveries.published(waiting, message_id)
            size = len(base64.b64decode(message.get("data") or ""))
            details = {"attributes": dict(message.get("attributes") or {}), "bytes": size}
            self._kernel.events.record("pubsub", "published", topic=topic, message_id=message_id, **details)

    def _admin(self, method: str, path: str, body: object = None, *, but: int = 0) -> httpx2.Response:
        """PubsubError as the emulator words it, `but` for one status that is as good as success."""
        answer = self._started.admin.request(method, f"/v1/{path}", json=body)
        if answer.is_error and answer.status_code != but:
            raise PubsubError(answer.status_code, answer.text)
        return answer

    @property
    def _started(self) -> _Running:
        if self._running is None:
            raise RuntimeError("the gcloud Pub/Sub emulator is not started")
        return self._running

    def _path(self, kind: str, name: str) -> str:
        return f"projects/{self._project}/{kind}/{name}"
