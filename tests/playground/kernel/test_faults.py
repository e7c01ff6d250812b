"""Faults in front of a service: which calls they hit, what comes of them, and where they end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from playground.kernel.clock import Clock
from playground.kernel.events import EventLog
from playground.kernel.fault import Fault, Faults
from playground.kernel.faults import ConnectionCutError, FaultyService
from playground.kernel.gate import Gate
from playground.kernel.settings import Settings
from playground.person import person_call
from playground.spoilt import SpoiltCalls

BATCH = "/google/v4/spreadsheets/book-1:batchUpdate"


@dataclass
class Service:
    """Stands for Sheets and remembers which calls reached it."""

    faults: Faults = field(default_factory=Faults)
    settings: Settings = field(default_factory=Settings)
    gate: Gate = field(default_factory=Gate)
    reached: list[str] = field(default_factory=list)

    async def answer(self, request: Request) -> JSONResponse:
        self.reached.append(request.url.path)
        return JSONResponse({"fine": True})

    def app(self) -> Starlette:
        inner = Starlette(routes=[Route("/{path:path}", self.answer, methods=["GET", "POST", "PUT"])])
        faulty = FaultyService(
            inner,
            service="sheets",
            faults=self.faults,
            settings=self.settings,
            error_body=lambda status: f'{{"code": {status}}}'.encode(),
            gate=self.gate,
            spared=("/people/",),
        )
        return Starlette(routes=[Mount("/google", faulty)])

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app()), base_url="http://playground")

    def fault(self, *raw: Mapping[str, object]) -> None:
        self.faults.replace([Fault.parse({"service": "sheets", **one}) for one in raw])


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.mark.parametrize(
    "match",
    [
        *("", "batchUpdate", "findReplace", "POST /v4/spreadsheets/", "/google/v4/spreadsheets", "^POST.*appendCells$"),
        *("spreadsheets.batchUpdate", "*", "*batchUpdate*", "book-1"),
    ],
)
async def test_how_a_call_may_be_named(service: Service, match: str) -> None:
    """By method, kind of request, path with or without the prefix, Google's name of the method, a shell pattern."""
    service.fault({"match": match, "action": 503})
    async with service.client() as client:
        answer = await client.post(BATCH, json={"requests": [{"findReplace": {}}, {"appendCells": {}}]})
        assert (answer.status_code, answer.json()) == (503, {"code": 503})
        assert service.reached == []


@pytest.mark.parametrize("match", ["values:batchGet", "deleteSheet", "GET", "/telegram"])
async def test_other_calls_pass(service: Service, match: str) -> None:
    """A fault hits what it names and nothing else."""
    service.fault({"match": match, "action": 503})
    async with service.client() as client:
        assert (await client.post(BATCH, json={"requests": [{"findReplace": {}}]})).status_code == 200


async def test_people_are_never_hit(service: Service) -> None:
    """A fault without a match spares what people do, and the grant of a token; that one can be named."""
    service.fault({"action": 503})
    async with service.client() as client:
        assert (await client.get("/google/people/view")).status_code == 200
        assert (await client.post("/google/token")).status_code == 200
        assert (await client.get("/google/v4/spreadsheets/book-1")).status_code == 503
        service.fault({"match": "/token", "action": 500})
        assert (await client.post("/google/token")).status_code == 500


async def test_latency_goes_with_what_follows(service: Service) -> None:
    """A fault that only slows calls leaves them to the faults after it."""
    service.fault({"latency_ms": 60}, {"match": "batchUpdate", "action": 500, "times": 1})
    async with service.client() as client:
        loop = asyncio.get_running_loop()
        for status in (500, 200):
            began = loop.time()
            assert (await client.post(BATCH)).status_code == status
            assert loop.time() - began >= 0.06


async def test_times_and_rate(service: Service) -> None:
    """`times` runs out; `rate` hits about that share."""
    service.fault({"action": "429", "times": 2})
    async with service.client() as client:
        assert [(await client.post(BATCH)).status_code for _ in range(3)] == [429, 429, 200]
        service.fault({"action": 503, "rate": 0.3})
        spoilt = [(await client.post(BATCH)).status_code for _ in range(200)].count(503)
        assert 35 < spoilt < 85


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({"action": 200}, "action"),
        ({"action": "explode"}, "action"),
        ({}, "action"),
        ({"action": 503, "times": -1}, "times"),
        ({"action": 503, "times": 1.5}, "times"),
        ({"action": 503, "rate": 5}, "rate"),
        ({"latency_ms": "soon"}, "latency_ms"),
        ({"action": "person"}, "edit"),
        ({"action": 503, "match": "(("}, "match"),
        ({"action": 503, "often": 2}, "often"),
    ],
)
def test_what_is_no_fault(raw: Mapping[str, object], named: str) -> None:
    """It is refused by the name of the field."""
    with pytest.raises(ValueError, match=named):
        Fault.parse({"service": "sheets", **raw})


async def test_a_person_acts_between_computing_and_answering(service: Service) -> None:
    """The answer is the one computed before, whatever the person did."""
    done: list[Any] = []

    async def person(edit: Mapping[str, object]) -> None:
        assert service.reached
        done.append(edit)

    service.faults.person = person
    service.fault({"action": "person", "edit": {"range": "A1", "values": [["x"]]}})
    async with service.client() as client:
        assert (await client.post(BATCH)).json() == {"fine": True}
    assert done == [{"range": "A1", "values": [["x"]]}]


@pytest.mark.parametrize(
    ("edit", "call"),
    [
        ({"spreadsheet": "s", "range": "A1", "values": [["x"]]}, "edit"),
        ({"spreadsheet": "s", "range": "A2:B9", "column": 1}, "sort"),
        ({"spreadsheet": "s", "sheet": "t", "values": [["x"]]}, "replace-tab"),
        ({"call": "delete-rows", "spreadsheet": "s", "row": 2}, "delete-rows"),
        ({"action": "sort", "body": {"spreadsheet": "s", "range": "A1:B2", "column": 1}}, "sort"),
        ({"path": "/google/people/insert-rows", "spreadsheet": "s", "row": 2}, "insert-rows"),
        ({"undo": {"spreadsheet": "s"}}, "undo"),
    ],
)
def test_which_call_of_a_person_is_meant(edit: Mapping[str, object], call: str) -> None:
    """By its name, however it is given, or by its fields; the rest is the call's body."""
    name, body = person_call(edit)
    assert name == call
    assert body["spreadsheet"] == "s"
    assert not {"call", "action", "path", "body"} & set(body)


def test_people_cannot_dance() -> None:
    """A call that people don't have is refused when the fault is set, not when it strikes."""
    with pytest.raises(ValueError, match="dance"):
        person_call({"call": "dance", "spreadsheet": "s"})


def test_spoilt_calls_count(service: Service) -> None:
    """What a fault answered stands in the counters and in the event log; a tool's call in the log only."""
    events = EventLog(Clock(lambda: 1.0))
    spoilt = SpoiltCalls(events, "tool")
    for raw, line, token in (
        ({"service": "sheets", "action": 503}, "GET /v4/spreadsheets/s", "Bearer bot"),
        ({"service": "sheets", "action": 503}, "GET /v4/spreadsheets/s", "Bearer tool"),
        ({"service": "openai", "action": 429}, "POST /v1/responses", "Bearer k"),
        ({"service": "telegram", "action": 500}, "POST /bot1:A/sendMessage?x=/y", ""),
        ({"service": "telegram", "action": "drop"}, "POST /bot1:A/sendMessage", ""),
    ):
        spoilt.told(Fault.parse(raw), line, token)
    stats = {"sheets": {"reads": 1, "errors": {"503": 1}}, "openai": {"calls": 0, "errors": {}}, "telegram": {}}
    assert spoilt.added_to(stats) == {
        "sheets": {"reads": 1, "errors": {"503": 2}},
        "openai": {"calls": 1, "errors": {"429": 1}},
        "telegram": {"sendMessage": 1},
    }
    assert stats["telegram"] == {}
    assert len(events.since()) == 5
    spoilt.clear()
    assert spoilt.added_to(stats) == stats


async def test_nothing_of_a_former_world_arrives(service: Service) -> None:
    """A call that waits when the gate is closed is cut and never reaches the service; a later one is a 503."""
    service.settings.sheets_latency_ms = 100
    async with service.client() as client:
        waiting = asyncio.create_task(client.get("/google/v4/former"))
        await asyncio.sleep(0.02)
        await service.gate.close()
        with pytest.raises(ConnectionCutError):
            await waiting
        assert (await client.get("/google/people/view")).status_code == 503
        service.gate.open()
        assert (await client.get("/google/v4/later")).status_code == 200
    assert service.reached == ["/google/v4/later"]
