"""Partner, button, reply and people at the same rows, in any order: every line once, in order, in the right row."""

from __future__ import annotations

from tests.adapters.office import Office, interleaved
from tests.sheets import Sheets


def test_any_interleaving_keeps_every_line(emulator: Sheets) -> None:
    """Every status that a person chose stands; every line is there once, in order, in its partner's row."""
    interleaved(Office, emulator, examples=14)
