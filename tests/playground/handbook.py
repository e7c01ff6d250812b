"""The handbook, where it lies beside the checkout; what needs a part of it is skipped elsewhere."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

HANDBOOK = Path(__file__).parents[3] / "shared"


def handbook(path: str) -> Path:
    found = HANDBOOK / path
    if not found.exists():
        pytest.skip(f"{path} of the handbook is not beside the checkout (../shared)")
    return found


def tool(name: str) -> Any:
    """One of its tools, as a module."""
    spec = importlib.util.spec_from_file_location(name, handbook(f"tools/{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
