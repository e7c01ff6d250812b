"""google-cloud-pubsub behind the port `Events`: its REST transport, imported and connected on first use."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from shared.domain.events import Event
from shared.ports import Refused, Unavailable

if TYPE_CHECKING:
    from google.cloud.pubsub_v1 import PublisherClient

TIMEOUT_S = 10.0


class PubsubEvents:
    def __init__(self, connect: Callable[[], PublisherClient], *, project: str, topic: str) -> None:
        self._connect = connect
        self._topic = f"projects/{project}/topics/{topic}"
        self._client: PublisherClient | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pubsub")

    async def publish(self, kind: Event, content: Mapping[str, object]) -> None:
        data = json.dumps({"kind": kind, **content}, ensure_ascii=False).encode()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._publish, kind, data)

    def _publish(self, kind: str, data: bytes) -> None:
        """One request, without the client's batching thread, which a dropped connection kills."""
        from google.api_core.exceptions import ClientError, GoogleAPIError, TooManyRequests
        from google.auth.exceptions import GoogleAuthError
        from google.pubsub_v1 import PublisherClient as RequestPublisher
        from requests import RequestException

        if self._client is None:
            self._client = self._connect()
        message = {"data": data, "attributes": {"kind": kind}}
        try:
            RequestPublisher.publish(
                self._client, request={"topic": self._topic, "messages": [message]}, retry=None, timeout=TIMEOUT_S
            )
        except TooManyRequests:
            raise Unavailable("pubsub: too many requests") from None
        except ClientError as error:
            raise Refused(f"pubsub: {error.code}") from None
        except (GoogleAPIError, GoogleAuthError, RequestException) as error:
            raise Unavailable(f"pubsub: {type(error).__name__}") from None


def connect(api_url: str | None, credentials: Callable[[], Any]) -> PublisherClient:
    """A publisher for `api_url`, Google's own by default."""
    from google.cloud.pubsub_v1 import PublisherClient

    options = {"api_endpoint": api_url} if api_url else None
    return PublisherClient(transport="rest", client_options=options, credentials=credentials())
