"""What a function is deployed from: its `main.py`, the package `shared/` and `requirements.txt`, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path


def stage(function: Path, into: Path, *, shared: Path, requirements: Path) -> None:
    """Make the folder `into` anew: `cp function/main.py shared requirements.txt into`, without compiled files."""
    if into.exists():
        shutil.rmtree(into)
    into.mkdir(parents=True)
    shutil.copy2(function / "main.py", into / "main.py")
    shutil.copytree(shared, into / "shared", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(requirements, into / "requirements.txt")
