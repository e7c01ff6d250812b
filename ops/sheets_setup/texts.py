"""What the set-up says, and what it writes into cells for people to read."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.texts import BEFORE_CONNECTION as BEFORE_CONNECTION

FROZEN = "закреплена строка заголовков"
ROW_HEIGHT = "высота строк: три строки текста"
COLOURS_STRETCHED = "цвета по статусу: до последней строки"
VIEWS_STRETCHED = "представления: до последней строки"
NOTHING_MISSING = "всё на месте, ничего не изменено"
DONE = "Готово. Повторный запуск ничего не изменит."
LEFT_ALONE = "Остались вкладки, с которыми нужна ваша помощь: поправьте их и запустите ещё раз."


def heading(label: str) -> str:
    return f"Подготовка: {label}"


def book(title: str) -> str:
    return f"\nТаблица «{title}»"


def line(tab: str, said: str) -> str:
    return f"  {tab}: {said}"


def unchanged() -> str:
    return f"  {NOTHING_MISSING}"


def tab_made(columns: int) -> str:
    return f"создана вкладка, столбцов: {columns}"


def columns_added(titles: Sequence[str]) -> str:
    return f"добавлены столбцы: {', '.join(titles)}"


def first_rows(count: int) -> str:
    return f"вписаны строки по умолчанию: {count}"


def as_text(titles: Sequence[str]) -> str:
    return f"формат «текст»: {', '.join(titles)}"


def choices(titles: Sequence[str]) -> str:
    return f"выпадающий список: {', '.join(titles)}"


def clipped(titles: Sequence[str]) -> str:
    return f"длинный текст обрезается: {', '.join(titles)}"


def coloured(values: Sequence[str]) -> str:
    return f"цвет строки по статусу: {', '.join(values)}"


def hidden(titles: Sequence[str]) -> str:
    return f"скрыты служебные столбцы: {', '.join(titles)}"


def protected(titles: Sequence[str]) -> str:
    return f"предупреждение при правке: {', '.join(titles)}"


def protection(title: str) -> str:
    """Shown to whoever opens the list of protected ranges."""
    return f"Столбец «{title}» ведёт бот"


def views(titles: Sequence[str]) -> str:
    return f"представления: {', '.join(f'«{title}»' for title in titles)}"


def partners_kept(count: int) -> str:
    return f"вошедших партнёров: {count}, входить заново не нужно"


def appeals_handled(count: int) -> str:
    return f"отмечено «{BEFORE_CONNECTION}»: {count}; эти ответы никому не уйдут"


def promotions_handled(count: int) -> str:
    return f"отмечено «не рассылать»: {count}; сотрите отметку у акции, о которой надо сообщить"


def tabs_alike(tab: str, titles: Sequence[str]) -> str:
    shown = ", ".join(f"«{title}»" for title in titles)
    return f"не тронута: на неё похожи {shown}. Назовите нужную «{tab}»"


def misspelt(found: str, wanted: str) -> str:
    return f"не тронута: столбец «{found}» должен называться «{wanted}»"


def doubled(titles: Sequence[str]) -> str:
    listed = ", ".join(f"«{title}»" for title in titles)
    return f"не тронута: по два столбца с одним названием: {listed}. Бот её не прочтёт. Переименуйте лишние"


NO_HEADER = (
    "не тронута: в первой строке нет знакомых заголовков. "
    "Поднимите строку заголовков наверх, а если вкладка ваша, переименуйте её"
)
