"""The cell «Вопрос»: what is unanswered, in one line of at most 300 characters."""

from __future__ import annotations

from shared.domain.questions import question_cell


def test_the_oldest_stands_first() -> None:
    """One line, kept text by its first character; what says nothing or repeats is left out."""
    assert question_cell("Где макет?\nЖду", "", " ау ", "ау") == "› Где макет? Жду · ау"
    assert question_cell("", " ") == "—"


def test_a_long_question_is_cut_in_its_middle() -> None:
    """Its beginning and its end stay, also when more is added again and again."""
    cell = question_cell("Начало " + "я" * 500 + " конец")
    for number in range(30):
        cell = question_cell(cell.removeprefix("› "), f"ещё {number}")
    assert cell.startswith("› Начало яяя")
    assert cell.endswith("ещё 28 · ещё 29")
    assert len(cell) == len("› ") + 300
    assert cell.count("…") == 1
