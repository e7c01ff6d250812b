"""What a person has to mend in the sheets: logged by address, told to the admins once a day and when one asks."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain import admin_texts
from shared.domain.events import Event
from shared.domain.incoming import Message
from shared.domain.problems import Problem
from shared.ports import Answer, Outside, Refused, Say
from shared.usecases.admins import tell_admins
from shared.usecases.memory import Memory

LOGGED = 200


async def report_problems(outside: Outside, memory: Memory) -> None:
    """Once a day and process: another process may tell it again. Raises Unavailable: the event is to come again."""
    today = outside.clock.local().date()
    if memory.inspected_on == today:
        outside.log.info("already_inspected")
        return
    problems = await _problems(outside)
    for problem in problems[:LOGGED]:
        outside.log.warning("sheet_problem", tab=problem.tab, cell=problem.cell)
    outside.log.info("sheets_inspected", problems=len(problems))
    if problems:
        await tell_admins(outside, admin_texts.problem_report(problems), preview=False)
    memory.inspected_on = today


def is_check(outside: Outside, chat: int, command: str) -> bool:
    """Does an admin ask for all the problems? To everybody else the command is unknown."""
    return command == admin_texts.CHECK and chat in outside.office.admins


async def ask_for_problems(outside: Outside, message: Message) -> Answer:
    """Leave the reading of all the tabs to where it may take its time. Raises Unavailable."""
    try:
        await outside.events.publish(Event.CHECK, {"chat": message.chat, "update": message.update})
    except Refused as error:
        outside.log.error("publish_refused", kind=Event.CHECK, error=str(error))
        return Say(chat=message.chat, text=admin_texts.CANNOT_BE_PUBLISHED)
    return Say(chat=message.chat, text=admin_texts.CHECK_BEGUN)


async def tell_problems(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Send all the problems to the admin who asked. Raises Unavailable: the event is to come again.

    What was sent is not sent again by the same instance.
    """
    chat = event.get("chat")
    if not isinstance(chat, int) or chat not in outside.office.admins:
        outside.log.warning("check_of_nobody")
        return
    problems = await _problems(outside)
    for number, text in enumerate(admin_texts.problem_list(problems) if problems else [admin_texts.NOTHING_WRONG]):
        this = f"check {event.get('update')} {number}"
        if not memory.told.holds(this) and not await _is_said(outside, chat, text):
            return
        memory.told.put(this, True)


async def _problems(outside: Outside) -> list[Problem]:
    return sorted(await outside.inspection.problems(), key=lambda problem: problem.mild)


async def _is_said(outside: Outside, chat: int, text: str) -> bool:
    """Return whether Telegram took the message; False when it never will."""
    try:
        await outside.messenger.say(Say(chat=chat, text=text, preview=False))
    except Refused as error:
        outside.log.error("admin_not_told", error=str(error))
        return False
    return True
