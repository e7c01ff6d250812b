"""The bot's commands."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.access import Partner
from shared.domain.appeals import Appeal
from shared.domain.incoming import Message
from shared.domain.promotions import Promotion
from shared.ports import Answer, Outside, Say
from shared.usecases import keyboards
from shared.usecases.list_promotions import list_promotions

SHOWN = 5


async def run_command(outside: Outside, message: Message, partner: Partner) -> Answer:
    match message.command:
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
