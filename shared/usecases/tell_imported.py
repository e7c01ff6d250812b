"""The Authorisation sheet was replaced by an import: the admins hear what became of the logins."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain import texts
from shared.ports import BotError, Outside, Say, Unavailable
from shared.usecases.memory import Memory

IMPORT = "import"


async def tell_imported(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Once in ten minutes: every instance that saw the import says so. Unavailable: the event is to come again."""
    if memory.told.get(IMPORT):
        outside.log.info("import_told_already")
        return
    text = texts.imported(restored=_count(event, "restored"), gone=_count(event, "gone"))
    memory.told.put(IMPORT, True)
    outages: list[Unavailable] = []
    for admin in outside.office.admins:
        try:
            await outside.messenger.say(Say(chat=admin, text=text))
        except BotError as error:
            outside.log.warning("admin_not_told", error=str(error))
            outages += [error] if isinstance(error, Unavailable) else []
    if outages and len(outages) == len(outside.office.admins):
        memory.told.forget(IMPORT)
        raise outages[0]


def _count(event: Mapping[str, object], name: str) -> int:
    value = event.get(name)
    return value if isinstance(value, int) else 0
