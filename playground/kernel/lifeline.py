"""Ends what the playground started when the playground is gone, however it ended.

Run as a script of its own. It reads `+GROUP` and `-GROUP` (process groups that run and that have ended) and `/FOLDER`
(made for the run) from a pipe whose other end only the playground holds; when that end closes, even by SIGKILL, the
groups that still run are killed and the folders are removed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path


class Lifeline:
    """The playground's end of the pipe."""

    def __init__(self) -> None:
        self._watcher: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._watcher = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            str(Path(__file__)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )

    def folder(self, path: str) -> None:
        """`path` is absolute."""
        self._tell(f"{path}\n")

    def started(self, group: int) -> None:
        self._tell(f"+{group}\n")

    def ended(self, group: int) -> None:
        self._tell(f"-{group}\n")

    async def stop(self) -> None:
        if self._watcher is None or self._watcher.stdin is None:
            return
        self._watcher.stdin.close()
        await self._watcher.wait()
        self._watcher = None

    def _tell(self, line: str) -> None:
        if self._watcher is not None and self._watcher.stdin is not None:
            self._watcher.stdin.write(line.encode())


def watch() -> None:
    running: set[int] = set()
    folders: list[str] = []
    for line in sys.stdin:
        match line[0]:
            case "+":
                running.add(int(line[1:]))
            case "-":
                running.discard(int(line[1:]))
            case "/":
                folders.append(line.rstrip("\n"))
    for group in running:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    watch()
