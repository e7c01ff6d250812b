"""The buttons under the bot's messages, and what a press of them carries."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never
from urllib.parse import urljoin

from shared.domain import texts
from shared.domain.access import code_mark
from shared.domain.trace import Under
from shared.ports import Button, Keyboard


class Pressed(StrEnum):
    """The word before the colon in a button's data; behind it stands an appeal's id, or an account and its row."""

    CALL = "call"
    AGAIN = "again"
    CANCEL = "cancel"
    SOLVED = "solved"
    FREE = "free"


def under(kind: Under, appeal_id: str) -> Keyboard:
    """The buttons under a reply about an appeal."""
    match kind:
        case Under.NOTHING:
            return ()
        case Under.CALL:
            return ((_button(texts.CALL_SPECIALIST, Pressed.CALL, appeal_id),),)
        case Under.OFFER:
            call = _button(texts.CALL, Pressed.CALL, appeal_id)
            return ((call, _button(texts.ASK_AGAIN, Pressed.AGAIN, appeal_id)),)
        case Under.CANCEL:
            return ((_button(texts.CANCEL_CALL, Pressed.CANCEL, appeal_id),),)
        case _:
            assert_never(kind)


def solved(appeal_id: str) -> Keyboard:
    return ((_button(texts.SOLVED, Pressed.SOLVED, appeal_id),),)


def free(chat: int, code: str) -> Keyboard:
    """For the admin: that account leaves the rows with that code."""
    return ((_button(texts.FREE, Pressed.FREE, f"{chat}:{code_mark(code)}"),),)


def enter(web_app_url: str) -> Keyboard:
    return ((Button(text=texts.ENTER, web_app=web_app_url),),)


def cabinet_url(web_app_url: str) -> str:
    """The Mini App's second page stands beside its first."""
    return urljoin(web_app_url, "menu.html")


def cabinet(web_app_url: str) -> Keyboard:
    return ((Button(text=texts.OPEN_CABINET, web_app=cabinet_url(web_app_url)),),)


def _button(text: str, pressed: Pressed, about: str) -> Button:
    return Button(text=text, data=f"{pressed.value}:{about}")
