"""What is said through Pub/Sub. An event says "look there", never what stands there.

{"kind": "appeals.edited", "appeals": [{"id": "a501-12-1795345380", "row": 7, "edited": ["reply"]}], "editor": "anna@…"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.domain import ids

HEADER_ROW = 1
PUBLISHED = "published"
"""When an event was published, in epoch seconds: whoever receives it adds that."""

SINCE_MS = "since_ms"
"""When the hand-over of HANDED_OVER was made, in epoch milliseconds; `since` is the same as the sheet shows it."""


class Event(StrEnum):
    """`kind` of an event. Apps Script publishes EDITED, the scheduler's jobs SWEEP and DAILY."""

    EDITED = "appeals.edited"
    HANDED_OVER = "appeal.handed_over"
    IMPORTED = "partners.imported"
    BROKEN = "sheets.broken"
    SWEEP = "sweep"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRow:
    """`appeal` is the id that stood in the row when it was edited, "" when there was none.

    `at`: when it was edited, in epoch seconds, 0 where nobody knows.
    """

    appeal: str
    number: int
    has_reply: bool
    editor: str
    at: float


def edited_rows(event: Mapping[str, object]) -> list[EditedRow]:
    """The rows of an event, each once, in the order of the sheet. What is no row is left out."""
    listed, editor = event.get("appeals"), str(event.get("editor") or "").split("@")[0][:40]
    rows = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else []
    published = event.get(PUBLISHED)
    at = published if isinstance(published, float) else 0.0
    return list(dict.fromkeys(edited for row in rows if (edited := _edited_row(row, editor, at))))


def _edited_row(row: object, editor: str, at: float) -> EditedRow | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("row"), int) or row["row"] <= HEADER_ROW:
        return None
    appeal, edited = str(row.get("id", "")).strip(), row.get("edited")
    return EditedRow(
        appeal=appeal if ids.chat_of(appeal) is not None else "",
        number=row["row"],
        has_reply=isinstance(edited, Sequence) and "reply" in edited,
        editor=editor,
        at=at,
    )
