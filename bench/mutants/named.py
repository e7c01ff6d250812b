"""The named changes: the tables of named_changes/, each change with the requirement that it breaks."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

from bench.mutants.change import Change, replaced

TABLES = Path(__file__).with_name("named_changes")


def named(root: Path, tables: Path = TABLES) -> list[Change]:
    """Return the changes of the tables for the tree at `root`. Raises NotFound where the code has another text now."""
    files = sorted(tables.glob("*.toml"))
    entries = chain.from_iterable(tomllib.loads(file.read_text("utf-8"))["change"] for file in files)
    return [
        replaced(
            root, entry["file"], entry["text"], entry["becomes"], name=entry["breaks"], first=entry.get("first", "")
        )
        for entry in entries
    ]
