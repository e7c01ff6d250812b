"""Partners, the bot and people at the same rows, in any order.

Two instances with a gateway each share the sheet. A person may act between the read and the write of any change.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.appeals import Appeal, Edit, NewAppeal
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Written
from tests.adapters.sheet_people import READ, sort
from tests.sheets import APPEALS, Sheets

CHATS = (501, 502, 503, 504)
BUTTON = {Status.ANSWERED: Status.HANDED_OVER, Status.HANDED_OVER: Status.ANSWERED}
"""«Позвать специалиста», «Отменить вызов»."""
SORTABLE = ("A", "D", "F", "H")
SORTS = st.builds(sort, by=st.sampled_from(SORTABLE), descending=st.booleans())
INSERTS = st.builds(
    lambda row: {"call": "insert-rows", "spreadsheet": APPEALS, "sheet": "Обращения", "row": row, "count": 1},
    st.integers(2, 5),
)


class Office(RuleBasedStateMachine):
    """`said`: by appeal the texts in the order in which they were recorded; `chosen`: the status that must stand."""

    sheets: Sheets

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.sheets.start_anew()
        self.instances: list[SheetJournal] = [self.sheets.journal(), self.sheets.journal()]
        self.numbers = itertools.count(1)
        self.said: dict[str, list[str]] = {}
        self.status: dict[str, Status] = {}

    def teardown(self) -> None:
        self.runner.close()

    @initialize()
    def four_partners_ask(self) -> None:
        for chat in CHATS:
            self.partner_opens(chat, 0, None)

    @rule(
        chat=st.sampled_from(CHATS), instance=st.integers(0, 1), meanwhile=st.one_of(st.none(), SORTS, SORTS, INSERTS)
    )
    def partner_opens(self, chat: int, instance: int, meanwhile: dict[str, Any] | None) -> None:
        number = next(self.numbers)
        appeal, text = f"a{chat}-{number}", f"вопрос {number}"
        self._between(meanwhile, instance)
        edit = self._edit(text, f"u{number}", Trace(), Status.ANSWERED)
        draft = NewAppeal(id=appeal, chat=chat, code=f"K{chat}", phone="+79", name=f"Имя {chat}", edit=edit)
        self._run(self.instances[instance].open(draft))
        self.said[appeal], self.status[appeal] = [text], Status.ANSWERED

    @rule(
        data=st.data(),
        instance=st.integers(0, 1),
        meanwhile=st.one_of(SORTS, SORTS, INSERTS, st.none()),
        hand_over=st.sampled_from([True, True, False]),
    )
    def bot_writes(self, data: Any, instance: int, meanwhile: dict[str, Any] | None, hand_over: bool) -> None:
        appeal = data.draw(st.sampled_from(sorted(self.said)))
        self._between(meanwhile, instance)
        written = self._run(self._write(appeal, instance, hand_over))
        assert not written.status_kept

    @rule(data=st.data(), hand_over=st.booleans())
    def both_instances_write(self, data: Any, hand_over: bool) -> None:
        appeal = data.draw(st.sampled_from(sorted(self.said)))
        other = data.draw(st.sampled_from(sorted(self.said)))

        async def both() -> None:
            await asyncio.gather(self._write(appeal, 0, hand_over), self._write(other, 1, False))

        before = {key: list(texts) for key, texts in self.said.items()}
        self._run(both())
        if appeal == other:
            self.said[appeal] = before[appeal] + self._order(appeal, len(before[appeal]))

    @rule(
        data=st.data(),
        status=st.sampled_from([Status.ANSWERED, Status.HANDED_OVER, Status.RESOLVED]),
        between=st.booleans(),
    )
    def person_chooses_a_status(self, data: Any, status: Status, between: bool) -> None:
        """Directly, or while the bot hands the same appeal over: the choice stands.

        Without a head the button is computed again from the row as it is then, choice and all.
        """
        appeal = data.draw(st.sampled_from(sorted(self.said)))
        row = self._run(self._row(appeal))
        edit = {"spreadsheet": APPEALS, "range": f"Обращения!F{row['row']}", "values": [[status.value]]}
        if between and status is not self.status[appeal] and row["Текст обращений"].startswith("№"):
            self._run(self.instances[0].find(appeal))
            self._between(edit, 0)
            self._run(self._write(appeal, 0, True))
        else:
            self._run(self.sheets.person("edit", **edit))
        self.status[appeal] = status

    @rule(data=st.data())
    def the_same_update_comes_again(self, data: Any) -> None:
        appeal = data.draw(st.sampled_from(sorted(self.said)))

        def change(row: Appeal) -> Edit | None:
            newest = row.known_trace.updates[-1]
            return None if row.has_seen(newest) else self._edit("ещё раз", newest, row.known_trace, None)

        written = self._run(self.instances[1].change(appeal, change))
        assert not written.changed

    @rule(how=st.one_of(SORTS, INSERTS))
    def person_rearranges(self, how: dict[str, Any]) -> None:
        body = {key: value for key, value in how.items() if key != "call"}
        self._run(self.sheets.person(how["call"], **body))

    @rule(data=st.data(), between=st.booleans())
    def person_takes_a_head_away(self, data: Any, between: bool) -> None:
        """Directly, or while the bot writes a line into the same row."""
        appeal = data.draw(st.sampled_from(sorted(self.said)))
        row = self._run(self._row(appeal))
        head, _, rest = row["Текст обращений"].partition("\n")
        if not head.startswith("№"):
            return
        edit = {"spreadsheet": APPEALS, "range": f"Обращения!E{row['row']}", "values": [[rest]]}
        if between:
            self._between(edit, 0)
            self._run(self._write(appeal, 0, True))
        else:
            self._run(self.sheets.person("edit", **edit))

    @rule(instance=st.integers(0, 1))
    def an_instance_is_replaced(self, instance: int) -> None:
        self.instances[instance] = self.sheets.journal()

    @invariant()
    def every_line_is_there_once_in_the_right_row(self) -> None:
        rows = {row["id"]: row for row in self._run(self.sheets.rows())}
        assert set(rows) == set(self.said)
        journal = self.sheets.journal()
        for appeal, texts in self.said.items():
            found = self._run(journal.find(appeal))
            assert found is not None
            assert [line.text for line in reversed(found.lines)] == texts
            assert rows[appeal]["Telegram ID"] == appeal[1:4]
            assert rows[appeal]["Статус"] == self.status[appeal]

    async def _write(self, appeal: str, instance: int, hand_over: bool) -> Written:
        self.sheets.clock.advance(1)
        number = next(self.numbers)
        update, text = f"u{number}", f"строка {number}"

        def change(row: Appeal) -> Edit | None:
            status = row.known_status
            return self._edit(text, update, row.known_trace, BUTTON.get(status) if hand_over and status else None)

        written = await self.instances[instance].change(appeal, change)
        assert isinstance(written, Written)
        self.said[appeal].append(text)
        if hand_over:
            self.status[appeal] = BUTTON.get(self.status[appeal], self.status[appeal])
        return written

    def _order(self, appeal: str, known: int) -> list[str]:
        """The order in which two lines of the same moment were recorded: both orders are right."""
        found = self._run(self.sheets.journal().find(appeal))
        new = [line.text for line in reversed(found.lines)][known:]
        assert sorted(new) == sorted(self.said[appeal][known:])
        return new

    async def _row(self, appeal: str) -> dict[str, str]:
        [row] = [row for row in await self.sheets.rows() if row["id"] == appeal]
        return row

    def _edit(self, text: str, update: str, trace: Trace, status: Status | None) -> Edit:
        at = self.sheets.clock.local()
        line = Line(at=at, author="Партнёр", text=text)
        return Edit(at=at, lines=(line,), status=status, trace=trace.saw(update))

    def _between(self, how: dict[str, Any] | None, instance: int) -> None:
        """The next read of the instance, which knows where the rows stand, is followed by a person."""
        self.sheets.faults.replace([])
        self._run(self.instances[instance].newest(CHATS[0]))
        if how:
            self.sheets.meanwhile(READ, **how)

    def _run(self, work: Any) -> Any:
        return self.runner.run(work)


def interleaved(office: type[Office], sheets: Sheets, *, examples: int) -> None:
    """So many days at this office, each a row of random steps."""
    run_state_machine_as_test(
        type(f"{office.__name__}OnSheets", (office,), {"sheets": sheets}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=16,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
