"""A specialist's words are never taken for the partner's, whatever name stands under «Ответственный»."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.authors import KEPT_NAMES, specialist_name, specialists, with_specialist
from shared.domain.history import Author
from shared.domain.questions import last_question
from shared.domain.trace import Trace
from tests.fakes import ANNA
from tests.usecases.chat import Chat

CALL = "Позовите менеджера, макет не приходит"


async def answered_by(owner: str) -> Chat:
    """A partner whose question somebody of that name has answered."""
    chat = Chat()
    await chat.say(CALL)
    chat.world.journal.person_sets((await chat.appeal()).id, owner=owner)
    await chat.person(reply="Вот он")
    return chat


@pytest.mark.parametrize("owner", [ANNA.name, f" {ANNA.name} ", "Помощник", "Бот", "Партнёр", ""])
async def test_the_partners_namesake(owner: str) -> None:
    """The line is signed «Специалист»: the model and the cabinet know who says it."""
    chat = await answered_by(owner)
    appeal = await chat.appeal()
    assert [line.author for line in appeal.lines] == [Author.SPECIALIST, ANNA.name]
    assert [line.author for line in appeal.lines_by_role] == [Author.SPECIALIST, Author.PARTNER]
    assert last_question(appeal) == CALL


async def test_a_former_owner() -> None:
    """A person emptied the history, so that a reply stands lowest, and another one has the appeal now."""
    chat = Chat()
    await chat.say(CALL)
    appeal = await chat.appeal()
    chat.world.journal.rows[appeal.id] = replace(appeal, history="", owner="Иванов И.")
    await chat.person(reply="Вот он")
    chat.world.journal.person_sets(appeal.id, owner="Петрова А.")
    await chat.say("А по почте?")
    now = await chat.appeal()
    assert [line.author for line in now.lines_by_role] == [Author.PARTNER, Author.SPECIALIST]
    assert now.lines[-1].author == "Иванов И."


async def test_a_corrected_name_of_a_partner_who_was_answered() -> None:
    """The lines under the name before are the partner's still."""
    chat = await answered_by("Иванов И.")
    appeal = await chat.appeal()
    chat.world.journal.rows[appeal.id] = replace(appeal, name="Белова-Серова Анна")
    assert [line.author for line in (await chat.appeal()).lines_by_role] == [Author.SPECIALIST, Author.PARTNER]


def test_the_newest_names_are_kept() -> None:
    """Each once, the ones that signed last; «Специалист» is nobody's name."""
    trace = Trace()
    for name in [*"абвгдежзиклм", "в", Author.SPECIALIST]:
        trace = with_specialist(trace, name)
    assert specialists(trace) == frozenset("гдежзиклмв")
    assert len(specialists(trace)) == KEPT_NAMES


def test_a_name_that_a_line_cannot_hold() -> None:
    """A colon would end it."""
    assert specialist_name("Отдел 1: Иванов", frozenset({"Анна"})) == "Отдел 1 Иванов"
