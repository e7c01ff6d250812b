"""Cloud Scheduler in the playground: jobs on demand and by playground time."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from playground.kernel.clock import Clock
from playground.kernel.emulator import Kernel
from playground.kernel.events import EventLog
from playground.kernel.server import serving
from playground.kernel.settings import Settings
from playground.scheduler import Scheduler

NOON = datetime(2026, 11, 22, 12, 1, tzinfo=ZoneInfo("Europe/Moscow")).timestamp()


@dataclass(slots=True)
class Function:
    """Stands in for promo-scheduler and remembers who called."""

    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def answer(self, request: Request) -> JSONResponse:
        self.calls.append((request.path_params["name"], dict(request.headers)))
        return JSONResponse({"published": 2}, status_code=207)

    @property
    def jobs(self) -> list[str]:
        return sorted(name for name, _ in self.calls)

    async def called(self, times: int) -> None:
        for _ in range(500):
            if len(self.calls) >= times:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"called {self.jobs}, expected {times} calls")


@asynccontextmanager
async def world(*, reachable: bool = True) -> AsyncIterator[tuple[Scheduler, Function, Clock]]:
    """At 12:01 in Moscow, and time stands still."""
    function = Function()
    clock = Clock(lambda: NOON)
    kernel = Kernel(clock=clock, events=EventLog(clock), settings=Settings(), base_url="")
    with serving(Starlette(routes=[Route("/jobs/{name}", function.answer, methods=["POST"])])) as url:
        address = url if reachable else "http://127.0.0.1:9"
        scheduler = Scheduler(kernel, function_url=address, service_account="promo@example.iam.gserviceaccount.com")
        scheduler.start()
        try:
            yield scheduler, function, clock
        finally:
            await scheduler.stop()


async def test_a_job_run_by_hand_calls_the_function_as_cloud_scheduler_does() -> None:
    """With an OIDC token of the job's service account and Cloud Scheduler's headers; the answer comes back."""
    async with world() as (scheduler, function, _):
        assert await scheduler.run("promotions") == (207, {"published": 2})
        [(name, headers)] = function.calls
        assert name == "promotions"
        assert headers["x-cloudscheduler"] == "true"
        assert headers["x-cloudscheduler-jobname"] == "promotions"
        _, claims, _ = headers["authorization"].removeprefix("Bearer ").split(".")
        said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        assert said["email"] == "promo@example.iam.gserviceaccount.com"
        assert said["aud"].endswith("/jobs/promotions")
        assert said["exp"] > NOON


async def test_an_unreachable_function_is_503() -> None:
    """Cloud Scheduler's attempt fails, the scheduler goes on."""
    async with world(reachable=False) as (scheduler, _, _):
        status, body = await scheduler.run("sweep")
        assert status == 503
        assert body


async def test_jobs_due_in_skipped_time_run_once() -> None:
    """An hour ahead: the five-minute jobs once each, not twelve times; the daily one not before six."""
    async with world() as (_, function, clock):
        clock.advance(3600)
        await function.called(2)
        assert function.jobs == ["promotions", "sweep"]
        clock.advance(18 * 3600)
        await function.called(5)
        assert function.jobs == ["daily", "promotions", "promotions", "sweep", "sweep"]


async def test_a_clock_moved_back_makes_nothing_due_until_its_time_comes_again() -> None:
    """Jobs are counted anew from the moment people moved to."""
    async with world() as (_, function, clock):
        clock.advance(-86_400)
        clock.advance(299)
        await asyncio.sleep(0.05)
        assert function.jobs == []
        clock.advance(1)
        await function.called(2)
        assert function.jobs == ["promotions", "sweep"]
