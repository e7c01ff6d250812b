"""Minutes in which nothing can be recorded, with Telegram's repetitions: in virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from shared.domain import texts
from shared.domain.appeals import Appeal
from shared.domain.incoming import Message, Press
from shared.ports import BotError, ChatGone, NeedsRepair, Say, Unavailable
from shared.usecases.memory import Memory
from shared.usecases.receive import receive
from tests import virtual_time
from tests.fakes import ADMIN, LOGO, FakeJournal, FakeMessenger, World
from tests.usecases.chat import Chat
from tests.virtual_time import LoopClock

OUTAGE_S = 150.0
PRESS_KEPT_S = 150.0
MESSAGE_KEPT_S = 24 * 3600.0
BROKEN = NeedsRepair("sheets: no column", place="вкладка «Обращения»", problem="нет столбца «Статус»")
FAULTS = ["503", "429", "hang", "slow"]


class FailingJournal(FakeJournal):
    """`fault`: how reads fail at the moment, "" when they do not."""

    fault = ""

    async def newest(self, chat: int) -> Appeal | None:
        await self._fail_slowly()
        return await super().newest(chat)

    async def find(self, appeal_id: str) -> Appeal | None:
        await self._fail_slowly()
        return await super().find(appeal_id)

    async def _fail_slowly(self) -> None:
        match self.fault:
            case "hang":
                await asyncio.Event().wait()
            case "slow":
                self.fault = "hang"
                await asyncio.sleep(24)
                raise Unavailable("sheets: ReadTimeout")
            case "503" | "429":
                await asyncio.sleep(0.5)
                raise Unavailable(f"sheets: {self.fault}")
            case "repair":
                raise BROKEN


def failing_chat() -> tuple[Chat, FailingJournal]:
    journal = FailingJournal()
    return Chat(World(clock=LoopClock(), journal=journal)), journal


async def delivered(chat: Chat, incoming: Message | Press, *, memory: Memory | None = None) -> bool:
    """Bring the update as Telegram does, until it is taken (True) or dropped (False)."""
    began, wait_s = chat.world.clock.now(), 2.0
    kept_s = PRESS_KEPT_S if isinstance(incoming, Press) else MESSAGE_KEPT_S
    while (now := chat.world.clock.now()) - began < kept_s:
        try:
            await chat.update(replace(incoming, arrived=now), memory=memory)
        except BotError as error:
            await asyncio.sleep(max(wait_s, getattr(error, "retry_after", None) or 0))
            wait_s = min(wait_s * 2, 60)
        else:
            return True
    return False


async def outage(journal: FailingJournal, fault: str) -> None:
    journal.fault = fault
    await asyncio.sleep(OUTAGE_S)
    journal.fault = ""


@pytest.mark.parametrize("fault", FAULTS)
def test_the_partner_is_told_within_a_minute_that_the_answer_is_late(fault: str) -> None:
    """Once, whatever fails and however; after the outage the message is answered, once."""

    async def main() -> None:
        chat, journal = failing_chat()
        over = asyncio.create_task(outage(journal, fault))
        await asyncio.sleep(0)
        asked = asyncio.create_task(delivered(chat, chat.written(LOGO.question)))
        await asyncio.sleep(60)
        assert chat.world.messenger.to(501) == [texts.LATE]
        await over
        assert await asked
        assert chat.world.messenger.to(501) == [texts.LATE, LOGO.answer]

    virtual_time.run(main())


class AnsweringSlowly(FakeMessenger):
    """Telegram sends a message at once and says so a second later."""

    async def say(self, message: Say) -> int:
        number = await super().say(message)
        await asyncio.sleep(1)
        return number


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notice_that_is_on_its_way_when_the_update_fails_is_the_only_one(fault: str) -> None:
    """What ends with the update is the waiting for Telegram, not what Telegram was given."""

    async def main() -> None:
        chat, journal = failing_chat()
        chat.world.messenger = AnsweringSlowly()
        over = asyncio.create_task(outage(journal, fault))
        await asyncio.sleep(0)
        asked = asyncio.create_task(delivered(chat, chat.written(LOGO.question)))
        await over
        assert chat.world.messenger.to(501) == [texts.LATE]
        assert await asked

    virtual_time.run(main())


def test_a_notice_that_did_not_leave_is_given_again() -> None:
    """Telegram was out of reach too: the message's next repetition tells."""

    async def main() -> None:
        chat, journal = failing_chat()
        chat.world.messenger.failing = [Unavailable("telegram: 502")]
        over = asyncio.create_task(outage(journal, "503"))
        await asyncio.sleep(0)
        asked = asyncio.create_task(delivered(chat, chat.written(LOGO.question)))
        await over
        assert chat.world.messenger.to(501) == [texts.LATE]
        assert await asked

    virtual_time.run(main())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_press_is_told_that_it_failed_before_telegram_drops_it(fault: str) -> None:
    """«Нажмите позже», once; the press is taken, and pressed later it works."""

    async def main() -> None:
        chat, journal = failing_chat()
        await chat.say(LOGO.question)
        appeal = await chat.appeal()
        before = len(chat.world.messenger.said)
        over = asyncio.create_task(outage(journal, fault))
        await asyncio.sleep(0)
        assert await delivered(chat, chat.pressed(f"call:{appeal.id}"))
        assert [say.text for say in chat.world.messenger.said[before:]] == [texts.PRESS_FAILED]
        await over
        assert await chat.press(f"call:{appeal.id}") == texts.handed_over(appeal.number)

    virtual_time.run(main())


async def test_a_press_that_needs_no_sheet_does_not_end_the_outage() -> None:
    """«Спросить иначе» is answered while the message waits: the partner is told of the same outage once."""
    chat = Chat()
    message = chat.written(LOGO.question)
    chat.world.journal.failing = Unavailable("sheets: 503")
    for _ in range(3):
        chat.world.clock.advance(30)
        with pytest.raises(Unavailable):
            await receive(chat.world.outside(), chat.memory, message)
        await chat.press("again:a501-1")
    assert chat.world.messenger.to(501).count(texts.LATE) == 1


def test_each_outage_of_a_chat_is_told() -> None:
    """What is answered in between ends the first one; another chat has its own."""

    async def main() -> None:
        chat, journal = failing_chat()
        for said in (LOGO.question, "А когда?"):
            over = asyncio.create_task(outage(journal, "503"))
            await asyncio.sleep(0)
            assert await delivered(chat, chat.written(said))
            await over
        assert chat.world.messenger.to(501).count(texts.LATE) == 2

    virtual_time.run(main())


def test_a_sheet_that_a_person_has_to_repair() -> None:
    """The partner and one admin hear it at once, once, also when two instances see it; it works after the repair."""

    async def main() -> None:
        chat, journal = failing_chat()
        await chat.say(LOGO.question)
        appeal = await chat.appeal()
        journal.fault = "repair"
        asked = asyncio.create_task(delivered(chat, chat.written("А когда?")))
        pressed = asyncio.create_task(delivered(chat, chat.pressed(f"call:{appeal.id}"), memory=chat.world.memory()))
        await asyncio.sleep(1)
        await chat.events()
        assert chat.world.messenger.to(501)[1:] == [texts.LATE, texts.PRESS_FAILED]
        assert await pressed
        await asyncio.sleep(300)
        await chat.events()
        [notice] = chat.world.messenger.to(ADMIN)
        assert "Вкладка «Обращения»: нет столбца «Статус»" in notice
        journal.fault = ""
        assert await asked
        assert chat.world.messenger.to(501)[-1] == texts.NO_ANSWER

    virtual_time.run(main())


async def test_the_admin_is_told_directly_where_publishing_fails() -> None:
    """Whoever sees it tells, and once."""
    chat = Chat()
    chat.world.journal.failing = BROKEN
    chat.world.events.failing = [Unavailable("pubsub: 503")]
    for _ in range(3):
        with pytest.raises(Unavailable):
            await chat.say(LOGO.question)
    assert len(chat.world.messenger.to(ADMIN)) == 1
    assert not chat.world.events.published


async def test_what_is_broken_is_told_once() -> None:
    """For each place and problem; an admin who could not be reached is told when the event comes again."""
    chat = Chat()
    event: dict[str, object] = {"kind": "sheets.broken", "place": "вкладка «Обращения»", "problem": "нет столбца «id»"}
    chat.world.messenger.failing = [Unavailable("telegram: 502")]
    with pytest.raises(Unavailable):
        await chat.event(event)
    for _ in range(3):
        await chat.event(event)
    await chat.event({**event, "problem": "столбец «id» стоит дважды"})
    assert len(chat.world.messenger.to(ADMIN)) == 2


async def test_what_the_bot_goes_on_without_is_told_again_when_it_stops_it() -> None:
    """An older copy helped one instance; another has none, and partners wait."""
    chat = Chat()
    event: dict[str, object] = {"kind": "sheets.broken", "place": "вкладка «Авторизация»", "problem": "нет столбца"}
    for goes_on in ({"goes_on": True}, {}, {"goes_on": True}, {}):
        await chat.event({**event, **goes_on})
    assert len(chat.world.messenger.to(ADMIN)) == 2


async def told_while_broken(chat: Chat, hours: float, *, every_s: float = 601) -> int:
    """The sheet stays broken for so long, and an update meets it again and again; returns how often the admin hears."""
    before, message = len(chat.world.messenger.to(ADMIN)), chat.written(LOGO.question)
    chat.world.journal.failing = BROKEN
    for _ in range(int(hours * 3600 / every_s)):
        with pytest.raises(Unavailable):
            await receive(chat.world.outside(), chat.memory, message)
        await chat.events()
        chat.world.clock.advance(every_s)
    chat.world.journal.failing = None
    return len(chat.world.messenger.to(ADMIN)) - before


@pytest.mark.parametrize("every_s", [120, 601, 3600])
async def test_what_stays_broken_is_told_once_a_day(every_s: float) -> None:
    """However often it is seen; on the second day it is told again, and what was repaired and broke anew at once."""
    chat = Chat()
    assert await told_while_broken(chat, 23, every_s=every_s) == 1
    assert await told_while_broken(chat, 3, every_s=every_s) == 1
    chat.world.clock.advance(4 * 3600)
    assert await told_while_broken(chat, 1, every_s=every_s) == 1


def old_message(chat: Chat, hours: float) -> Message:
    return replace(chat.written(LOGO.question), sent_at=int(chat.world.clock.now() - hours * 3600))


async def test_a_message_of_almost_a_day_is_not_dropped_in_silence() -> None:
    """The partner is asked to send it again, once, and Telegram need not bring it any more."""
    chat = Chat()
    chat.world.journal.failing = Unavailable("sheets: 503")
    message = old_message(chat, 23.1)
    assert await chat.update(message) == texts.SEND_AGAIN
    assert ("ERROR", "update_given_up", {"update": message.update}) in chat.world.log.lines


@pytest.mark.parametrize("slow", [True, False], ids=["its answer fails", "its notice fails"])
async def test_a_message_of_almost_a_day_that_is_recorded_is_not_asked_for_again(slow: bool) -> None:
    """Sent again it would stand in the row twice: the partner reads that the answer is late."""
    chat = Chat()
    message = replace(old_message(chat, 23.1), text=LOGO.question if slow else "Позовите менеджера")
    if slow:
        chat.world.messenger.failing = [Unavailable("telegram: 502")]
    else:
        chat.world.events.failing = [Unavailable("pubsub: 503")] * 2
    chat.world.clock.advance(30)
    with pytest.raises(Unavailable):
        await chat.update(message)
    assert chat.world.messenger.to(501) == [texts.LATE]


@pytest.mark.parametrize("hours", [22.9, 1_000, -5])
async def test_a_message_that_telegram_keeps_on_bringing_is_not_given_up(hours: float) -> None:
    """It has time left, or its date is not to be believed."""
    chat = Chat()
    chat.world.journal.failing = Unavailable("sheets: 503")
    with pytest.raises(Unavailable):
        await chat.update(old_message(chat, hours))
    assert texts.SEND_AGAIN not in chat.world.messenger.to(501)


async def test_a_message_is_given_up_only_when_its_partner_could_be_told() -> None:
    """Telegram does not take the notice: the message comes again."""
    chat = Chat()
    chat.world.journal.failing = Unavailable("sheets: 503")
    chat.world.messenger.gone[501] = ChatGone("blocked")
    with pytest.raises(Unavailable):
        await chat.update(old_message(chat, 23.5))


async def test_a_fault_of_ours_is_told_as_well() -> None:
    """Whatever keeps a message from being answered, its partner waits."""
    chat = Chat()

    async def broken(chat: int) -> Appeal | None:
        raise KeyError("x")

    chat.world.journal.newest = broken  # type: ignore[method-assign]
    message = chat.written(LOGO.question)
    for _ in range(2):
        chat.world.clock.advance(30)
        with pytest.raises(KeyError):
            await receive(chat.world.outside(), chat.memory, message)
    assert chat.world.messenger.to(501) == [texts.LATE]
