"""python-telegram-bot behind the port `Messenger`."""

from __future__ import annotations

import asyncio
import os
import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from shared.adapters.logging import gist
from shared.adapters.telegram.calls import in_parts, keyboard
from shared.adapters.telegram.pace import SendPace
from shared.ports import ChatGone, Refused, Say, Unavailable

if TYPE_CHECKING:
    from telegram import Bot, InlineKeyboardMarkup

PATIENCE_S = 15.0
"""So long a refused message waits here, all its tries together. What takes longer comes again with its update."""
RETRY_S = 0.5
MOST_BEGUN = 100
T = TypeVar("T")
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class TelegramMessenger:
    """`connect` makes the Bot on the first call, inside the event loop that it belongs to."""

    def __init__(
        self,
        connect: Callable[[], Bot],
        *,
        pace: SendPace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._connect = connect
        self._pace = pace or SendPace()
        self._sleep = sleep
        self._jitter = jitter
        self._made: Bot | None = None
        self._username: str | None = None
        self._begun: OrderedDict[tuple[int, str], int] = OrderedDict()

    async def say(self, message: Say) -> int:
        from telegram import InlineKeyboardMarkup

        markup = None
        if message.buttons:
            markup = InlineKeyboardMarkup.de_json({"inline_keyboard": keyboard(message.buttons)})
        *firsts, last = in_parts(message.text)
        if not firsts:
            return await self._send(message, last, markup)
        this = message.chat, message.text
        try:
            for part in firsts[self._begun.get(this, 0) :]:
                await self._send(message, part, None)
                self._note(this)
            number = await self._send(message, last, markup)
        except Refused:
            self._begun.pop(this, None)
            raise
        self._begun.pop(this, None)
        return number

    def _note(self, this: tuple[int, str]) -> None:
        """One more part has left: should the next one fail, the message goes on from there when it comes again."""
        self._begun[this] = self._begun.get(this, 0) + 1
        while len(self._begun) > MOST_BEGUN:
            self._begun.popitem(last=False)

    async def _send(self, message: Say, text: str, markup: InlineKeyboardMarkup | None) -> int:
        """Send one part of the message."""
        from telegram import LinkPreviewOptions

        preview = None if message.preview else LinkPreviewOptions(is_disabled=True)
        waited = 0.0
        while True:
            await self._pace.turn()
            try:
                sent = await _done(
                    lambda: self._bot.send_message(
                        message.chat, text, reply_markup=markup, link_preview_options=preview
                    )
                )
                return sent.message_id
            except Unavailable as error:
                if error.retry_after is None:
                    raise
                pause = error.retry_after + self._jitter()
                waited += pause
                if waited > PATIENCE_S:
                    raise
            self._pace.refused()
            await self._sleep(pause)

    async def typing(self, chat: int) -> None:
        await _done(lambda: self._bot.send_chat_action(chat, "typing"))

    async def username(self) -> str:
        if self._username is None:
            self._username = (await _done(lambda: self._bot.get_me())).username or ""
        return self._username

    async def press_seen(self, press_id: str) -> None:
        await _done(lambda: self._bot.answer_callback_query(press_id))

    async def menu_button(self, chat: int, text: str, web_app: str) -> None:
        from telegram import MenuButtonWebApp, WebAppInfo

        button = MenuButtonWebApp(text, WebAppInfo(web_app))
        await _done(lambda: self._bot.set_chat_menu_button(chat, button))

    async def delete(self, chat: int, message: int) -> None:
        """It holds a code and a phone: what may pass is tried once more."""
        try:
            await self._delete(chat, message)
        except Unavailable as error:
            await self._sleep(min(error.retry_after or RETRY_S, PATIENCE_S))
            await self._delete(chat, message)

    async def _delete(self, chat: int, message: int) -> None:
        await _done(lambda: self._bot.delete_message(chat, message))

    async def forward(self, chat: int, *, of: int, message: int) -> None:
        await _done(lambda: self._bot.forward_message(chat, of, message))

    async def describe(self, text: str) -> None:
        await _done(lambda: self._bot.set_my_description(text))

    async def close(self) -> None:
        if self._made:
            await self._made.request.shutdown()

    @property
    def _bot(self) -> Bot:
        if self._made is None:
            self._made = self._connect()
        return self._made


def connect(token: str, api_url: str) -> Bot:
    """A Bot for `api_url` («https://api.telegram.org»). Environment proxies are ignored."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own way to silence its warning at each 429
    from telegram import Bot
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(
        connection_pool_size=64,
        connect_timeout=3.0,
        read_timeout=10.0,
        pool_timeout=5.0,
        httpx_kwargs={"trust_env": False},
    )
    return Bot(token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot", request=request)


async def _done(call: Callable[[], Awaitable[T]]) -> T:
    """The call's result, its failures in the words of the ports. None of Telegram's texts holds a partner's data."""
    from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

    try:
        return await call()
    except Forbidden as error:
        raise ChatGone(f"telegram: {gist(error.message)}") from None
    except ChatMigrated:
        raise Refused("telegram: the group became a supergroup, which has another id") from None
    except BadRequest as error:
        gone = any(text in error.message.casefold() for text in _GONE)
        raise (ChatGone if gone else Refused)(f"telegram: {gist(error.message)}") from None
    except InvalidToken:
        raise Unavailable("telegram: the token is not accepted") from None
    except RetryAfter as error:
        wait = error.retry_after
        seconds = wait if isinstance(wait, int) else wait.total_seconds()
        raise Unavailable("telegram: too many requests", retry_after=float(seconds)) from None
    except TelegramError as error:
        raise Unavailable(f"telegram: {type(error).__name__}") from None
