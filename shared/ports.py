"""What the use cases need of the outside, and how it fails.

BotError
├── Unavailable        a service is out of reach for now: answer 503, the update comes again
│   └── NeedsRepair    a sheet cannot be used until a person repairs it: an admin is told what and where
└── Refused            a service said no, and will say so again
    ├── ChatGone       the partner stopped the bot, or never started it
    └── RowConfused    a row's cells belong to different appeals: nothing is sent to anybody
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shared.domain.access import Partner
from shared.domain.appeals import Appeal, Change, NewAppeal
from shared.domain.events import Event
from shared.domain.history import Line
from shared.domain.knowledge import Entry
from shared.domain.preferences import Preferences
from shared.domain.problems import Problem
from shared.domain.promotions import Promotion
from shared.domain.trace import Trace


class BotError(Exception):
    """Everything that the outside can do to us. Messages hold no personal data and no secrets."""


class Unavailable(BotError):
    """`retry_after` in seconds, when the service said so."""

    def __init__(self, what: str, *, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


REPAIR_RETRY_S = 60.0


class NeedsRepair(Unavailable):
    """A tab or a workbook that nobody can work with until a person repairs it; works again by itself afterwards.

    Raised for a header (a column missing or twice), an append, a tab or a workbook that Google refuses, never for one
    row. `place` and `problem` are Russian texts for an admin, without personal data: where it is («вкладка
    «Обращения»»), and a plain sentence without a full stop on what is wrong («нет столбца «Статус»»).
    """

    def __init__(self, what: str, *, place: str, problem: str) -> None:
        super().__init__(what, retry_after=REPAIR_RETRY_S)
        self.place = place
        self.problem = problem


class Refused(BotError):
    """The request itself is wrong: a repetition is refused again."""


class ChatGone(Refused):
    """The partner blocked the bot, never started it, or deleted the account."""


class RowConfused(Refused):
    """The cells of the appeal's row belong to different appeals (`Appeal.is_confused`)."""


class Clock(Protocol):
    def now(self) -> float:
        """Epoch seconds."""

    def local(self) -> datetime:
        """The partners' local time, without a time zone, as the sheets hold it."""

    async def sleep(self, seconds: float) -> None: ...

    def timestamp(self, local: datetime) -> float:
        """Return the epoch seconds of a local time; the later ones where clocks were put back."""


class Journal(Protocol):
    """The Appeals sheet. Errors: Unavailable; RowConfused from `change`."""

    async def newest(self, chat: int) -> Appeal | None:
        """The appeal with the chat's newest id, with its history; confused when other cells of its row are not its."""

    async def all_of(self, chat: int) -> list[Appeal]:
        """The chat's appeals, newest first."""

    async def find(self, appeal_id: str) -> Appeal | None: ...

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        """Apply `change` to the row as it is, guarded, once. None when the row is gone.

        `seen`: the row as this journal gave it a moment ago. The first try is computed from it and saves a read; had
        the row changed since, the guard says so and it is read again.
        """

    async def open(self, draft: NewAppeal) -> Written:
        """Append the row exactly once; when it stands already it is given back as it is, unchanged."""

    async def flag_confused(self, row: int, receipt: str, *, read: Appeal | None = None) -> bool:
        """Marks a reply that will reach nobody, with this receipt beside it. False: there was nothing to mark.

        Such a reply stands in a row without an id, in a copy, or in a row whose halves were sorted apart.
        `read`: the appeal that the reply was meant for, as this journal gave it a moment ago. If that is what stands in
        the row, nothing is marked. If its own cells are confused, the reply may have been carried away: then all rows
        that hold its Telegram ID are looked at, too.
        """

    async def flag_sent(self, appeal: Appeal, receipt: str) -> None:
        """Write the receipt, and nothing else, beside a reply that was sent from a row that cannot be written now.

        The row's cells may have been sorted apart since: the receipt stands beside that reply, wherever it went.
        """

    async def summaries(self) -> list[RowSummary]:
        """Return every row with an appeal's id and a reply, a receipt or a waiting time, as it is now. One read."""

    async def traces(self, rows: Sequence[RowSummary]) -> dict[int, Trace | None]:
        """The technical cells by row number; no entry where another id stands by now, None for a cell of nobody's."""

    async def forget_marks(self) -> None:
        """Delete what keeps appends from being repeated, once it is one to two days old: nothing comes again then."""

    async def link(self, appeal_id: str) -> str | None:
        """The address of the row in the browser, where it stands now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The row after a change. `status_kept`: a person changed the status meanwhile, and it stands."""

    appeal: Appeal
    changed: bool
    status_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSummary:
    """Some cells of an appeal's row. `number`: the row's, from 1 with the header."""

    appeal: str
    number: int
    reply: str
    receipt: str
    status: str
    waiting_since: str


class Directory(Protocol):
    """The Authorisation sheet, cached five minutes, stale when Sheets fails."""

    async def partner_of(self, chat: int) -> Partner | None:
        """The authorised partner behind the chat."""

    async def matching(self, code: str, phone: str) -> Partner | None:
        """The row with this code and phone, read now and not from the cache."""

    async def authorise(self, partner: Partner, chat: int) -> bool:
        """Write status, Telegram ID and date into the partner's row and verify. False: another account has it."""

    async def free(self, chat: int, code: str) -> bool:
        """Clear status, Telegram ID and date of the account in a row with that code (given as its `code_mark`)."""

    async def watch(self) -> None:
        """Look at the sheet if it was not seen lately: what an import took is restored before it is forgotten.

        NeedsRepair also where partners are still known from an earlier read: nobody else would tell of it.
        """


class Knowledge(Protocol):
    async def entries(self) -> Sequence[Entry]: ...


class PreferencesSource(Protocol):
    """The tab «Настройки», cached five minutes."""

    async def current(self) -> Preferences:
        """Raises Unavailable where nothing was ever read and the sheet is out of reach."""

    def known(self) -> Preferences | None:
        """What was read last, however old, without a read; None before the first one."""


class Promotions(Protocol):
    async def all(self) -> list[Promotion]: ...


class Inspection(Protocol):
    """All sheets looked through for what a person has to mend. Errors: Unavailable."""

    async def problems(self) -> list[Problem]:
        """Read now, tab by tab, each from top to bottom."""


class Action(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    COURTESY = "courtesy"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the assistant decided. `sources` are ids of the entries that it was given."""

    action: Action
    text: str = ""
    sources: tuple[str, ...] = ()


class Assistant(Protocol):
    async def consider(
        self, question: str, *, chat: int, entries: Sequence[Entry], context: Sequence[Line], instructions: str = ""
    ) -> Verdict:
        """One verdict within the time that a partner waits. Never raises: what fails is a verdict to escalate.

        `context`: the lines of the appeal, newest first, as `Appeal.lines_by_role` gives them.
        `instructions`: what ops add to the assistant's rules.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Exactly one of `data` (a press comes back to the bot) and `web_app`."""

    text: str
    data: str = ""
    web_app: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A message to a chat. `preview`: whether Telegram may fetch the first link and show what it leads to."""

    chat: int
    text: str
    buttons: Keyboard = ()
    preview: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """A reaction to the partner's message."""

    chat: int
    message: int
    emoji: str


Answer = Say | React
"""What may go back in the body of the webhook's answer."""


class Messenger(Protocol):
    """Telegram. Errors: ChatGone, Refused, Unavailable."""

    async def say(self, message: Say) -> int:
        """Send; gives the new message's id."""

    async def typing(self, chat: int) -> None: ...

    async def username(self) -> str:
        """Return the bot's own username, without «@»."""

    async def press_seen(self, press_id: str) -> None:
        """Stop the button's spinner."""

    async def menu_button(self, chat: int, text: str, web_app: str) -> None:
        """The button beside the chat's input field opens the Mini App."""

    async def delete(self, chat: int, message: int) -> None: ...

    async def forward(self, chat: int, *, of: int, message: int) -> None:
        """Forward a message of the chat *of* to *chat*."""

    async def describe(self, text: str) -> None:
        """Set what an empty chat with the bot shows."""


class Events(Protocol):
    """Pub/Sub: what must happen later. Errors: Unavailable."""

    async def publish(self, kind: Event, content: Mapping[str, object]) -> None: ...


class Log(Protocol):
    """One JSON line per event."""

    def info(self, event: str, **details: object) -> None: ...

    def warning(self, event: str, **details: object) -> None: ...

    def error(self, event: str, **details: object) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who and what there is on the company's side. `link_secrets` sign the links to rows, the first one new links."""

    admins: tuple[int, ...]
    specialists_chat: int | None
    web_app_url: str
    public_url: str
    link_secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """All ports of one function, built once."""

    clock: Clock
    journal: Journal
    directory: Directory
    preferences: PreferencesSource
    knowledge: Knowledge
    promotions: Promotions
    inspection: Inspection
    assistant: Assistant
    messenger: Messenger
    events: Events
    log: Log
    office: Office
