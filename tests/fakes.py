"""The ports in memory. Each fake keeps what it was asked to do; none is patched in by name."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from shared.domain import ids
from shared.domain.access import Partner, code_mark, e164, plain_code
from shared.domain.appeals import Appeal, Change, NewAppeal, edited, opened
from shared.domain.events import Event
from shared.domain.history import Line
from shared.domain.knowledge import Entry
from shared.domain.preferences import Preferences
from shared.domain.problems import Problem
from shared.domain.promotions import Promotion
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import (
    Action,
    BotError,
    Clock,
    Office,
    Outside,
    Refused,
    RowConfused,
    RowSummary,
    Say,
    Unavailable,
    Verdict,
    Written,
)
from shared.usecases.memory import Memory

LINK_SECRETS = ("of-this-year-0123456789", "of-last-year-0123456789")
MOSCOW = timezone(timedelta(hours=3))
START = datetime(2026, 11, 22, 14, 3, tzinfo=MOSCOW)


class FakeClock:
    def __init__(self, zone: tzinfo = MOSCOW) -> None:
        self.at = START.timestamp()
        self._zone = zone

    def now(self) -> float:
        return self.at

    def local(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC).astimezone(self._zone).replace(tzinfo=None)

    def timestamp(self, local: datetime) -> float:
        return local.replace(tzinfo=self._zone).timestamp()

    def advance(self, seconds: float) -> None:
        self.at += seconds

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)


class FakeJournal:
    """`before_write` runs between the read and the write of the next change, as a person does who is faster.

    `later`: the same for the change after it.

    `failing_writes`, `failing_opens`: so many of the next ones find the sheet out of reach.
    `slow`: others come between read and change.
    `protected`: "receipt", or the "row" but for its receipt; both for all of it. "flag": the receipt of a copy.
    `compared`: whose technical cells a sweep has read.
    """

    def __init__(self) -> None:
        self.rows: dict[str, Appeal] = {}
        self.failing: BotError | None = None
        self.failing_writes = 0
        self.failing_opens = 0
        self.slow = False
        self.full: set[str] = set()
        self.before_write: list[Callable[[], None]] = []
        self.later: list[Callable[[], None]] = []
        self.flagged: list[tuple[int, str]] = []
        self.compared: list[str] = []
        self.failing_marks: Exception | None = None
        self.protected: set[str] = set()
        self._tokens = (f"t{n:05d}" for n in itertools.count())

    async def newest(self, chat: int) -> Appeal | None:
        self._fail()
        if self.slow:
            await asyncio.sleep(0)
        return next(iter(self._of(chat)), None)

    async def all_of(self, chat: int) -> list[Appeal]:
        self._fail()
        return [row for row in self._of(chat) if row.chat == chat]

    async def find(self, appeal_id: str) -> Appeal | None:
        self._fail()
        found = self.rows.get(appeal_id)
        if self.slow:
            await asyncio.sleep(0)
        return found

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        self._fail()
        row = self.rows.get(appeal_id)
        if row is None:
            return None
        if row.chat != ids.chat_of(appeal_id):
            raise RowConfused("another Telegram ID")
        if seen and seen.known_trace.token == row.known_trace.token:
            row = seen  # people's edits leave the version as it is: the guard does not see them
        edit = change(row)
        if edit is None:
            return Written(appeal=row, changed=False)
        assert edit.status in (None, row.known_status) or row.may_become(edit.status), "not in the table of transitions"
        if edit.lines and appeal_id in self.full:
            raise Refused("Your input contains more than the maximum of 50000 characters in a single cell.")
        if "row" in self.protected or (edit.receipt is not None and "receipt" in self.protected):
            raise Refused("sheets: 400 You are trying to edit a protected cell or object.")
        if self.failing_writes:
            self.failing_writes -= 1
            raise Unavailable("sheets: 503")
        status_before = row.status
        while self.before_write:
            self.before_write.pop(0)()
        self.before_write, self.later = self.later, []
        after = edited(self.rows[appeal_id], edit, next(self._tokens))
        kept = self.rows[appeal_id].status != status_before
        if kept:
            after = replace(after, status=self.rows[appeal_id].status)
        self.rows[appeal_id] = after
        return Written(appeal=after, changed=True, status_kept=kept)

    async def open(self, draft: NewAppeal) -> Written:
        self._fail()
        if self.failing_opens:
            self.failing_opens -= 1
            raise Unavailable("sheets: 503")
        if draft.id in self.rows:
            return Written(appeal=self.rows[draft.id], changed=False)
        self.rows[draft.id] = opened(draft, next(self._tokens))
        return Written(appeal=self.rows[draft.id], changed=True)

    async def flag_confused(self, row: int, receipt: str, *, read: Appeal | None = None) -> bool:
        if read and not read.is_confused and read.reply.strip():
            return False
        if "flag" in self.protected:
            raise Refused("sheets: 400 You are trying to edit a protected cell or object.")
        self.flagged.append((row, receipt))
        return True

    async def flag_sent(self, appeal: Appeal, receipt: str) -> None:
        if "receipt" in self.protected:
            raise Refused("sheets: 400 You are trying to edit a protected cell or object.")
        self.flagged.append((0, receipt))
        row = self.rows[appeal.id]
        if row.chat == appeal.chat and row.reply.strip() == appeal.reply.strip():
            self.rows[appeal.id] = replace(row, receipt=receipt)

    async def summaries(self) -> list[RowSummary]:
        self._fail()
        return [
            RowSummary(
                appeal=row.id,
                number=number,
                reply=row.reply,
                receipt=row.receipt,
                status=row.status,
                waiting_since=row.waiting_since,
            )
            for number, row in enumerate(self.rows.values(), 2)
        ]

    async def traces(self, rows: Sequence[RowSummary]) -> dict[int, Trace | None]:
        self._fail()
        self.compared += [row.appeal for row in rows]
        return {row.number: self.rows[row.appeal].trace for row in rows}

    async def forget_marks(self) -> None:
        if self.failing_marks:
            raise self.failing_marks

    async def link(self, appeal_id: str) -> str | None:
        return f"https://docs.google.com/{appeal_id}" if appeal_id in self.rows else None

    def person_sets(
        self,
        appeal_id: str,
        *,
        status: str | None = None,
        reply: str | None = None,
        owner: str | None = None,
        waiting_since: str | None = None,
    ) -> None:
        typed = {"status": status, "reply": reply, "owner": owner, "waiting_since": waiting_since}
        cells = {cell: text for cell, text in typed.items() if text is not None}
        self.rows[appeal_id] = replace(self.rows[appeal_id], **cells)  # type: ignore[arg-type]

    def wiped(self, appeal_id: str) -> None:
        """A person emptied the technical cell."""
        self.rows[appeal_id] = replace(self.rows[appeal_id], trace=None)

    def half_sorted(self, appeal_id: str, *, status: Status) -> None:
        """The columns A to H of another partner's row stand there now."""
        self.rows[appeal_id] = replace(self.rows[appeal_id], chat=999, status=status, history="", reply="")

    def _of(self, chat: int) -> list[Appeal]:
        mine = [row for row in self.rows.values() if ids.chat_of(row.id) == chat]
        return sorted(mine, key=lambda row: ids.opening_order(row.id), reverse=True)

    def _fail(self) -> None:
        if self.failing:
            raise self.failing


class FakeDirectory:
    def __init__(self, partners: Sequence[Partner] = ()) -> None:
        self.partners = list(partners)
        self.failing: BotError | None = None
        self.watched = 0

    async def partner_of(self, chat: int) -> Partner | None:
        if self.failing:
            raise self.failing
        return next((p for p in self.partners if p.chat == chat and p.authorised), None)

    async def matching(self, code: str, phone: str) -> Partner | None:
        if self.failing:
            raise self.failing
        wanted = (plain_code(code), e164(phone))
        return next((p for p in self.partners if (plain_code(p.code), e164(p.phone)) == wanted), None)

    async def authorise(self, partner: Partner, chat: int) -> bool:
        if self.failing:
            raise self.failing
        row = await self.matching(partner.code, partner.phone)
        if row is None or row.chat not in (None, chat):
            return False
        self.forget(chat)
        self.partners = [replace(p, chat=chat, authorised=True) if _same(p, partner) else p for p in self.partners]
        return True

    async def free(self, chat: int, code: str) -> bool:
        if self.failing:
            raise self.failing
        held = [p for p in self.partners if p.chat == chat and code_mark(p.code) == code]
        self.partners = [replace(p, chat=None, authorised=False) if p in held else p for p in self.partners]
        return bool(held)

    def forget(self, chat: int) -> None:
        self.partners = [replace(p, chat=None, authorised=False) if p.chat == chat else p for p in self.partners]

    async def watch(self) -> None:
        if self.failing:
            raise self.failing
        self.watched += 1


def _same(one: Partner, other: Partner) -> bool:
    return (one.code, one.phone) == (other.code, other.phone)


@dataclass
class FakePreferences:
    said: Preferences = field(default_factory=Preferences)

    failing: BotError | None = None

    async def current(self) -> Preferences:
        if self.failing:
            raise self.failing
        return self.said

    def known(self) -> Preferences | None:
        return None if self.failing else self.said


@dataclass
class FakeKnowledge:
    listed: list[Entry] = field(default_factory=list)

    async def entries(self) -> Sequence[Entry]:
        return self.listed


@dataclass
class FakePromotions:
    listed: list[Promotion] = field(default_factory=list)

    async def all(self) -> list[Promotion]:
        return self.listed


@dataclass
class FakeInspection:
    found: list[Problem] = field(default_factory=list)
    failing: BotError | None = None
    looked: int = 0

    async def problems(self) -> list[Problem]:
        self.looked += 1
        if self.failing:
            raise self.failing
        return self.found


@dataclass
class FakeAssistant:
    """Answers with what is queued, else from the entries word for word."""

    verdicts: list[Verdict] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    instructed: list[str] = field(default_factory=list)

    async def consider(
        self, question: str, *, chat: int, entries: Sequence[Entry], context: Sequence[Line], instructions: str = ""
    ) -> Verdict:
        self.asked.append(question)
        self.instructed.append(instructions)
        if self.verdicts:
            return self.verdicts.pop(0)
        for entry in entries:
            if entry.question.casefold() == question.casefold():
                return Verdict(action=Action.ANSWER, text=entry.answer, sources=(entry.id,))
        return Verdict(action=Action.ANSWER)


class FakeMessenger:
    """`gone`: chats that stopped the bot. `failing`: raised once by the next message."""

    def __init__(self) -> None:
        self.said: list[Say] = []
        self.deleted: list[tuple[int, int]] = []
        self.menus: list[tuple[int, str]] = []
        self.forwarded: list[tuple[int, int, int]] = []
        self.description = ""
        self.gone: dict[int, Exception] = {}
        self.failing: list[BotError] = []
        self._numbers = itertools.count(1)

    async def say(self, message: Say) -> int:
        if message.chat in self.gone:
            raise self.gone[message.chat]
        if self.failing:
            raise self.failing.pop(0)
        self.said.append(message)
        return next(self._numbers)

    async def forward(self, chat: int, *, of: int, message: int) -> None:
        self.forwarded.append((chat, of, message))

    async def describe(self, text: str) -> None:
        self.description = text

    async def typing(self, chat: int) -> None:
        return None

    async def username(self) -> str:
        return "marketing_bot"

    async def press_seen(self, press_id: str) -> None:
        return None

    async def menu_button(self, chat: int, text: str, web_app: str) -> None:
        self.menus.append((chat, web_app))

    async def delete(self, chat: int, message: int) -> None:
        self.deleted.append((chat, message))

    def to(self, chat: int) -> list[str]:
        return [message.text for message in self.said if message.chat == chat]


class FakeEvents:
    def __init__(self) -> None:
        self.published: list[dict[str, object]] = []
        self.failing: list[BotError] = []

    async def publish(self, kind: Event, content: Mapping[str, object]) -> None:
        if self.failing:
            raise self.failing.pop(0)
        self.published.append({"kind": kind, **content})


@dataclass
class FakeLog:
    lines: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)

    def info(self, event: str, **details: object) -> None:
        self.lines.append(("INFO", event, details))

    def warning(self, event: str, **details: object) -> None:
        self.lines.append(("WARNING", event, details))

    def error(self, event: str, **details: object) -> None:
        self.lines.append(("ERROR", event, details))


ANNA = Partner(code="00123", phone="+79123456789", name="Белова Анна Петровна", authorised=True, chat=501)
BORIS = Partner(code="00777", phone="+79990001122", name="Орлов Борис Ильич")
LOGO = Entry(id="kb-1", question="Где взять логотип?", answer="Логотипы лежат в кабинете.")
ADMIN, SPECIALISTS = 900, -1001


@dataclass
class World:
    """A function's outside, all of it fake, with handles on each fake."""

    clock: FakeClock = field(default_factory=FakeClock)
    journal: FakeJournal = field(default_factory=FakeJournal)
    directory: FakeDirectory = field(default_factory=lambda: FakeDirectory([ANNA, BORIS]))
    preferences: FakePreferences = field(default_factory=FakePreferences)
    knowledge: FakeKnowledge = field(default_factory=lambda: FakeKnowledge([LOGO]))
    promotions: FakePromotions = field(default_factory=FakePromotions)
    inspection: FakeInspection = field(default_factory=FakeInspection)
    assistant: FakeAssistant = field(default_factory=FakeAssistant)
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    events: FakeEvents = field(default_factory=FakeEvents)
    log: FakeLog = field(default_factory=FakeLog)
    specialists_chat: int | None = SPECIALISTS
    admins: tuple[int, ...] = (ADMIN,)

    def outside(self) -> Outside:
        office = Office(
            admins=self.admins,
            specialists_chat=self.specialists_chat,
            web_app_url="https://partners.example/index.html",
            public_url="https://bot.example",
            link_secrets=LINK_SECRETS,
        )
        return Outside(
            clock=self.clock,
            journal=self.journal,
            directory=self.directory,
            preferences=self.preferences,
            knowledge=self.knowledge,
            promotions=self.promotions,
            inspection=self.inspection,
            assistant=self.assistant,
            messenger=self.messenger,
            events=self.events,
            log=self.log,
            office=office,
        )

    def memory(self) -> Memory:
        clock: Clock = self.clock
        return Memory.fresh(clock)
