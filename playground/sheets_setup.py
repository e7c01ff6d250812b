"""The set-up of the workbooks, run as a person would run `make sheets-setup` on this playground."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playground.kernel.lifeline import Lifeline

REPOSITORY = Path(__file__).parents[1]


class SheetsSetupError(RuntimeError):
    """The set-up failed; the text is what it printed."""


async def set_up_sheets(base_url: str, lifeline: Lifeline) -> None:
    """Run `ops.sheets_setup` on the workbooks of the playground at *base_url*, which has to serve already.

    The tool runs as a process of its own because the playground shares no code with the application.
    It is killed when this call is cancelled. Raises SheetsSetupError.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ops.sheets_setup", "--playground", base_url),
        cwd=REPOSITORY,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    lifeline.started(process.pid)
    try:
        printed, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        lifeline.ended(process.pid)
    if process.returncode:
        raise SheetsSetupError(f"The workbooks could not be set up:\n{printed.decode(errors='replace')}")
