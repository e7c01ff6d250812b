"""Two instances answer one chat: what the partner reads last agrees with the row."""

from __future__ import annotations

import asyncio
import random

import pytest

from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.incoming import Message, Press
from shared.domain.status import Status
from shared.ports import Say
from shared.usecases.receive import receive
from tests import virtual_time
from tests.fakes import LOGO
from tests.usecases.chat import Chat
from tests.usecases.slow_world import slow_world

ROUNDS = 1_000
MOST_EXCEPTIONS = 5
"""As measured with these seeds. Each is a press that found nothing to write («Отменить вызов» where no call was open):
it leaves nothing in the row by which the other instance could know of it, and its answer is as old as its read."""
CALL = "Позовите менеджера, макет не приходит"


class Instances:
    """Telegram brings messages one at a time and presses one at a time, each to one of two instances."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.world = slow_world(
            sheets=lambda: rng.uniform(0.1, 0.6),
            telegram=lambda: rng.uniform(0.03, 0.3) if rng.random() < 0.8 else rng.uniform(0.3, 1.5),
            model=lambda: rng.uniform(0.5, 3),
        )
        self.chat = Chat(self.world)
        self.memories = [self.world.memory(), self.world.memory()]
        self.queues = {Message: asyncio.Lock(), Press: asyncio.Lock()}

    async def bring(self, incoming: Message | Press, after: float) -> None:
        await asyncio.sleep(after)
        async with self.queues[type(incoming)]:
            answer = await receive(self.world.outside(), self.rng.choice(self.memories), incoming)
        if isinstance(answer, Say):
            await asyncio.sleep(self.rng.uniform(0.01, 0.1))
            self.world.messenger.said.append(answer)

    def any_update(self, appeal: Appeal) -> Message | Press:
        what = self.rng.choice([LOGO.question, CALL, "call", "cancel", "solved"])
        is_press = what in ("call", "cancel", "solved")
        return self.chat.pressed(f"{what}:{appeal.id}") if is_press else self.chat.written(what)


def agrees(said: str, rows: list[Appeal]) -> bool:
    """Does the text say what the appeal that it speaks of shows?"""
    row = next((row for row in rows if row.number in said), rows[0])
    if said in (texts.handed_over(row.number), texts.CALL_TOO_LATE, texts.STILL_WAITS):
        return row.is_with_people
    if said == texts.resolved(row.number):
        return row.is_resolved
    return row.status == Status.ANSWERED


async def one_round(rng: random.Random) -> str:
    """Return what is wrong in the end, "" if nothing is."""
    instances = Instances(rng)
    chat = instances.chat
    await instances.bring(chat.written(rng.choice([LOGO.question, CALL])), 0)
    appeal = await chat.appeal()
    await asyncio.sleep(60)
    updates = [(instances.any_update(appeal), rng.uniform(0, 1)) for _ in range(rng.randint(2, 4))]
    await asyncio.gather(*(instances.bring(incoming, after) for incoming, after in updates))
    last = instances.world.messenger.to(chat.chat)[-1]
    rows = await instances.world.journal.all_of(chat.chat)
    return "" if agrees(last, rows) else f"{last} | {[row.status for row in rows]}"


def test_what_is_said_last_agrees_with_the_row() -> None:
    """Messages and presses of one chat within a second, on either instance; exceptions are counted."""
    wrong = [found for seed in range(ROUNDS) if (found := virtual_time.run(one_round(random.Random(seed))))]
    assert len(wrong) <= MOST_EXCEPTIONS, wrong


def test_who_wrote_last_says_last() -> None:
    """«Не зовём» is under way for a second when the other instance hands over again: it waits, then says so."""

    async def main() -> None:
        slow = iter([0.8])
        world = slow_world(sheets=lambda: 0.1, telegram=lambda: next(slow, 0.05), model=lambda: 0)
        chat, other = Chat(world), world.memory()
        await chat.say(CALL)
        appeal = await chat.appeal()
        await asyncio.sleep(60)
        cancelled = asyncio.create_task(chat.update(chat.pressed(f"cancel:{appeal.id}")))
        await asyncio.sleep(0.3)
        answer = await receive(world.outside(), other, chat.written(CALL))
        assert isinstance(answer, Say)
        assert answer.text == texts.handed_over(appeal.number)
        assert cancelled.done()

    virtual_time.run(main())


@pytest.mark.parametrize(("later_s", "waits"), [(1.5, True), (2.5, False)])
def test_an_instance_waits_only_for_what_was_recorded_just_before(later_s: float, waits: bool) -> None:
    """Whoever recorded more than two seconds ago has spoken: the partner does not wait for nothing."""

    async def main() -> None:
        world = slow_world(sheets=lambda: 0.0, telegram=lambda: 0.0, model=lambda: 0.0)
        chat, other = Chat(world), world.memory()
        await chat.say(CALL)
        await asyncio.sleep(later_s)
        cancel = chat.pressed(f"cancel:{(await chat.appeal()).id}")
        assert await chat.update(cancel, memory=other) == texts.CALL_CANCELLED
        assert [event for _, event, _ in world.log.lines].count("waited_for_others") == waits

    virtual_time.run(main())
