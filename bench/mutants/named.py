"""The named changes: named.toml, each with the requirement that it breaks."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bench.mutants.change import Change, replaced

TABLE = Path(__file__).with_name("named.toml")


def named(root: Path, table: Path = TABLE) -> list[Change]:
    """Return the changes of the table for the tree at `root`. Raises NotFound where the code has another text now."""
    entries = tomllib.loads(table.read_text("utf-8"))["change"]
    return [
        replaced(
            root, entry["file"], entry["text"], entry["becomes"], name=entry["breaks"], first=entry.get("first", "")
        )
        for entry in entries
    ]
