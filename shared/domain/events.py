"""What is said through Pub/Sub. An event says "look there", never what stands there.

{"kind": "appeals.edited", "editor": "anna@…",
 "appeals": [{"id": "a501-12-1795345380", "row": 7, "edited": ["reply"], "by_hand": true, "print": "f3546f3d"}]}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.domain import ids

HEADER_ROW = 1
PUBLISHED = "published"
"""When an event was published, in epoch seconds: whoever receives it adds that."""
TYPED = "typed"
"""When its rows were edited, in epoch seconds, in an event that was published anew for one of its rows."""

SINCE_MS = "since_ms"
"""When the hand-over of HANDED_OVER was made, in epoch milliseconds; `since` is the same as the sheet shows it."""


_PROGRAMS = "gserviceaccount.com"
"""The host of service accounts, the bot's own among them."""


class Event(StrEnum):
    """`kind` of an event. Apps Script publishes EDITED, the scheduler's jobs SWEEP and DAILY, an admin CHECK."""

    EDITED = "appeals.edited"
    HANDED_OVER = "appeal.handed_over"
    IMPORTED = "partners.imported"
    BROKEN = "sheets.broken"
    SWEEP = "sweep"
    DAILY = "daily"
    CHECK = "sheets.check"
    STRANGER = "stranger.asks"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRow:
    """`appeal` is the id that stood in the row when it was edited, "" when there was none.

    `edited`: which columns, by their names in the event. `status`: what was chosen then, None where it was not edited.
    `at`: when it was edited, in epoch seconds, 0 where nobody knows. `swept`: no event told of it, the sweep found it.
    `by_hand`: a person typed into this one cell what it held then. False where nobody knows: after a paste, in an event
    of an earlier script. A sort between edit and event makes the event name another row, whose cell did not change.
    `typed_print`: the `typed_print` of the reply that the editor typed, "" where nobody knows.
    """

    appeal: str
    number: int
    edited: tuple[str, ...]
    editor: str
    at: float
    status: str | None = None
    swept: bool = False
    by_hand: bool = False
    typed_print: str = ""

    @property
    def has_reply(self) -> bool:
        """Was the reply typed now, and not only found beside another edit?"""
        return "reply" in self.edited

    def author_of(self, reply: str) -> str:
        """Return the editor's name if the editor typed this reply, "" for another one's and where nobody knows.

        An earlier script tells no print: who edited the reply cell then counts as who typed what is in it.
        """
        return self.editor if self.has_reply and self.typed_print in ("", typed_print(reply)) else ""


def event_of(row: EditedRow) -> dict[str, object]:
    """Return the content of an event about this row alone, as old as the edit."""
    chosen = {} if row.status is None else {"status": row.status}
    by_hand = {"by_hand": True} if row.by_hand else {}
    typed = {"print": row.typed_print} if row.typed_print else {}
    listed = {"id": row.appeal, "row": row.number, "edited": list(row.edited), **by_hand, **typed, **chosen}
    return {"appeals": [listed], "editor": row.editor, TYPED: row.at}


def edited_rows(event: Mapping[str, object]) -> list[EditedRow]:
    """The rows of an event, each once, in the order of the sheet. What is no row is left out."""
    listed, editor = event.get("appeals"), _name(str(event.get("editor") or ""))
    rows = listed if isinstance(listed, Sequence) and not isinstance(listed, str) else []
    at = next((float(at) for at in (event.get(TYPED), event.get(PUBLISHED)) if isinstance(at, (int, float))), 0.0)
    return list(dict.fromkeys(edited for row in rows if (edited := _edited_row(row, editor, at))))


def typed_print(reply: str) -> str:
    """Return a short hash of a reply, as the sheet's script computes it: FNV-1a of its UTF-16 units, 32 bits."""
    units, value = reply.strip().encode("utf-16-le", "surrogatepass"), 0x811C9DC5
    for at in range(0, len(units), 2):
        value = (value ^ int.from_bytes(units[at : at + 2], "little")) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


def _name(address: str) -> str:
    """Return what is shown of an editor: the address without its host, nothing of a program."""
    name, _, host = address.partition("@")
    return "" if host.casefold().endswith(_PROGRAMS) else name[:40]


def _edited_row(row: object, editor: str, at: float) -> EditedRow | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("row"), int) or row["row"] <= HEADER_ROW:
        return None
    appeal, edited, status = str(row.get("id", "")).strip(), row.get("edited"), row.get("status")
    columns = edited if isinstance(edited, Sequence) and not isinstance(edited, str) else ()
    return EditedRow(
        appeal=appeal if ids.chat_of(appeal) is not None else "",
        number=row["row"],
        edited=tuple(str(column) for column in columns),
        editor=editor,
        at=at,
        status=status if isinstance(status, str) else None,
        by_hand=row.get("by_hand") is True,
        typed_print=str(row.get("print", "")),
    )
