"""Every few minutes: what nothing else notices. Old marks go, imports are seen, rows that no event told of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from shared.ports import NeedsRepair, Outside, Refused, Unavailable
from shared.usecases.memory import Memory
from shared.usecases.sweep_hand_overs import sweep_hand_overs
from shared.usecases.sweep_replies import sweep_replies

Step = Callable[[], Awaitable[object]]


async def sweep(outside: Outside, memory: Memory) -> None:
    """Take every step, whatever becomes of the others.

    Raises the first NeedsRepair of a step, or else the first error that is not Refused.
    """
    steps: Mapping[str, Step] = {
        "forget_marks": outside.journal.forget_marks,
        "watch_partners": outside.directory.watch,
        "sweep_rows": lambda: _sweep_rows(outside, memory),
    }
    await _take(outside, steps)


async def _sweep_rows(outside: Outside, memory: Memory) -> None:
    """One read tells both steps which rows they have to look at."""
    rows = await outside.journal.summaries()
    steps: Mapping[str, Step] = {
        "sweep_hand_overs": lambda: sweep_hand_overs(outside, memory, rows),
        "sweep_replies": lambda: sweep_replies(outside, memory, rows),
    }
    await _take(outside, steps)


async def _take(outside: Outside, steps: Mapping[str, Step]) -> None:
    errors: list[Exception] = []
    for name, step in steps.items():
        try:
            await step()
        except Refused as error:
            # what Google refuses is in the daily report
            outside.log.error("sweep_step_refused", step=name, error=str(error))
        except Exception as error:
            what = str(error) if isinstance(error, Unavailable) else type(error).__name__
            outside.log.error("sweep_step_failed", step=name, error=what)
            errors.append(error)
    if errors:
        # the admins are told of a NeedsRepair, and of nothing else
        raise next((error for error in errors if isinstance(error, NeedsRepair)), errors[0])
