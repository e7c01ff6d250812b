"""The Authorisation sheet was replaced by an import: the admins hear what became of the logins."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain import admin_texts
from shared.ports import Outside, Unavailable
from shared.usecases.admins import tell_admins
from shared.usecases.memory import Memory

IMPORT = "import"


async def tell_imported(outside: Outside, memory: Memory, event: Mapping[str, object]) -> None:
    """Once in ten minutes: every instance that saw the import says so. Unavailable: the event is to come again."""
    if memory.told.get(IMPORT):
        outside.log.info("import_told_already")
        return
    memory.told.put(IMPORT, True)
    try:
        await tell_admins(outside, admin_texts.imported(restored=_count(event, "restored"), gone=_count(event, "gone")))
    except Unavailable:
        memory.told.forget(IMPORT)
        raise


def _count(event: Mapping[str, object], name: str) -> int:
    value = event.get(name)
    return value if isinstance(value, int) else 0
