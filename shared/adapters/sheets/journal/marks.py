"""Marks: spreadsheet-level developer metadata whose id is chosen, so that Google refuses a batch that comes again.

A mark holds nothing but the letter of the time when it was made, by which old ones are deleted together.
"""

from __future__ import annotations

from shared.adapters.sheets.calls.transport import Request
from shared.domain import ids

DAY_S = 86_400
SLOT_S = 600
SLOTS = "abcdef"


def row_mark(appeal_id: str, attempt: int, now: float) -> Request:
    """Makes a new row appendable once: an update may come again for a day."""
    return _mark(ids.mark_of(appeal_id, attempt), day_key(now))


def version_mark(appeal_id: str, version: str, attempt: int, now: float) -> Request:
    """Makes a version of a row replaceable once, for as long as anybody may still have it in hand."""
    return _mark(ids.mark_of(f"{appeal_id} {version}", attempt), SLOTS[int(now // SLOT_S) % len(SLOTS)])


def forget_old(now: float) -> list[Request]:
    """Delete the marks of rows that are 24 to 48 hours old, and those of versions that are 10 to 20 minutes old.

    So it is where this is done every few minutes. After a pause older ones go too: of a week, of half an hour.
    """
    slot = int(now // SLOT_S)
    old_slots = [SLOTS[(slot + later) % len(SLOTS)] for later in (2, 3, 4)]
    old_days = [day_key(now - days * DAY_S) for days in range(2, 9)]
    return [_forget(key) for key in (*old_days, *old_slots)]


def day_key(now: float) -> str:
    """One letter for a day; 26 days later it comes again."""
    return chr(ord("A") + int(now // DAY_S) % 26)


def _mark(number: int, key: str) -> Request:
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": number,
                "metadataKey": key,
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }


def _forget(key: str) -> Request:
    lookup = {"metadataKey": key, "locationType": "SPREADSHEET"}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
