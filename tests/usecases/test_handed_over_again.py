"""A hand-over that follows another closely is one of its own: the specialists are told of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.trace import Trace
from shared.ports import Unavailable
from tests.fakes import SPECIALISTS, FakeClock, World
from tests.usecases.chat import Chat

CALL = "Позовите менеджера"


def cancelled_after_the_read(chat: Chat) -> None:
    """The next message's row is read, then «Отменить вызов» is written by another instance."""
    read, other = chat.world.journal.newest, chat.world.memory()

    async def read_and_cancelled(of: int) -> Appeal | None:
        chat.world.journal.newest = read  # type: ignore[method-assign]
        found = await read(of)
        assert found is not None
        await chat.update(chat.pressed(f"cancel:{found.id}"), memory=other)
        chat.world.clock.advance(0.3)
        return found

    chat.world.journal.newest = read_and_cancelled  # type: ignore[method-assign, assignment]


async def test_a_message_written_into_a_row_that_was_just_cancelled_tells_the_specialists() -> None:
    """It was read as handed over, its write makes the hand-over anew: who writes it tells it."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    cancelled_after_the_read(chat)
    assert (await chat.say("И ещё макет")).endswith(texts.handed_over((await chat.appeal()).number))
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2


async def test_its_notice_that_could_not_be_published_is_published_again() -> None:
    """Pub/Sub fails just then: the repeated message publishes, as with every hand-over."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    cancelled_after_the_read(chat)
    chat.world.events.failing.append(Unavailable("pubsub: 503"))
    said = chat.written("И ещё макет")
    with pytest.raises(Unavailable):
        await chat.update(said)
    chat.world.clock.advance(2)
    assert await chat.update(replace(said, arrived=chat.world.clock.now())) == texts.handed_over(
        (await chat.appeal()).number
    )
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2


async def test_two_hand_overs_in_one_second_are_two() -> None:
    """«Ждёт с» is the same for both; the instants differ."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    await chat.press(f"cancel:{(await chat.appeal()).id}")
    chat.world.clock.advance(0.3)
    await chat.say(CALL)
    await chat.events()
    await chat.events_again()
    first, second = chat.world.events.published
    assert first["since"] == second["since"]
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2


async def in_the_repeated_hour() -> Chat:
    """Handed over at 2:30 summer time and answered, then called again at 2:10, forty minutes later."""
    clock = FakeClock(ZoneInfo("Europe/Berlin"))
    clock.at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
    chat = Chat(World(clock=clock))
    await chat.say(CALL)
    await chat.events()
    await chat.person(reply="Готово")
    clock.advance(40 * 60)
    await chat.press(f"call:{(await chat.appeal()).id}")
    return chat


async def test_the_second_hand_over_of_the_hour_that_comes_twice() -> None:
    """The clocks went back in between: the later one has the earlier local time, and is told."""
    chat = await in_the_repeated_hour()
    first, second = chat.world.events.published
    assert str(second["since"]) < str(first["since"])
    await chat.events()
    await chat.events_again()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2


async def test_the_same_words_typed_for_a_question_of_the_hour_that_comes_twice() -> None:
    """Asked at 2:50 summer time, typed at 2:05 winter time: fifteen minutes later, whatever the local times say."""
    clock = FakeClock(ZoneInfo("Europe/Berlin"))
    clock.at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
    chat = Chat(World(clock=clock))
    await chat.say(CALL)
    await chat.person(reply="Готово")
    clock.advance(20 * 60)
    appeal = await chat.appeal()
    await chat.press(f"call:{appeal.id}")
    row = {"id": appeal.id, "row": 2, "edited": ["reply"], "by_hand": True}
    before = len(chat.world.messenger.to(501))
    clock.advance(15 * 60)
    for published in (clock.now() - 16 * 60, clock.now()):
        await chat.event({"kind": "appeals.edited", "appeals": [row], "published": published})
    assert chat.world.messenger.to(501)[before:] == [texts.reply(appeal.number, "Готово")]


def of_an_earlier_version(trace: Trace) -> Trace:
    return trace.without("waits", "notice_at")


async def test_rows_and_events_of_an_earlier_version_are_told_once() -> None:
    """They have local times alone: a later one counts as a new hand-over, an equal or earlier one does not."""
    chat = Chat()
    await chat.say(CALL)
    appeal = await chat.appeal()
    chat.world.journal.rows[appeal.id] = replace(appeal, trace=of_an_earlier_version(appeal.known_trace))
    event: dict[str, object] = {"kind": "appeal.handed_over", "appeal": appeal.id, "since": appeal.waiting_since}
    for _ in range(2):
        await chat.event(event)
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1
    await chat.event({**event, "since": "2026-11-22 14:02:59"})
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1
    await chat.event({**event, "since": "2026-11-22 14:03:01", "since_ms": round(chat.world.clock.now() * 1000) + 1000})
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2


async def test_an_instant_counts_only_beside_its_own_time() -> None:
    """An earlier version handed over again and left the instant of before: the event carries none."""
    chat = Chat()
    await chat.say(CALL)
    await chat.events()
    appeal = await chat.appeal()
    chat.world.clock.advance(60)
    chat.world.journal.rows[appeal.id] = replace(appeal, waiting_since="2026-11-22 14:04:00")
    await chat.press(f"call:{appeal.id}")
    assert "since_ms" not in chat.world.events.published[-1]
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2
