"""One instance of a function: functions-framework in a process group of its own, started as Google's image does."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playground.functions.logs import FunctionLogs
from playground.functions.processes import processes_of
from playground.kernel.lifeline import Lifeline
from playground.kernel.server import free_port

START_SECONDS = 60.0
LONGEST_LINE = 1_000_000


class FunctionStartError(RuntimeError):
    """The process ended, or did not listen in time; the text carries its last lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is deployed: everything an instance is started from.

    `concurrency` is requests at once per instance; `sockets` a folder for what gunicorn opens beside its port.
    """

    name: str
    target: str
    folder: Path
    environment: Mapping[str, str]
    concurrency: int
    sockets: Path


class Instance:
    def __init__(self, revision: Revision, number: int, *, logs: FunctionLogs, lifeline: Lifeline) -> None:
        self.name = f"{revision.name}-{number}"
        self.port = free_port()
        self._slots = asyncio.Semaphore(revision.concurrency)
        self._requests = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._revision = revision
        self._logs = logs
        self._lifeline = lifeline
        self._process: asyncio.subprocess.Process | None = None
        self._ended = asyncio.Event()
        self._watching: list[asyncio.Task[None]] = []

    @property
    def alive(self) -> bool:
        return self._process is not None and not self._ended.is_set()

    @property
    def group(self) -> int | None:
        return self._process.pid if self._process and self.alive else None

    async def start(self) -> None:
        """Returns when the instance takes requests. Raises FunctionStartError."""
        # a pipe of our own: asyncio's would keep wait() from returning while a worker holds it open
        output, printed = os.pipe()
        try:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "functions_framework"),
                *("--target", self._revision.target, "--source", "main.py"),
                cwd=self._revision.folder,
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=printed,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        finally:
            os.close(printed)
        self._lifeline.started(self._process.pid)
        self._watching = [asyncio.create_task(self._watch(self._process)), asyncio.create_task(self._read(output))]
        try:
            await asyncio.wait_for(self._listening(), START_SECONDS)
        except TimeoutError:
            await self.kill()
            raise FunctionStartError(f"{self.name} did not listen within {START_SECONDS:.0f} s") from None

    @contextlib.asynccontextmanager
    async def request(self) -> AsyncIterator[None]:
        """One request to it, waiting for its turn; until it ends `stop` waits."""
        self._requests += 1
        self._idle.clear()
        try:
            async with self._slots:
                yield
        finally:
            self._requests -= 1
            if not self._requests:
                self._idle.set()

    async def gone_within(self, seconds: float) -> bool:
        """Whether it has ended, after at most that time: a connection breaks before the system reports the death."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)
        return not self.alive

    async def stop(self, grace_s: float) -> None:
        """SIGTERM once no request is left, as Cloud Run sends it; what is still there after `grace_s` is killed."""
        if self._process is None:
            return
        started = time.monotonic()
        if not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), grace_s)
            # not terminate(): it polls, and takes the exit code away from whoever waits for it
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGTERM)
        await self.gone_within(max(started + grace_s - time.monotonic(), 0))
        await self.kill()

    async def kill(self) -> None:
        """SIGKILL to the process group; returns when it has ended."""
        if self._process is None:
            return
        if not self._ended.is_set():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        await self._ended.wait()

    def _environment(self) -> dict[str, str]:
        own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own |= {"HOST": "127.0.0.1", "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        # gunicorn's control socket would otherwise be the same file in the home folder for all of them
        sockets = self._revision.sockets / self.name
        sockets.mkdir()
        own["XDG_RUNTIME_DIR"] = str(sockets)
        return own | dict(self._revision.environment)

    async def _listening(self) -> None:
        while True:
            if self._ended.is_set():
                await asyncio.wait(self._watching, timeout=1)
                raise FunctionStartError(f"{self.name} ended at its start:\n{self._logs.tail(self.name)}")
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        # gunicorn's workers outlive a killed master
        await _end_group(process.pid)
        self._lifeline.ended(process.pid)
        self._ended.set()
        if code not in (0, -signal.SIGKILL, -signal.SIGTERM):
            self._logs.add(self._revision.name, self.name, f"the process ended with code {code}")

    async def _read(self, output: int) -> None:
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        pipe = os.fdopen(output, "rb")
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        try:
            while line := await _line(reader):
                self._logs.add(self._revision.name, self.name, line.decode(errors="replace").rstrip("\n"))
        finally:
            transport.close()


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError:
        return f"a line over {LONGEST_LINE} bytes was dropped\n".encode()


async def _end_group(group: int) -> None:
    """SIGKILL; returns when none of the group is alive."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
        for _ in range(200):
            if not processes_of(group):
                return
            await asyncio.sleep(0.01)
