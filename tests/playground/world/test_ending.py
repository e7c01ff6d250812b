"""The playground ends, and with it everything that it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playground.kernel.server import free_port
from playground.testing import PlaygroundClient

REPOSITORY = Path(__file__).parents[3]


def start(port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "playground", "--port", str(port)],
        cwd=REPOSITORY,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def sockets_of(pid: int) -> Path:
    """The instance's own folder."""
    variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    (folder,) = [value for value in variables if value.startswith(b"XDG_RUNTIME_DIR=")]
    return Path(folder.partition(b"=")[2].decode())


def functions_of(port: int) -> list[int]:
    """The processes of all functions: of each the master, and the worker, which the master starts while it listens."""
    client = PlaygroundClient(f"http://127.0.0.1:{port}")
    until = time.monotonic() + 30
    while True:
        functions = client.control("GET", "info")["functions"]
        if all(len(function["pids"]) >= 2 for function in functions.values()):
            client.http.close()
            return [pid for function in functions.values() for pid in function["pids"]]
        assert time.monotonic() < until, functions
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
@pytest.mark.parametrize(
    ("signals", "code"),
    [
        ([signal.SIGINT], 0),
        ([signal.SIGTERM], 0),
        ([signal.SIGINT, signal.SIGINT], 0),
        ([signal.SIGKILL], -signal.SIGKILL),
    ],
    ids=["ctrl-c", "sigterm", "ctrl-c-twice", "sigkill"],
)
def test_no_process_is_left(signals: list[signal.Signals], code: int) -> None:
    """Ctrl-C (also twice), SIGTERM and even SIGKILL: the functions and their folder are gone, the port is free."""
    port = free_port()
    process = start(port)
    assert process.stdout is not None
    printed = ""
    while "Ctrl-C" not in printed:
        printed += process.stdout.readline()
        assert process.poll() is None, printed
    assert f"http://127.0.0.1:{port}" in printed
    pids = functions_of(port)
    folders = {sockets_of(pid).parent for pid in pids}
    assert all(folder.is_dir() for folder in folders)
    for number in signals:
        os.kill(process.pid, number)
    assert process.wait(15) == code
    process.stdout.close()
    until = time.monotonic() + 5
    while left := [pid for pid in pids if alive(pid)] + [folder for folder in folders if folder.exists()]:
        assert time.monotonic() < until, f"still there: {left}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_taken_port_is_said_plainly() -> None:
    """One line and exit code 1, no traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(taken.getsockname()[1])
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "is taken" in said
    assert "Traceback" not in said
