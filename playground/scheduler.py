"""Cloud Scheduler: calls promo-scheduler by playground time, or when a person says so."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import httpx2

from playground.kernel.emulator import Kernel

ATTEMPT_SECONDS = 180.0
MOSCOW = ZoneInfo("Europe/Moscow")


def every(seconds: int) -> Callable[[float], float]:
    """Counted from the moment itself (epoch seconds), so that nothing is due by chance right after a start."""
    return lambda now: now + seconds


def daily(at: time) -> Callable[[float], float]:
    """The next time of day in Moscow after a moment (epoch seconds)."""

    def after(now: float) -> float:
        today = datetime.fromtimestamp(now, MOSCOW)
        moment = datetime.combine(today.date(), at, MOSCOW)
        return (moment if moment > today else moment + timedelta(days=1)).timestamp()

    return after


JOBS: Mapping[str, Callable[[float], float]] = {
    "promotions": every(300),
    "sweep": every(300),
    "daily": daily(time(6)),
}


class Scheduler:
    """A job missed several times while the clock jumped runs once; one that is still running is not started again."""

    def __init__(self, kernel: Kernel, *, function_url: str, service_account: str) -> None:
        self._kernel = kernel
        self._url = function_url
        self._service_account = service_account
        self._client = httpx2.AsyncClient(trust_env=False, timeout=ATTEMPT_SECONDS)
        self._due: dict[str, float] = {}
        self._offset = kernel.clock.offset
        self._loop: asyncio.Task[None] | None = None
        self._running: dict[str, asyncio.Task[tuple[int, object]]] = {}
        kernel.clock.on_move(self._clock_moved)

    @property
    def names(self) -> list[str]:
        return list(JOBS)

    async def run(self, name: str) -> tuple[int, object]:
        """The function's status and answer (parsed when it is JSON); 503 when it could not be reached."""
        url = f"{self._url}/jobs/{name}"
        headers = {
            "Authorization": f"Bearer {self._token(url)}",
            "Content-Type": "application/octet-stream",
            "User-Agent": "Google-Cloud-Scheduler",
            "X-CloudScheduler": "true",
            "X-CloudScheduler-JobName": name,
        }
        body: object
        try:
            response = await self._client.post(url, headers=headers)
        except httpx2.TransportError as error:
            status, body = 503, str(error) or type(error).__name__
        else:
            status, body = response.status_code, _body(response)
        self._kernel.events.record("scheduler", f"{name} → {status}", job=name, status=status)
        return status, body

    def start(self) -> None:
        now = self._kernel.clock.now()
        self._due = {name: after(now) for name, after in JOBS.items()}
        self._loop = asyncio.create_task(self._fire_when_due())

    def restart(self) -> None:
        """Forgets what was due and what is running."""
        self.pause()
        self.start()

    async def stop(self) -> None:
        self.pause()
        await self._client.aclose()

    async def _fire_when_due(self) -> None:
        clock = self._kernel.clock
        while True:
            await clock.sleep(min(self._due.values()) - clock.now())
            now = clock.now()
            for name in [name for name, due in self._due.items() if due <= now]:
                self._due[name] = JOBS[name](now)
                if name not in self._running or self._running[name].done():
                    self._running[name] = asyncio.create_task(self.run(name))

    def _clock_moved(self, offset: float) -> None:
        backwards, self._offset = offset < self._offset, offset
        if backwards and self._loop is not None:
            self._loop.cancel()
            self.start()

    def pause(self) -> None:
        """Nothing is due until the next start; what is running is given up."""
        for task in (self._loop, *self._running.values()):
            if task is not None:
                task.cancel()
        self._loop = None
        self._running.clear()

    def _token(self, audience: str) -> str:
        """Shaped like an OIDC token of the service account; Cloud Run, which would check it, stands before us."""
        now = int(self._kernel.clock.now())
        claims = {
            "aud": audience,
            "azp": self._service_account,
            "email": self._service_account,
            "email_verified": True,
            "exp": now + 3600,
            "iat": now,
            "iss": "https://accounts.google.com",
            "sub": "100000000000000000001",
        }
        parts = (json.dumps(part).encode() for part in ({"alg": "RS256", "kid": "playground", "typ": "JWT"}, claims))
        return ".".join(_base64url(part) for part in (*parts, secrets.token_bytes(256)))


def _body(response: httpx2.Response) -> object:
    try:
        parsed: object = response.json()
    except ValueError:
        return response.text
    return parsed


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
