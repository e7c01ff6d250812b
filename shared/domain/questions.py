"""What a partner asked and no person has answered: the cell «Вопрос», and what was said before it."""

from __future__ import annotations

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal
from shared.domain.escalation import says_what_about
from shared.domain.history import Author, Line
from shared.domain.truncation import LEFT_OUT, one_line, truncate_middle

LONGEST = 300
"""Characters of the cell, what keeps it text not counted."""
_BETWEEN = " · "
_KEEPS_TEXT = "› "
_NO_QUESTION = frozenset({"", NOTHING})


def question_cell(*asked: str) -> str:
    """Return the cell for texts in the order in which they were asked; NOTHING when they say nothing.

    The cell is one line, with `› ` in front so that it stays text. A text that repeats the one before it is left out.
    More than LONGEST characters are cut in their middle: the first question and the newest words stay.
    """
    line = ""
    for text in map(one_line, asked):
        if text and not _ends_with(line, text):
            line = f"{line}{_BETWEEN}{text}" if line else text
    return f"{_KEEPS_TEXT}{truncate_middle(line, LONGEST)}" if line else NOTHING


def unanswered(appeal: Appeal) -> str:
    """Return what waits for a person's answer, or was asked without any answer; "" when there is nothing."""
    cell = appeal.question.strip()
    return "" if cell in _NO_QUESTION else cell.removeprefix(_KEEPS_TEXT)


def asked_since(now: str, answered: str) -> str:
    """Return the cell *now* without what was in it when it was *answered*; NOTHING when nothing was asked since.

    Where the two cannot be told apart (the cell was cut), the whole cell.
    """
    if now.strip() in _NO_QUESTION or now == answered:
        return NOTHING
    rest = now.removeprefix(f"{answered}{_BETWEEN}")
    return now if rest == now else f"{_KEEPS_TEXT}{rest}"


def last_question(appeal: Appeal, *, but: int = 0) -> str:
    """Return the partner's newest text that says what it is about, no mere thanks or call; else the newest.

    `but`: so many of the partner's newest texts are passed over.
    """
    of_partner = [line.text for line in appeal.lines_by_role if line.author == Author.PARTNER][but:]
    return next((text for text in of_partner if says_what_about(text)), next(iter(of_partner), ""))


def said_before(appeal: Appeal) -> Line | None:
    """Return the newest line that is neither in the question nor the bot's own, with its author by role."""
    asked = unanswered(appeal)
    return next((line for line in appeal.lines_by_role if not _belongs_to(line, asked)), None)


def _belongs_to(line: Line, asked: str) -> bool:
    """Return whether the line is part of what is asked, or tells nothing beside it."""
    match line.author:
        case Author.BOT:
            return True
        case Author.ASSISTANT:
            return line.text == texts.NO_ANSWER
        case Author.PARTNER:
            # of a question that was cut nobody can say which lines are in it
            return LEFT_OUT in asked or f"{_BETWEEN}{one_line(line.text)}{_BETWEEN}" in f"{_BETWEEN}{asked}{_BETWEEN}"
        case _:
            return False


def _ends_with(line: str, text: str) -> bool:
    return f"{_BETWEEN}{line}".endswith(f"{_BETWEEN}{text}")
