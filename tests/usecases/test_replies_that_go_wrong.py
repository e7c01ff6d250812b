"""Replies that cannot be sent, or not be kept: the receipt says what to do."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.status import Status
from shared.ports import ChatGone
from tests.usecases.chat import Chat


async def test_a_failed_formula_is_not_sent() -> None:
    """«+7 912 345-67-89 звоните» in a cell that lost its text format: the specialist is told, once, and corrects it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    for shown in ("#ERROR!", "#ERROR!", "#NAME?"):
        assert await chat.person(reply=shown) == []
        appeal = await chat.appeal()
        assert (appeal.receipt, appeal.status) == (texts.REPLY_IS_FORMULA, Status.HANDED_OVER)
    assert [event for _, event, _ in chat.world.log.lines].count("reply_not_sent") == 1
    assert await chat.person(reply="+7 912 345-67-89 звоните") == [texts.reply(number, "+7 912 345-67-89 звоните")]
    assert (await chat.appeal()).receipt == "доставлено 14:03"


async def test_a_reply_that_comes_back_after_a_failed_formula() -> None:
    """A slip taken back with Ctrl+Z: what was sent already is not sent again, and the receipt says so."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    await chat.person(reply="#REF!")
    assert await chat.person(reply="Готово") == []
    assert (await chat.appeal()).receipt == texts.REPLY_AS_BEFORE


async def test_a_blocked_partner_is_told_about_in_the_receipt() -> None:
    """The specialist reads what to do, and the reply is not tried for ever."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.messenger.gone[501] = ChatGone("blocked")
    assert await chat.person(reply="Готово") == []
    assert (await chat.appeal()).receipt == "не доставлено: партнёр остановил бота, позвоните ему"
    del chat.world.messenger.gone[501]
    assert await chat.person() == []


async def test_a_wiped_technical_cell_sends_no_old_reply_again() -> None:
    """The history shows that it was delivered."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    chat.world.journal.wiped((await chat.appeal()).id)
    assert await chat.person(status=Status.IN_WORK) == []
    assert len(await chat.person(reply="Готово, вот ссылка")) == 1


async def test_a_reply_of_a_whole_cell_fits_into_the_history() -> None:
    """50,000 characters are a cell's limit: the partner gets all of them, the history where to find them."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(reply="я" * 49_000) == [texts.reply(number, "я" * 49_000)]
    line = (await chat.appeal()).lines[0]
    assert line.text.endswith("… (целиком в ячейке ответа)")
    assert len(line.text) < 21_000
    assert await chat.person() == []


async def test_a_reply_into_a_row_that_takes_no_more_lines() -> None:
    """Full, and its archive cannot be used: the receipt stands all the same, and nothing is sent twice."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.full.add((await chat.appeal()).id)
    assert len(await chat.person(reply="Готово")) == 1
    assert (await chat.appeal()).receipt == "доставлено 14:03"
    assert await chat.person() == []
