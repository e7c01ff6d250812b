"""What is wrong in a sheet, and where: for the people who tend it. No problem holds what stands in a cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.domain.invisible import plain_word

_FORMULA_ERRORS = frozenset(
    {
        *("#error!", "#ref!", "#n/a", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "loading..."),
        *("#ошибка!", "#ссылка!", "#н/д", "#знач!", "#дел/0!", "#имя?", "#число!", "#пусто!"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`cell` as «C17», "" when the whole tab is meant. `mild`: it works as it stands, and is only worth tidying.

    `link` opens the cell in a browser, or the workbook where there is no such tab.
    """

    tab: str
    cell: str = ""
    text: str
    mild: bool = False
    link: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        return f"{self.tab} {self.cell}".strip()


def is_formula_error(shown: str) -> bool:
    """«#ERROR!» and its relatives: what a cell shows when its formula, or what was taken for one, failed."""
    return plain_word(shown) in _FORMULA_ERRORS


def address(row: int, column: int) -> str:
    """Both from 1: (17, 3) → «C17»."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
