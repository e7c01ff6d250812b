"""The bot's commands, and which messages are one."""

from __future__ import annotations

import re

from shared.domain import texts
from shared.domain.access import Partner
from shared.domain.appeals import Appeal
from shared.domain.courtesy import is_polite
from shared.domain.incoming import Message
from shared.domain.promotions import Promotion
from shared.ports import Answer, Outside, Say
from shared.usecases import keyboards
from shared.usecases.list_promotions import list_promotions

SHOWN = 5
_KNOWN = frozenset({"/start", "/help", "/appeals", "/promotions"})
_SLASH = "/"
_PAYLOAD = re.compile(r"[\w-]{1,64}", re.ASCII)


async def command_of(outside: Outside, message: Message) -> str:
    """Return the command in small letters, without the bot's name; "" where it is for another bot or there is none.

    Raises Unavailable.
    """
    if message.text.strip() == _SLASH:
        return _SLASH
    command, _, bot = message.command.casefold().partition("@")
    return command if not bot or bot == (await outside.messenger.username()).casefold() else ""


async def run_command(outside: Outside, message: Message, partner: Partner, command: str) -> Answer | None:
    """Return the answer to the command; None where the text is to be handled as a message. Raises Unavailable.

    Unknown commands with words behind them are messages, and so are those that specialists could miss: an unknown
    command, or any one with more words than politeness, while they have the appeal.
    """
    says_more = not (_is_payload(command, message.behind_command) or is_polite(message.behind_command))
    if says_more and command not in _KNOWN:
        return None
    if (says_more or command not in _KNOWN) and await _has_specialist(outside, message.chat):
        return None
    match command:
        case "/start":
            buttons = keyboards.cabinet(outside.office.web_app_url)
            return Say(chat=message.chat, text=texts.welcome_back(partner.first_name), buttons=buttons)
        case "/help":
            return Say(chat=message.chat, text=texts.HELP)
        case "/appeals":
            return Say(chat=message.chat, text=_appeals(await outside.journal.all_of(message.chat)))
        case "/promotions":
            return Say(chat=message.chat, text=_promotions(await list_promotions(outside)))
        case _:
            return Say(chat=message.chat, text=texts.UNKNOWN_COMMAND)


def _is_payload(command: str, words: str) -> bool:
    """Return whether the words are what a link `t.me/<bot>?start=<payload>` puts behind «/start»."""
    return command == "/start" and _PAYLOAD.fullmatch(words) is not None


async def _has_specialist(outside: Outside, chat: int) -> bool:
    newest = await outside.journal.newest(chat)
    if newest is None:
        return False
    return newest.was_with_people if newest.is_confused else newest.is_with_people


def _appeals(appeals: list[Appeal]) -> str:
    shown = [
        texts.appeal_line(number=appeal.number, status=appeal.shown_status, question=appeal.asked_last[:150])
        for appeal in appeals[:SHOWN]
    ]
    return "\n\n".join(shown) or texts.NO_APPEALS


def _promotions(promotions: list[Promotion]) -> str:
    shown = [
        texts.promotion_line(title=promotion.title, period=_period(promotion), description=promotion.description[:300])
        for promotion in promotions
    ]
    return "\n\n".join(shown[: SHOWN * 2]) or texts.NO_PROMOTIONS


def _period(promotion: Promotion) -> str:
    days = [day.strftime("%d.%m.%Y") for day in (promotion.starts, promotion.ends) if day]
    return "–".join(dict.fromkeys(days))
