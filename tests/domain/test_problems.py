"""What is said about dirty sheets: addresses, failed formulas, links."""

from __future__ import annotations

import pytest

from shared.domain.links import is_link
from shared.domain.problems import Problem, address, is_formula_error


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [(17, 3, "C17"), (1, 1, "A1"), (2, 26, "Z2"), (9, 27, "AA9"), (5, 702, "ZZ5"), (1, 703, "AAA1")],
)
def test_an_address_is_what_the_sheet_shows(row: int, column: int, cell: str) -> None:
    """As a person finds it: letters, then the row."""
    assert address(row, column) == cell


@pytest.mark.parametrize("shown", ["#ERROR!", " #REF! ", "#N/A", "#DIV/0!", "#name?", "#Н/Д", "#ЗНАЧ!", "Loading..."])
def test_a_failed_formula_is_recognised(shown: str) -> None:
    """In both languages, whoever exported it."""
    assert is_formula_error(shown)


@pytest.mark.parametrize("shown", ["", "#акция", "№ 5", "ERROR", "#1", "Скидка #1!"])
def test_a_hashtag_is_no_failed_formula(shown: str) -> None:
    """What people write on purpose stays."""
    assert not is_formula_error(shown)


@pytest.mark.parametrize(
    ("cell", "opens"),
    [
        ("https://partners.example.com/brand", True),
        (" https://пример.рф/акция ", True),
        ("http://partners.example.com", False),
        ("partners.example.com", False),
        ("https://", False),
        ("https://a b", False),
        ("javascript:alert(1)", False),
        ("https://[bad", False),
    ],
)
def test_a_link_is_https_with_a_host(cell: str, opens: bool) -> None:
    """Only what a phone opens."""
    assert is_link(cell) is opens


def test_a_problem_says_where() -> None:
    """Tab and cell; the tab alone when all of it is meant."""
    assert Problem(tab="Акции", cell="C17", text="").place == "Акции C17"
    assert Problem(tab="Акции", text="").place == "Акции"
