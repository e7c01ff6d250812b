"""Run the tests on a copy of the tree that holds one change."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bench.mutants.change import Change

FOLDERS = ("domain", "usecases", "adapters", "contract", "functions")
A_TEST_S = 90
"""A single test that takes longer hangs: the longest of them takes a tenth of it."""
NEAR = 6
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".playground", ".hypothesis")
_FAILED = re.compile(rb"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
_HANGING = re.compile(rb'File "[^"]*/(tests/[^"]+)", line \d+ in (test_\w+)')


class Fate(StrEnum):
    KILLED = "killed"
    SURVIVED = "SURVIVED"
    HANGS = "HANGS"
    """A test did not end: a fault of the tests, which must fail."""
    UNDECIDED = "UNDECIDED"
    """No test had failed when the time was up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`test`: the first test that failed or did not end."""

    fate: Fate
    test: str = ""


def tried(root: Path, change: Change, limit_s: float) -> Outcome:
    """Make the change in a copy of the tree at `root` and run the tests there, nearest first."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(root, copy, ignore=_LEFT_OUT)
        change.make_in(copy)
        files, near, until = nearest_first(copy, change), 1 if change.first else NEAR, time.monotonic() + limit_s
        # pytest imports all files before the first test: the near ones are run alone
        outcome = _outcome(copy, files[:near], limit_s)
        if outcome.fate is Fate.SURVIVED and files[near:]:
            outcome = _outcome(copy, files[near:], until - time.monotonic())
        return outcome


def nearest_first(root: Path, change: Change) -> list[str]:
    """Return the test files: the named one, those that import the changed module, its layer's, then the others."""
    module = change.file.removesuffix(".py").replace("/", ".")
    layer, words = Path(change.file).parts[1], set(Path(change.file).stem.split("_"))
    folders = sorted(FOLDERS, key=lambda folder: (folder != layer, FOLDERS.index(folder)))

    def distance(path: Path) -> tuple[bool, int, int, str]:
        name = str(path.relative_to(root))
        imports = module in path.read_text("utf-8")
        shared = len(words & set(path.stem.split("_")))
        return not imports, folders.index(path.parent.name), -shared, name

    files = [path for folder in FOLDERS for path in (root / "tests" / folder).glob("test_*.py")]
    others = [str(path.relative_to(root)) for path in sorted(files, key=distance)]
    return list(dict.fromkeys([change.first, *others] if change.first else others))


def _outcome(copy: Path, files: list[str], limit_s: float) -> Outcome:
    hang = ("-o", f"faulthandler_timeout={A_TEST_S}", "-o", "faulthandler_exit_on_timeout=true")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *hang]
    with subprocess.Popen(
        [*command, *files], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        try:
            printed, _ = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            return Outcome(fate=Fate.UNDECIDED)
        finally:
            _end(process)
    return _read(process.returncode, printed)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End pytest and the processes that its tests started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _read(code: int, printed: bytes) -> Outcome:
    if b"\nTimeout (" in printed or printed.startswith(b"Timeout ("):
        hanging = _HANGING.search(printed)
        return Outcome(fate=Fate.HANGS, test="::".join(part.decode() for part in hanging.groups()) if hanging else "")
    if code in (0, 5):  # 5: these files have no test
        return Outcome(fate=Fate.SURVIVED)
    failed = _FAILED.search(printed)
    return Outcome(fate=Fate.KILLED, test=failed[1].decode() if failed else "none: the code cannot be imported")
