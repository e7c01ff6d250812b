"""What the check says around the problems."""

from __future__ import annotations

ALL_RIGHT = "всё в порядке"
MILD = "(работает) "


def head(label: str) -> str:
    return f"Проверка: {label}"


def total(*, wrong: int, mild: int) -> str:
    if not wrong and not mild:
        return "Итого: всё в порядке."
    return f"Итого: исправить {wrong}, замечаний {mild}."
