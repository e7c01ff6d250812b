"""How often a bot may write: 30 a second, 1 a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import pytest

from playground.kernel.clock import Clock
from playground.kernel.emulator import Emulator, Kernel
from playground.kernel.events import EventLog
from playground.kernel.settings import Settings
from playground.telegram import TelegramEmulator
from playground.telegram.chats.chat import Chat
from playground.telegram.chats.people import User
from playground.telegram.errors import ApiError
from playground.telegram.limits import Limits
from tests.playground.telegram.telegram_world import PARTNER, TOKEN, World

NOW = 1_800_000_000.0


def _partner(user_id: int = PARTNER) -> Chat:
    return Chat(id=user_id, user=User.invented(user_id))


def _wait(limits: Limits, chat: Chat, now: float) -> int:
    """0 when the message may go, else the seconds of `retry_after`."""
    try:
        limits.take(chat, now)
    except ApiError as error:
        return int((error.parameters or {})["retry_after"])
    return 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    """Three at once are tolerated, the fourth waits a second, and one a second may go on for ever."""
    limits, chat = Limits(), _partner()
    assert [_wait(limits, chat, NOW) for _ in range(4)] == [0, 0, 0, 1]
    assert _wait(limits, chat, NOW + 0.5) == 1
    assert [_wait(limits, chat, NOW + 1 + second) for second in range(60)] == [0] * 60


def test_thirty_a_second_overall() -> None:
    """The thirty-first message of a second is refused, to whomever it goes; a paced sender never is."""
    limits = Limits()
    assert [_wait(limits, _partner(user), NOW) for user in range(1, 32)] == [0] * 30 + [1]
    assert _wait(limits, _partner(99), NOW + 0.99) == 1
    assert [_wait(limits, _partner(100 + i), NOW + 1 + i / 25) for i in range(500)] == [0] * 500


def test_twenty_a_minute_in_a_group() -> None:
    """The twenty-first message of a minute waits until the first is a minute old, however close the others came."""
    limits, group = Limits(), Chat(id=-1001, title="Специалисты")
    assert [_wait(limits, group, NOW) for _ in range(21)] == [0] * 20 + [60]
    limits, group = Limits(), Chat(id=-1002, title="Специалисты")
    assert [_wait(limits, group, NOW + second) for second in range(20)] == [0] * 20
    assert _wait(limits, group, NOW + 20) == 40
    assert _wait(limits, group, NOW + 59) == 1
    assert _wait(limits, group, NOW + 60) == 0


def test_a_clock_moved_back_does_not_close_a_chat() -> None:
    """A person may set the clock to an earlier day: nothing stays refused because of it."""
    limits, chat = Limits(), _partner()
    assert [_wait(limits, chat, NOW) for _ in range(4)] == [0, 0, 0, 1]
    assert _wait(limits, _partner(2), NOW - 86_400) == 0
    assert _wait(limits, chat, NOW + 2) == 0


@pytest.fixture
def strict(started: World) -> World:
    started.kernel.settings.telegram_limits = True
    return started


async def test_the_refusal_is_telegrams(strict: World) -> None:
    """429 with `retry_after` in the body and beside it; edits count, actions, reactions and answers do not."""
    sent = [await strict.result("sendMessage", chat_id=PARTNER, text=str(n)) for n in range(3)]
    first = sent[0]["message_id"]
    assert await strict.call("editMessageText", chat_id=PARTNER, message_id=first, text="Иначе") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await strict.result("sendChatAction", chat_id=PARTNER, action="typing")
    await strict.result("setMessageReaction", chat_id=PARTNER, message_id=first, reaction=[])
    await strict.result("deleteMessage", chat_id=PARTNER, message_id=first)
    assert strict.telegram.refusals() == {429: 1}
    strict.kernel.clock.advance(1)
    await strict.result("sendMessage", chat_id=PARTNER, text="Теперь можно")


async def test_the_switch_turns_limits_off(strict: World) -> None:
    """Without `telegram_limits` everything goes."""
    strict.kernel.settings.telegram_limits = False
    for n in range(40):
        await strict.result("sendMessage", chat_id=PARTNER, text=str(n))


def test_bodies_of_injected_faults_are_telegrams() -> None:
    """A fault that answers 429 or 502 looks like Telegram's own."""
    clock = Clock()
    kernel = Kernel(clock=clock, events=EventLog(clock), settings=Settings(), base_url="http://127.0.0.1:8080")
    telegram: Emulator = TelegramEmulator(kernel, token=TOKEN)
    assert telegram.error_body(429) == (
        b'{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 5", '
        b'"parameters": {"retry_after": 5}}'
    )
    assert telegram.error_body(502) == b'{"ok": false, "error_code": 502, "description": "Bad Gateway"}'
