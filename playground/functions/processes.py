"""Which processes of a process group are alive."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")


def processes_of(group: int) -> list[int]:
    """The leader first. Where the system has no /proc, the leader stands for all."""
    if not PROC.is_dir():
        return [group] if _exists(group) else []
    members = (int(entry.name) for entry in PROC.glob("[0-9]*") if _group(entry) == group)
    return sorted(members, key=lambda pid: (pid != group, pid))


def _group(process: Path) -> int | None:
    try:
        status = (process / "stat").read_text(errors="replace")
    except OSError:
        return None
    # the name, in brackets, may hold anything; state, parent and group follow it
    state, _, group = status.rpartition(")")[2].split()[:3]
    return None if state == "Z" else int(group)


def _exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
