"""The recordings of the real API, replayed."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from tests.playground.handbook import handbook


def test_every_recording_passes(world: Any) -> None:
    """What the real API answered, the emulator answers; and every body is in the discovery document."""
    done = subprocess.run(
        [
            sys.executable,
            str(handbook("tools/sheets_conformance.py")),
            "--base-url",
            f"{world.base}/google",
            "--cassettes",
            str(handbook("data/gspread-recordings")),
            "--token",
            "conformance",
            "--quiet",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(world.traffic.calls) > 500
