"""What a messenger is: the same for the fake and for the real one on the Telegram emulator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from playground.kernel.emulator import Kernel
from playground.kernel.server import free_port, serving
from playground.telegram import TelegramEmulator
from shared.adapters.telegram import messenger as real
from shared.adapters.telegram.pace import SendPace
from shared.domain import texts
from shared.domain.preferences import CONTACT_LIMIT
from shared.ports import BotError, Button, ChatGone, Messenger, Refused, Say, Unavailable
from tests.fakes import FakeMessenger

TOKEN = "123456789:" + "A" * 35
ANNA, BLOCKER, VERA, OLEG = 501, 502, 503, 504


@dataclass
class Sending:
    """A messenger, and what arrived in a chat."""

    messenger: Messenger
    texts: Callable[[int], list[str]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    port = free_port()
    kernel = Kernel.fresh(f"http://127.0.0.1:{port}")
    emulator = TelegramEmulator(kernel, token=TOKEN, bot_username="marketing_bot")
    emulator.know_user(ANNA, first_name="Анна", started=True)
    emulator.know_user(VERA, first_name="Вера", started=True)
    emulator.know_user(OLEG, first_name="Олег", started=True)
    emulator.know_user(BLOCKER, first_name="Борис", started=True)
    with serving(Starlette(routes=[Mount("/telegram", app=emulator.app)]), port=port) as address:
        httpx2.post(f"{address}/telegram/users/{BLOCKER}/block", trust_env=False).raise_for_status()
        yield address


@pytest.fixture(params=["fake", "emulator"])
async def sending(request: pytest.FixtureRequest, url: str) -> AsyncIterator[Sending]:
    if request.param == "fake":
        fake = FakeMessenger()
        fake.gone = {BLOCKER: ChatGone("blocked"), 999: ChatGone("unknown")}
        yield Sending(fake, fake.to)
        return
    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"))

    def texts(chat: int) -> list[str]:
        seen: list[dict[str, Any]] = httpx2.get(f"{url}/telegram/users/{chat}/messages", trust_env=False).json()
        return [message["text"] for message in seen if message["from"] == "bot"]

    yield Sending(made, texts)
    await made.close()


async def test_a_message_arrives_as_it_was_written(sending: Sending) -> None:
    """Any text, with buttons of each kind; the number of the message comes back."""
    text = "_*[]()~`>#+-=|{}.! <b>&amp; 🙂 \nвторая строка"
    row = (
        Button(text="Позвать", data="call:a501-1"),
        Button(text="Открыть", web_app="https://partners.example/index.html"),
    )
    number = await sending.messenger.say(Say(chat=ANNA, text=text, buttons=(row,)))
    assert number > 0
    assert sending.texts(ANNA)[-1] == text


async def test_the_bot_knows_its_own_name(sending: Sending) -> None:
    """Without «@»; a command may be for another bot."""
    assert await sending.messenger.username() == "marketing_bot"


async def test_typing_reaches_telegram(url: str) -> None:
    """A partner who blocked the bot is gone for «печатает…» as well."""
    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"))
    await made.typing(ANNA)
    with pytest.raises(ChatGone):
        await made.typing(BLOCKER)
    await made.close()


async def test_what_a_stranger_wrote_is_forwarded(url: str) -> None:
    """With its words and its sender; a chat that stopped the bot gets nothing."""
    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"))
    wrote = httpx2.post(f"{url}/telegram/users/{OLEG}/messages", json={"text": "Дайте оператора"}, trust_env=False)
    await made.forward(ANNA, of=OLEG, message=wrote.json()["message_id"])
    seen = httpx2.get(f"{url}/telegram/users/{ANNA}/messages", trust_env=False).json()
    assert seen[-1]["text"] == "Дайте оператора"
    with pytest.raises(ChatGone):
        await made.forward(BLOCKER, of=OLEG, message=wrote.json()["message_id"])
    await made.close()


async def test_the_bot_is_described(url: str) -> None:
    """Telegram takes 512 characters: the longest contact is within them."""
    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"))
    text = texts.description("8" * CONTACT_LIMIT)
    await made.describe(text)
    shown = httpx2.get(f"{url}/telegram/bot{TOKEN}/getMyDescription", trust_env=False).json()
    assert shown["result"]["description"] == text
    await made.close()


@pytest.mark.parametrize("chat", [BLOCKER, 999], ids=["blocked the bot", "unknown"])
async def test_a_chat_that_is_gone_says_so(sending: Sending, chat: int) -> None:
    """Never retried: ChatGone is no outage."""
    with pytest.raises(ChatGone):
        await sending.messenger.say(Say(chat=chat, text="Здравствуйте"))


async def test_a_text_over_the_limit_arrives_in_parts(url: str) -> None:
    """4,096 UTF-16 units each, never half an emoji, cut at a word; the buttons stand under the last."""
    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"))
    words = " ".join(f"слово{n}" for n in range(900))
    await made.say(Say(chat=ANNA, text="🙂" * 2100 + " " + words, buttons=((Button(text="Да", data="yes:1"),),)))
    await made.close()
    seen = httpx2.get(f"{url}/telegram/users/{ANNA}/messages", trust_env=False).json()
    texts = [message["text"] for message in seen if message["from"] == "bot"]
    first = next(n for n, text in enumerate(texts) if text.startswith("🙂🙂🙂"))
    assert texts[first] == "🙂" * 2048
    assert " ".join(texts[first + 1 :]).split() == ["🙂" * 52, *words.split()]
    assert [bool(message["reply_markup"]) for message in seen[-2:]] == [False, True]


class BrokenOff(SendPace):
    """The message with that number fails."""

    def __init__(self, number: int, error: BotError) -> None:
        super().__init__()
        self._left = number
        self._error = error

    async def turn(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise self._error


def parts_of(url: str, chat: int) -> list[str]:
    """The first letters of what the chat got."""
    seen = httpx2.get(f"{url}/telegram/users/{chat}/messages", trust_env=False).json()
    return [message["text"][:7] for message in seen if message["from"] == "bot"]


async def test_a_long_text_that_was_cut_off_goes_on_where_it_stopped(url: str) -> None:
    """No part arrives twice; the next text is a whole one again."""
    made = real.TelegramMessenger(
        partial(real.connect, TOKEN, f"{url}/telegram"), pace=BrokenOff(3, Unavailable("telegram: connection refused"))
    )
    long = Say(chat=VERA, text="\n".join(f"часть-{n}" + str(n) * 4080 for n in range(4)))
    with pytest.raises(Unavailable):
        await made.say(long)
    await made.say(long)
    await made.say(long)
    await made.close()
    assert parts_of(url, VERA) == ["часть-0", "часть-1", "часть-2", "часть-3"] * 2


async def test_a_long_text_that_was_refused_is_a_whole_one_when_it_is_sent_again(url: str) -> None:
    """What is refused does not come again by itself: later the same words are a new message."""
    made = real.TelegramMessenger(
        partial(real.connect, TOKEN, f"{url}/telegram"), pace=BrokenOff(2, ChatGone("telegram: blocked"))
    )
    long = Say(chat=OLEG, text="\n".join(f"снова-{n}" + str(n) * 4080 for n in range(3)))
    with pytest.raises(ChatGone):
        await made.say(long)
    await made.say(long)
    await made.close()
    assert parts_of(url, OLEG) == ["снова-0", "снова-0", "снова-1", "снова-2"]


async def test_a_press_that_is_too_old_is_refused(url: str) -> None:
    """The caller logs it and goes on."""
    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"))
    with pytest.raises(Refused):
        await made.press_seen("12345")
    await made.close()


async def test_what_telegram_takes_back_is_sent_again(url: str) -> None:
    """Six texts into one chat at once: refused after the third, each arrives, each once."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(seconds)

    made = real.TelegramMessenger(partial(real.connect, TOKEN, f"{url}/telegram"), sleep=sleep, jitter=lambda: 0.1)
    await asyncio.gather(*(made.say(Say(chat=ANNA, text=f"Сразу {n}")) for n in range(6)))
    await made.close()
    seen = httpx2.get(f"{url}/telegram/users/{ANNA}/messages", trust_env=False).json()
    assert sorted(m["text"] for m in seen if m["text"].startswith("Сразу")) == [f"Сразу {n}" for n in range(6)]
    assert waits


@pytest.mark.parametrize("status", [401, 404, 409, 429, 500, 502])
async def test_an_answer_that_a_repair_changes_is_an_outage(status: int) -> None:
    """A token that is not accepted, two bots at once, an outage: what was to be sent comes again, and is not lost."""
    body = {"ok": False, "error_code": status, "description": "no", "parameters": {"retry_after": 60}}

    async def refuse(_: Request) -> Response:
        return JSONResponse(body, status)

    with serving(Starlette(routes=[Route("/{path:path}", refuse, methods=["POST"])])) as address:
        made = real.TelegramMessenger(partial(real.connect, TOKEN, address))
        with pytest.raises(Unavailable):
            await made.say(Say(chat=ANNA, text="Готово"))
        await made.close()
