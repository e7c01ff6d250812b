"""The technical cell: which updates a row has seen, and what was answered.

    v1 x7f3k2 {"h":"№ 7K3Q · 22.11.2026 14:03 · x7f3k2","n":812,"s":"Ответ ИИ","u":["810001"],"r":{…}}

It starts with `v1 ` so that it stays text in any cell, and holds the same token as the history's head line, and that
line itself and the length of its cell: a write needs both, and need not read a long history for them. The status is
the one of that write: what is left to go by when half of the columns were sorted away from the others. The print of the
line that the newest update brought tells whether it arrived in the history too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from shared.domain import history

KEPT_UPDATES = 20
KEPT_TIMES = 3
CLOCKS_DIFFER_S = 5.0
"""So much may the clock of whoever recorded an update be behind Telegram's."""
_CELL = re.compile(r"v1 (?P<token>[0-9a-z]{6}) (?P<json>\{.*\})", re.DOTALL)


class Under(StrEnum):
    """Which buttons stand under a reply."""

    NOTHING = "n"
    CALL = "c"
    OFFER = "o"
    CANCEL = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The newest reply as sent: repeated when its update comes again. `choices`: ids of entries on its buttons."""

    update: str
    text: str
    under: Under
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    token: str = ""
    head: str = ""
    status: str = ""
    length: int = 0
    updates: tuple[str, ...] = ()
    seen_at: Mapping[str, float] = field(default_factory=dict)
    """When the newest updates were taken up, in epoch seconds."""
    messages: Mapping[str, int] = field(default_factory=dict)
    """The ids of the messages that the updates brought, never falling: of an older message a later update has more."""
    line: str = ""
    """The print of the line that the newest update brought."""
    sent: Sent | None = None
    delivered: Mapping[str, str] = field(default_factory=dict)
    """What was done for the specialists' side: a name («reply», «notice», «resolved») and what it was done for."""

    def has_seen(self, update: str, *, not_before: float = 0.0, written: float = float("inf")) -> bool:
        """Return whether the update was recorded here, by an id that may not be unique.

        `not_before`: when the update was made at the earliest. What was recorded before that is an update of another
        bot, whose ids happen to be the same. `written`: when the row was written last. Both in epoch seconds.
        """
        return update in self.updates and self._latest_time_of(update, written) >= not_before - CLOCKS_DIFFER_S

    def _latest_time_of(self, update: str, written: float) -> float:
        """Return when the update was recorded, or else a time before which it was: later updates stand behind it."""
        since = self.updates[self.updates.index(update) :]
        return next((self.seen_at[later] for later in since if later in self.seen_at), written)

    def holds(self, other: Trace) -> bool:
        """Is what `other` did last among what was done here?"""
        newest = all(self.has_seen(update, not_before=other.seen_at.get(update, 0.0)) for update in other.updates[-1:])
        return newest and other.delivered.items() <= self.delivered.items()

    def saw(self, update: str, sent: Sent | None = None, *, at: float = 0.0, message: int = 0) -> Trace:
        """Return the trace with the update as its newest, and `sent` as its reply; without one the last reply stays.

        `message`: the id of the message that the update brought, 0 for a press that asks nothing.
        """
        # A reply under the same update id answered another bot's update: it must not be sent again for this one.
        last = None if self.reply_to(update) else self.sent
        updates = (*(u for u in self.updates if u != update), update)[-KEPT_UPDATES:]
        seen_at = {known: self.seen_at[known] for known in updates if known in self.seen_at} | {update: at}
        newest = dict(list(seen_at.items())[-KEPT_TIMES:])
        brought = {known: self.messages[known] for known in updates if known in self.messages}
        if message:
            brought |= {update: max(message, *brought.values(), 0)}
        return replace(self, updates=updates, seen_at=newest, messages=brought, sent=sent or last)

    def came_after(self, update: str, message: int, sent_at: int) -> bool:
        """Return whether a message that is recorded here came after another one, with id *message*, was sent.

        `sent_at`: when that was, in epoch seconds, 0 when unknown: a new bot begins its ids anew.
        """
        later = message > 0 and self.messages.get(update, 0) >= message
        return later and self._latest_time_of(update, float("inf")) >= sent_at - CLOCKS_DIFFER_S

    def count_after(self, message: int, sent_at: int) -> int:
        """Return how many of the recorded messages came after that one (`came_after`)."""
        return sum(self.came_after(update, message, sent_at) for update in self.messages)

    def reply_to(self, update: str) -> Sent | None:
        return self.sent if self.sent and self.sent.update == update else None

    def took_up_after(self, update: str, arrived: float) -> bool:
        """Was the update recorded by somebody who was at work on it when it arrived here as well?"""
        return self.seen_at.get(update, float("-inf")) >= arrived

    def borne_out_by(self, cell: str) -> Trace:
        """As far as the history beside it has what this says.

        A write may have met the technical cell alone, and have been cut off before that was taken back: its update has
        no line then, and counts as not seen. The head's token is proof enough where it stands.
        """
        head = history.head_of(cell)
        stands = head is not None and history.token_of(head) == self.token
        if stands or not self.line or history.has_print(cell, self.line):
            return self
        sent = self.sent if self.sent and self.sent.update != self.updates[-1] else None
        return replace(self, updates=self.updates[:-1], line="", sent=sent)

    def noted(self, name: str, value: str) -> Trace:
        return replace(self, delivered={**self.delivered, name: value})

    def without(self, *names: str) -> Trace:
        return replace(self, delivered={name: value for name, value in self.delivered.items() if name not in names})

    def written(self) -> str:
        content: dict[str, object] = {"h": self.head, "n": self.length, "s": self.status, "u": self.updates}
        if self.seen_at:
            content["a"] = {update: round(at * 1000) for update, at in self.seen_at.items()}
        if self.messages:
            content["m"] = dict(self.messages)
        if self.line:
            content["l"] = self.line
        if self.sent:
            choices = {"o": self.sent.choices} if self.sent.choices else {}
            content["r"] = {"u": self.sent.update, "t": self.sent.text, "b": self.sent.under.value, **choices}
        if self.delivered:
            content["d"] = dict(self.delivered)
        return f"v1 {self.token} {json.dumps(content, ensure_ascii=False, separators=(',', ':'))}"


def parse_trace(cell: str) -> Trace | None:
    """The trace of a cell; None when it was wiped or is not ours."""
    found = _CELL.fullmatch(cell.strip())
    if not found:
        return None
    try:
        content = json.loads(found["json"])
        sent = content.get("r")
        return Trace(
            token=found["token"],
            head=str(content.get("h", "")),
            status=str(content.get("s", "")),
            length=int(content.get("n", 0)),
            updates=tuple(str(update) for update in content.get("u", ())),
            seen_at={str(update): int(at) / 1000 for update, at in content.get("a", {}).items()},
            messages={str(update): int(message) for update, message in content.get("m", {}).items()},
            line=str(content.get("l", "")),
            sent=_sent(sent) if sent else None,
            delivered={str(k): str(v) for k, v in content.get("d", {}).items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _sent(content: Mapping[str, object]) -> Sent:
    choices = content.get("o", ())
    return Sent(
        update=str(content["u"]),
        text=str(content["t"]),
        under=Under(str(content["b"])),
        choices=tuple(map(str, choices)) if isinstance(choices, list) else (),
    )
