"""What a person has to mend in the sheets: logged by address, told to the admins in one message a day."""

from __future__ import annotations

from shared.domain import texts
from shared.ports import Outside
from shared.usecases.admins import tell_admins
from shared.usecases.memory import Memory

LISTED = 3
LOGGED = 200


async def report_problems(outside: Outside, memory: Memory) -> None:
    """Once a day and process: another process may tell it again. Raises Unavailable: the event is to come again."""
    today = outside.clock.local().date()
    if memory.inspected_on == today:
        outside.log.info("already_inspected")
        return
    problems = sorted(await outside.inspection.problems(), key=lambda problem: problem.mild)
    for problem in problems[:LOGGED]:
        outside.log.warning("sheet_problem", tab=problem.tab, cell=problem.cell)
    outside.log.info("sheets_inspected", problems=len(problems))
    if problems:
        await tell_admins(outside, texts.problem_report(problems, listed=LISTED))
    memory.inspected_on = today
