"""A tab of a workbook as it stands at the start."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """`rows`: without the header, as wide as it. `text_columns`, `hidden_columns`: names from the header."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: tuple[str, ...] = ()
    hidden_columns: tuple[str, ...] = ()


def records(name: str) -> list[dict[str, object]]:
    """The objects of the JSON file `name` beside this module."""
    loaded: list[dict[str, object]] = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return loaded


def text(record: dict[str, object], key: str) -> str:
    """The cell `key` of a record; an absent one is an empty cell."""
    return str(record.get(key, ""))
