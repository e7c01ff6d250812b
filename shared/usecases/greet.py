"""A partner has logged in: the chat says so and leads to the cabinet, from a button and from the chat's menu."""

from __future__ import annotations

import contextlib

from shared.domain import texts
from shared.domain.access import Partner
from shared.ports import BotError, Outside, Say
from shared.usecases import keyboards


def welcome(outside: Outside, chat: int, partner: Partner) -> Say:
    buttons = keyboards.cabinet(outside.office.web_app_url)
    return Say(chat=chat, text=texts.welcome(partner.first_name), buttons=buttons)


async def greet(outside: Outside, chat: int, partner: Partner) -> None:
    """After a login in the Mini App. The login stands whether or not the chat can be told."""
    await show_menu(outside, chat)
    try:
        await outside.messenger.say(welcome(outside, chat, partner))
    except BotError as error:
        outside.log.info("not_greeted", error=str(error))


async def show_menu(outside: Outside, chat: int) -> None:
    with contextlib.suppress(BotError):
        await outside.messenger.menu_button(chat, texts.CABINET, keyboards.cabinet_url(outside.office.web_app_url))
