"""The functions as deployed, and one of them alone with an environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from playground.functions.staging import stage
from playground.kernel.server import free_port
from playground.testing import PlaygroundClient, running_playground

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def world() -> Iterator[PlaygroundClient]:
    with running_playground() as playground:
        yield playground


@pytest.fixture
def playground(world: PlaygroundClient) -> PlaygroundClient:
    world.control("POST", "reset")
    return world


@dataclass(frozen=True)
class Alone:
    """One function without any playground."""

    http: httpx2.Client
    output: Path

    def printed(self) -> list[str]:
        return self.output.read_text("utf-8").splitlines()

    def logged(self) -> list[dict[str, Any]]:
        """Every line that was printed, as JSON: anything else fails."""
        return [json.loads(line) for line in self.printed()]


Deploy = Callable[[str, Mapping[str, str]], Alone]


@pytest.fixture
def deploy(tmp_path: Path) -> Iterator[Deploy]:
    """`deploy("sheet-events", {"SHEET_ID": "x"})`: staged, started, gone after the test."""
    with ExitStack() as stack:
        yield lambda name, settings: stack.enter_context(_alone(tmp_path / name, name, settings))


def staged(name: str, into: Path) -> Path:
    folder = REPOSITORY / "functions" / name.replace("-", "_")
    stage(folder, into, shared=REPOSITORY / "shared", requirements=REPOSITORY / "requirements.txt")
    return into


@contextmanager
def _alone(folder: Path, name: str, settings: Mapping[str, str]) -> Iterator[Alone]:
    port = free_port()
    output = folder.with_suffix(".log")
    with output.open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "functions_framework", "--target", name.replace("-", "_")],
            cwd=staged(name, folder),
            env={"HOST": "127.0.0.1", "PORT": str(port), "XDG_RUNTIME_DIR": str(folder), **settings},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as http:
            _wait_until_listening(http, process)
            yield Alone(http, output)
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_listening(http: httpx2.Client, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        try:
            http.get("/favicon.ico")
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the function does not listen")
