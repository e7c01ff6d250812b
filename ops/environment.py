"""The environment of a tool: `.env` in the repository's root, and above it the variables of the process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

ENV_FILE = Path(__file__).parents[1] / ".env"


def environment(env_file: Path = ENV_FILE, process: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What is set; a name without a value counts as not set, so that a copied `.env.example` hides nothing."""
    filed = _read(env_file.read_text(encoding="utf-8")) if env_file.exists() else {}
    return {name: value for name, value in {**filed, **_set(process)}.items() if value}


def _read(text: str) -> dict[str, str]:
    lines = (line.strip().removeprefix("export ") for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def _set(process: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in process.items() if value.strip()}
