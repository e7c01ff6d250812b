"""An appeal: one row of the Appeals sheet, and what may be done to it.

An edit is computed from the row as it is, so that it can be computed again when somebody was faster.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import history, ids
from shared.domain.archive import Cut
from shared.domain.authors import specialists
from shared.domain.history import Author, Line
from shared.domain.status import TRANSITIONS, WITH_PEOPLE, Status, parse_status, shown_to_partner
from shared.domain.trace import Trace

NOTHING = "—"
"""What the bot's own cells hold while they have nothing to say: an empty cell cannot be guarded."""

UPDATED = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True, eq=False)
class Appeal:
    """A row as it was read. `status` is the cell as shown, whoever wrote it; `history` is "" where it was not read."""

    id: str
    chat: int
    code: str
    phone: str
    name: str
    history: str
    status: str
    reply: str = ""
    receipt: str = NOTHING
    question: str = NOTHING
    waiting_since: str = NOTHING
    updated: str = ""
    owner: str = ""
    trace: Trace | None = None

    @property
    def number(self) -> str:
        return ids.number_of(self.id)

    @property
    def is_confused(self) -> bool:
        """Its cells belong to different appeals: some of the columns were sorted, or pasted over."""
        numbers = (history.number_of(self.history), history.number_of(self.known_trace.head))
        return not self.fits_its_chat or any(number not in (None, self.number) for number in numbers)

    @property
    def fits_its_chat(self) -> bool:
        """Do id and Telegram ID name the same partner?"""
        return ids.chat_of(self.id) == self.chat

    @property
    def known_status(self) -> Status | None:
        return parse_status(self.status)

    @property
    def shown_status(self) -> str:
        """The status in the words for its partner."""
        return shown_to_partner(self.known_status)

    @property
    def is_resolved(self) -> bool:
        return self.known_status is Status.RESOLVED

    def may_become(self, status: Status) -> bool:
        """A status that is none of ours is a person's, who is free to go on from it."""
        return self.known_status is None or status in TRANSITIONS[self.known_status]

    @property
    def is_with_people(self) -> bool:
        """Specialists have it: the assistant is silent. An unknown status counts as a person's will."""
        return self.known_status is None or self.known_status in WITH_PEOPLE

    @property
    def was_with_people(self) -> bool:
        """Did specialists have it when the bot wrote last? All that is known of a confused row."""
        status = self.known_trace.status
        return bool(status.strip()) and (parse_status(status) is None or parse_status(status) in WITH_PEOPLE)

    @property
    def lines(self) -> tuple[Line, ...]:
        return history.parse(self.history)

    @property
    def lines_by_role(self) -> tuple[Line, ...]:
        return history.by_role(self.lines, self.partner_names())

    @property
    def asked_last(self) -> str:
        """What the partner said last, "" when nobody knows."""
        names = self.partner_names()
        return next((line.text for line in self.lines if line.author in names), "")

    @property
    def partner(self) -> str:
        """The partner as the author of a line."""
        return history.partner_name(self.name)

    def partner_names(self) -> frozenset[str]:
        """The name in the row, and the one under which the appeal was opened: people correct names."""
        opener = history.opener(self.history)
        others = {*Author, history.author_name(self.owner), *specialists(self.known_trace)} - {Author.PARTNER}
        return frozenset({self.partner} | ({opener} if opener and opener not in others else set()))

    @property
    def known_trace(self) -> Trace:
        return self.trace or Trace()

    def has_seen(self, update: str, *, not_before: float = 0.0, written: float = float("inf")) -> bool:
        """Return whether the update is recorded in the row; see `Trace.has_seen`."""
        return self.known_trace.has_seen(update, not_before=not_before, written=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a write does to a row. None and empty mean: leave that cell alone."""

    at: datetime
    lines: tuple[Line, ...] = ()
    status: Status | None = None
    receipt: str | None = None
    question: str | None = None
    waiting_since: str | None = None
    trace: Trace


Change = Callable[[Appeal], Edit | None]
"""Pure: may be called again with a newer row. None means that nothing is to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAppeal:
    """A row to be appended; what is said in it comes from the edit."""

    id: str
    chat: int
    code: str
    phone: str
    name: str
    edit: Edit


def edited(appeal: Appeal, edit: Edit, token: str) -> Appeal:
    """The row after the edit, under its new token."""
    head = history.head(number=appeal.number, at=edit.at, token=token)
    status = edit.status.value if edit.status else appeal.status
    top = history.on_top(head, edit.lines)
    below = appeal.history
    if old := history.head_of(below):
        below = below.removeprefix(old).removeprefix("\n")
    cell = f"{top}\n{below}" if below else top
    before = appeal.known_trace
    length = history.size(cell) if appeal.history else before.length - len(before.head) + history.size(top)
    line = edit.trace.line
    if edit.trace.updates[-1:] != before.updates[-1:]:
        line = history.print_of(edit.lines[0]) if edit.lines else ""
    return replace(
        appeal,
        history=cell,
        status=status,
        receipt=appeal.receipt if edit.receipt is None else edit.receipt,
        question=appeal.question if edit.question is None else edit.question,
        waiting_since=appeal.waiting_since if edit.waiting_since is None else edit.waiting_since,
        updated=edit.at.strftime(UPDATED),
        trace=replace(edit.trace, token=token, head=head, status=status, length=length, line=line),
    )


def without_oldest(appeal: Appeal, piece: Cut) -> Appeal:
    """The row when its oldest lines have moved to the archive."""
    cell = f"{piece.kept}\n{piece.note}"
    return replace(appeal, history=cell, trace=replace(appeal.known_trace, length=history.size(cell)))


def opened(draft: NewAppeal, token: str) -> Appeal:
    """The row that a draft becomes."""
    blank = Appeal(
        id=draft.id,
        chat=draft.chat,
        code=draft.code,
        phone=draft.phone,
        name=draft.name,
        history="",
        status=Status.NEW.value,
    )
    return edited(blank, draft.edit, token)
