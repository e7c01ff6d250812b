"""The process of Google's own Pub/Sub emulator (a part of the Cloud SDK, in Java)."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import httpx2

from playground.kernel.lifeline import Lifeline
from playground.kernel.server import free_port

START_S = 60.0


class EmulatorMissingError(Exception):
    """Says what is not installed here."""


def launcher() -> Path:
    """Where the emulator's start script stands. Raises EmulatorMissingError."""
    gcloud = shutil.which("gcloud")
    if gcloud is None:
        raise EmulatorMissingError("gcloud is not installed")
    if shutil.which("java") is None:
        raise EmulatorMissingError("java is not installed")
    script = Path(gcloud).resolve().parents[1] / "platform/pubsub-emulator/bin/cloud-pubsub-emulator"
    if not script.is_file():
        raise EmulatorMissingError("the gcloud component pubsub-emulator is not installed")
    return script


def _options(folder: str) -> str:
    """Java's options: its files go into the folder, and none into /tmp, where a killed process would leave them."""
    own = os.environ.get("JAVA_OPTS", "")
    return f"{own} -XX:-UsePerfData -Djava.io.tmpdir={folder}".strip()


class JavaEmulator:
    """One emulator process in a process group of its own; state is in its memory only."""

    def __init__(self, lifeline: Lifeline) -> None:
        self._lifeline = lifeline
        self.url = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def start(self) -> None:
        """Returns when it answers. Raises EmulatorMissingError, RuntimeError with its last words."""
        script, port = launcher(), free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="pubsub-")
        self._lifeline.folder(self._folder.name)
        log = Path(self._folder.name) / "log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603 — a millisecond; the Cloud SDK's own script
                [str(script), "--host=127.0.0.1", f"--port={port}"],
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "JAVA_OPTS": _options(self._folder.name)},
            )
        self._lifeline.started(self._process.pid)
        self.url = f"http://127.0.0.1:{port}"
        try:
            await asyncio.wait_for(self._answers(), START_S)
        except (TimeoutError, RuntimeError):
            words = log.read_text(errors="replace")[-2000:]
            await self.stop()
            raise RuntimeError(f"the gcloud Pub/Sub emulator did not start: {words}") from None

    @property
    def group(self) -> int:
        """The process group; RuntimeError when it does not run."""
        if self._process is None:
            raise RuntimeError("the gcloud Pub/Sub emulator is not started")
        return self._process.pid

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            await asyncio.to_thread(process.wait)
            self._lifeline.ended(process.pid)
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    async def _answers(self) -> None:
        async with httpx2.AsyncClient(trust_env=False) as client:
            while self._process and self._process.poll() is None:
                try:
                    await client.get(self.url)
                except httpx2.HTTPError:
                    await asyncio.sleep(0.1)
                else:
                    return
        raise RuntimeError
