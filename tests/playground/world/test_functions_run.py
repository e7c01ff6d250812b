"""Functions under the playground's supervisor: staged, started, spread over instances, killed."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from playground.functions.instance import FunctionStartError
from playground.functions.logs import FunctionLogs, LogLine
from playground.functions.processes import processes_of
from playground.functions.proxy import FunctionsProxy
from playground.functions.supervisor import FunctionSource, Supervisor
from playground.kernel.clock import Clock
from playground.kernel.events import EventLog
from playground.kernel.lifeline import Lifeline

HELLO = """
import asyncio, json, os
import functions_framework.aio
from starlette.responses import JSONResponse, Response
from shared.greeting import GREETING

@functions_framework.aio.http
async def hello(request):
    body = await request.body()
    match request.url.path:
        case "/die":
            os.kill(os.getppid(), 9)
            os.kill(os.getpid(), 9)
        case "/crash":
            raise RuntimeError("it broke")
        case "/log":
            print(json.dumps({"severity": "INFO", "message": "hello from inside"}))
        case "/elsewhere":
            return Response(status_code=302, headers={"location": request.headers["asked"]})
        case "/slow":
            print("slow begins")
            await asyncio.sleep(1)
        case "/teapot":
            return Response(b"\\x00raw", status_code=418, headers={"X-Own": "1"})
    return JSONResponse({
        "greeting": GREETING, "pid": os.getpid(), "method": request.method, "length": len(body),
        "raw_path": request.scope["raw_path"].decode(), "query": request.url.query,
        "headers": dict(request.headers), "environment": dict(os.environ), "cwd": os.getcwd(),
    })
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Functions:
    supervisor: Supervisor
    events: EventLog
    client: httpx2.AsyncClient

    async def pid(self, name: str = "hello") -> int:
        return int((await self.client.get(f"/functions/{name}/")).json()["pid"])

    async def printed(self, text: str) -> LogLine:
        for _ in range(500):
            for line in self.supervisor.logs.since():
                if text in line.text:
                    return line
            await asyncio.sleep(0.01)
        raise AssertionError(f"no function printed {text!r}")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    for name in ("hello", "other"):
        (root / "functions" / name).mkdir(parents=True)
        (root / "functions" / name / "main.py").write_text(HELLO)
    (root / "shared" / "__pycache__").mkdir(parents=True)
    (root / "shared" / "__pycache__" / "old.pyc").write_bytes(b"old")
    (root / "shared" / "__init__.py").write_text("")
    (root / "shared" / "greeting.py").write_text('GREETING = "здравствуйте"\n')
    (root / "requirements.txt").write_text("functions-framework\n")
    return root


@asynccontextmanager
async def running(repository: Path, *, instances: int = 1) -> AsyncIterator[Functions]:
    """`hello` (scaled) and `other`, behind the proxy."""
    clock = Clock()
    names = ("hello", "other")
    folders = {name: repository / "functions" / name for name in names}
    lifeline = Lifeline()
    await lifeline.start()
    supervisor = Supervisor(
        [FunctionSource(name=name, target="hello", folder=folders[name], concurrency=10) for name in names],
        shared=repository / "shared",
        requirements=repository / "requirements.txt",
        staged=repository / "staged",
        environment=lambda name, instances: {"COLOUR": "green", "NAME": name, "INSTANCES": str(instances)},
        logs=FunctionLogs(clock),
        lifeline=lifeline,
        scaled="hello",
    )
    events = EventLog(clock)
    proxy = FunctionsProxy(supervisor, events, sites={b"https://docs.example": b""})
    async with AsyncExitStack() as stack:
        stack.push_async_callback(lifeline.stop)
        stack.push_async_callback(supervisor.stop)
        stack.push_async_callback(proxy.close)
        await supervisor.start(instances=instances)
        transport = httpx2.ASGITransport(Starlette(routes=[Mount("/functions", proxy)]))
        client = httpx2.AsyncClient(transport=transport, base_url="http://playground", timeout=30)
        await stack.enter_async_context(client)
        yield Functions(supervisor=supervisor, events=events, client=client)


async def ended(group: int) -> None:
    for _ in range(500):
        if not processes_of(group):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"group {group} is still alive")


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("https://docs.example/d/1/edit#gid=7&range=5:5", "/d/1/edit#gid=7&range=5:5"),
        ("https://docs.example.org/d/1", "https://docs.example.org/d/1"),
        ("https://elsewhere.example/d/1", "https://elsewhere.example/d/1"),
    ],
)
async def test_a_redirect_to_an_emulated_site_stays_here(repository: Path, asked: str, location: str) -> None:
    """The rest of the address as it was; other sites are themselves."""
    async with running(repository) as functions:
        answer = await functions.client.get("/functions/hello/elsewhere", headers={"asked": asked})
        assert (answer.status_code, answer.headers["location"]) == (302, location)


async def test_a_function_runs_from_its_staged_folder_with_its_settings_only(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """main.py, shared/ and requirements.txt byte for byte; nothing of the playground's environment leaks in."""
    monkeypatch.setenv("PYTHONPATH", str(repository))
    monkeypatch.setenv("SECRET_OF_THE_LAPTOP", "1")
    async with running(repository) as functions:
        seen = (await functions.client.get("/functions/hello/")).json()
        staged = repository / "staged" / "hello"
        assert seen["cwd"] == str(staged)
        assert seen["greeting"] == "здравствуйте"
        assert seen["environment"]["COLOUR"] == "green"
        assert not {"PYTHONPATH", "SECRET_OF_THE_LAPTOP", "VIRTUAL_ENV"} & set(seen["environment"])
        assert (staged / "main.py").read_bytes() == (repository / "functions/hello/main.py").read_bytes()
        assert (staged / "shared/greeting.py").read_bytes() == (repository / "shared/greeting.py").read_bytes()
        assert (staged / "requirements.txt").read_bytes() == (repository / "requirements.txt").read_bytes()
        assert not list(staged.rglob("old.pyc"))


async def test_the_proxy_hands_requests_over_as_they_are(repository: Path) -> None:
    """Method, raw path, query, headers and body arrive unchanged; so do status, headers and body of the answer."""
    async with running(repository) as functions:
        answer = await functions.client.request(
            "PATCH",
            "/functions/hello/a%2Fb//c?x=%20y&x=z",
            content=b"\x00" * 100_000,
            headers={"X-Mine": "a=1; b", "X-Forwarded-For": "10.0.0.1", "Connection": "close"},
        )
        seen = answer.json()
        assert (seen["method"], seen["raw_path"], seen["query"]) == ("PATCH", "/a%2Fb//c", "x=%20y&x=z")
        assert seen["length"] == 100_000
        assert seen["headers"]["x-mine"] == "a=1; b"
        assert seen["headers"]["x-forwarded-for"] == "10.0.0.1, 127.0.0.1"
        assert seen["headers"]["x-cloud-trace-context"].endswith(";o=1")
        assert seen["headers"]["host"] == "playground"
        teapot = await functions.client.get("/functions/hello/teapot")
        assert (teapot.status_code, teapot.content, teapot.headers["x-own"]) == (418, b"\x00raw", "1")
        assert (await functions.client.get("/functions/hello")).json()["raw_path"] == "/"


async def test_what_cloud_run_refuses_never_reaches_a_function(repository: Path) -> None:
    """404 for a name that is not deployed, 413 over 32 MB."""
    async with running(repository) as functions:
        assert (await functions.client.get("/functions/nobody/x")).status_code == 404
        huge = await functions.client.post("/functions/hello/", content=b"0" * (32 * 1024 * 1024 + 1))
        assert huge.status_code == 413


async def test_a_crash_in_a_request_is_503_and_the_next_request_starts_an_instance(repository: Path) -> None:
    """As at Cloud Run: the caller of the crashed instance gets 503, the next one waits for a cold start."""
    async with running(repository) as functions:
        first = await functions.pid()
        assert (await functions.client.get("/functions/hello/die")).status_code == 503
        assert await functions.pid() != first
        assert functions.events.since()[-2].details["status"] == 503


async def test_kill_ends_the_whole_group_and_starts_nothing(repository: Path) -> None:
    """SIGKILL to the process group; the next request starts a new instance."""
    async with running(repository) as functions:
        pool = functions.supervisor.pool("hello")
        [group] = pool.groups
        first = await functions.pid()
        assert first in processes_of(group)
        await functions.supervisor.kill("hello")
        assert not processes_of(group)
        assert not pool.up
        assert await functions.pid() != first
        assert pool.up


async def test_a_killed_leader_takes_its_workers_along(repository: Path) -> None:
    """A worker does not outlive its master; the next request is served by a fresh instance."""
    async with running(repository) as functions:
        [group] = functions.supervisor.pool("hello").groups
        worker = await functions.pid()
        os.kill(group, signal.SIGKILL)
        await ended(group)
        assert await functions.pid() != worker


async def test_restart_finishes_what_is_under_way_and_takes_new_code(repository: Path) -> None:
    """Graceful: the slow request gets its answer, a request meanwhile waits; the code is staged anew."""
    async with running(repository) as functions:
        slow = asyncio.create_task(functions.client.get("/functions/hello/slow"))
        await functions.printed("slow begins")
        (repository / "shared" / "greeting.py").write_text('GREETING = "добрый день"\n')
        restarted = asyncio.create_task(functions.supervisor.restart("hello"))
        await asyncio.sleep(0.1)
        meanwhile = await functions.client.get("/functions/hello/")
        await restarted
        assert (await slow).status_code == 200
        assert meanwhile.json()["greeting"] == "добрый день"


async def test_requests_are_spread_over_the_instances(repository: Path) -> None:
    """The setting `instances` runs that many processes, round robin; the other functions stay single."""
    async with running(repository, instances=2) as functions:
        assert len({await functions.pid() for _ in range(4)}) == 2
        assert len({await functions.pid("other") for _ in range(2)}) == 1
        assert (await functions.client.get("/functions/hello/")).json()["environment"]["INSTANCES"] == "2"
        await functions.supervisor.scale(1)
        assert len(functions.supervisor.pool("hello").groups) == 1
        assert len({await functions.pid() for _ in range(3)}) == 1


async def test_scaling_under_traffic_fails_no_request(repository: Path) -> None:
    """Instances that go are asked nothing more, and end when their last request has its answer."""
    async with running(repository, instances=3) as functions:
        statuses: list[int] = []
        stopped = asyncio.Event()

        async def ask(path: str) -> None:
            while not stopped.is_set():
                statuses.append((await functions.client.get(f"/functions/hello/{path}")).status_code)

        asking = [asyncio.create_task(ask(path)) for path in ("slow", "", "", "")]
        for instances in (1, 2):
            await asyncio.sleep(0.2)
            await functions.supervisor.scale(instances)
        stopped.set()
        await asyncio.gather(*asking)
        assert set(statuses) == {200}


async def test_log_lines_keep_their_fields_and_tracebacks_their_text(repository: Path) -> None:
    """A JSON line is found by its fields, a traceback by its text; `since` and the function's name narrow it."""
    async with running(repository) as functions:
        await functions.client.get("/functions/hello/log")
        line = await functions.printed("hello from inside")
        assert line.function == "hello"
        assert line.as_json() | {"severity": "INFO", "message": "hello from inside"} == line.as_json()
        assert (await functions.client.get("/functions/other/crash")).status_code == 500
        broken = await functions.printed("RuntimeError: it broke")
        assert broken.fields == {"text": "RuntimeError: it broke"}
        logs = functions.supervisor.logs
        assert broken in logs.since(line.seq, "other")
        assert not logs.since(line.seq, "hello")
        assert broken in logs.since(line.at)


async def test_a_function_that_cannot_start_says_why(repository: Path) -> None:
    """The error carries the traceback; nothing is left running."""
    (repository / "functions/other/main.py").write_text("import nothing_like_it\n")
    with pytest.raises(FunctionStartError, match="nothing_like_it"):
        async with running(repository):
            pass


async def test_stop_leaves_no_process(repository: Path) -> None:
    """Also while a request is under way."""
    async with running(repository, instances=2) as functions:
        groups = [group for name in ("hello", "other") for group in functions.supervisor.pool(name).groups]
        slow = asyncio.create_task(functions.client.get("/functions/hello/slow"))
        await functions.printed("slow begins")
    assert len(groups) == 3
    assert not [pid for group in groups for pid in processes_of(group)]
    assert (await slow).status_code in (200, 503)
