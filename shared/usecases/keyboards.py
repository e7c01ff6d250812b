"""The buttons under the bot's messages, and what a press of them carries."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import assert_never
from urllib.parse import urljoin

from shared.domain import texts
from shared.domain.access import code_mark
from shared.domain.knowledge import Entry
from shared.domain.trace import Under
from shared.domain.truncation import one_line, truncate
from shared.ports import Button, Keyboard

CHOICE = 60
"""Characters of a question on a button."""


class Pressed(StrEnum):
    """The word before the colon in a button's data.

    Behind it stands an appeal's id; an account and its row (FREE); the mark of an entry (ASK).
    """

    CALL = "call"
    AGAIN = "again"
    CANCEL = "cancel"
    SOLVED = "solved"
    FREE = "free"
    ASK = "ask"


def under(kind: Under, appeal_id: str, choices: Sequence[Entry] = ()) -> Keyboard:
    """The buttons under a reply about an appeal. `choices`: each one's question is a button above the others."""
    asked = tuple((_button(truncate(one_line(entry.question), CHOICE), Pressed.ASK, entry.mark),) for entry in choices)
    return (*asked, *_under(kind, appeal_id))


def _under(kind: Under, appeal_id: str) -> Keyboard:
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
