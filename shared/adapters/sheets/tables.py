"""Tabs as tables: columns are found by header, wherever people moved them.

A table names its columns; `Columns` says where they stand now. A missing or doubled header is an error that names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.transport import Area, Grid, Tab
from shared.adapters.sheets.calls.workbook import Workbook
from shared.domain import problem_texts
from shared.domain.titles import plain_title
from shared.ports import NeedsRepair


class TabTitle(StrEnum):
    """Every tab that the bot knows by name."""

    AUTHORISATION = "Авторизация"
    APPEALS = "Обращения"
    ARCHIVE = "Архив"
    SETTINGS = "Настройки"
    KNOWLEDGE = "База знаний"
    METRICS = "Метрики"
    PROMOTIONS = "Акции"
    BROADCASTS = "Рассылки"


class AuthorisationColumn(StrEnum):
    CODE = "Код партнера"
    NAME = "ФИО партнера"
    PHONE = "Телефон партнера"
    STATUS = "Статус авторизации"
    CHAT = "Telegram ID"
    DATE = "Дата авторизации"


class AuthorisationExtra(StrEnum):
    """Columns that an Authorisation tab may lack."""

    NOTIFICATIONS = "Уведомления"
    TRACE = "Служебное"


class AppealColumn(StrEnum):
    CODE = "Код партнера"
    PHONE = "Телефон партнера"
    NAME = "ФИО партнера"
    CHAT = "Telegram ID"
    HISTORY = "Текст обращений"
    STATUS = "Статус"
    REPLY = "Ответ специалиста"
    UPDATED = "Время обновления"
    RECEIPT = "Доставка"
    NUMBER = "№"
    QUESTION = "Вопрос"
    WAITING = "Ждёт с"
    OWNER = "Ответственный"
    RATING = "Оценка"
    TO_KNOWLEDGE = "В базу"
    ID = "id"
    TRACE = "Служебное"


class KnowledgeColumn(StrEnum):
    ID = "id"
    QUESTION = "Вопрос"
    ANSWER = "Ответ"
    LINK = "Ссылка"
    STATUS = "Статус"


class PromotionColumn(StrEnum):
    RELEASED = "Дата релиза"
    TITLE = "Название"
    DESCRIPTION = "Описание"
    STATUS = "Статус"
    STARTS = "Дата начала"
    ENDS = "Дата окончания"


class PromotionExtra(StrEnum):
    """Columns that a Promotions tab may lack."""

    LINK = "Ссылка"
    IMAGE = "Картинка"
    KIND = "Тип"
    SENDING = "Разослать"
    PROGRESS = "Ход рассылки"
    ID = "id"
    TRACE = "Служебное"


class SettingColumn(StrEnum):
    KEY = "Ключ"
    VALUE = "Значение"


class SettingExtra(StrEnum):
    """Columns that a settings tab may lack."""

    DESCRIPTION = "Описание"


PEOPLES_OWN = frozenset({AppealColumn.OWNER, AppealColumn.RATING, AppealColumn.TO_KNOWLEDGE})
"""Columns that the bot can do without: where one is missing or stands twice, it reads as empty."""
C = TypeVar("C", bound=StrEnum)


class TabUnusable(NeedsRepair):
    """A tab that cannot be worked with: it is gone, a column is missing or stands twice, or takes no new rows."""

    def __init__(self, what: str, *, tab: str, problem: str) -> None:
        super().__init__(f"sheets: tab {tab}: {what}", place=problem_texts.tab(tab), problem=problem)


class TabMissing(TabUnusable):
    """No tab has the title, nor the columns."""


@dataclass(frozen=True, slots=True)
class Columns(Generic[C]):
    """Where each column stands, from 1; one of people's own may be absent."""

    at: Mapping[C, int]

    def first(self) -> int:
        return min(self.at.values())

    def last(self) -> int:
        return max(self.at.values())

    def cell(self, row: Sequence[str], column: C) -> str:
        """The cell of a row that was read from column 1; "" where the row ends before it, and for an absent column."""
        position = self.at.get(column, len(row) + 1) - 1
        return row[position] if position < len(row) else ""


def columns_of(titles: Sequence[str], wanted: type[C], tab: str) -> Columns[C]:
    """Where the wanted columns stand. TabUnusable names what is missing or stands twice."""
    needed = [column for column in wanted if column not in PEOPLES_OWN]
    missing = [column.value for column in needed if column.value not in titles]
    doubled = [column.value for column in needed if titles.count(column.value) > 1]
    if missing or doubled:
        said = [f"no column {', '.join(missing)}"] if missing else []
        said += [f"column twice: {', '.join(doubled)}"] if doubled else []
        gone = len(missing) == len(needed)
        problem = problem_texts.HEADER_GONE if gone else problem_texts.header_wrong(missing, doubled)
        raise TabUnusable("; ".join(said), tab=tab, problem=problem)
    return Columns({column: titles.index(column.value) + 1 for column in wanted if titles.count(column.value) == 1})


async def find_tab(book: Workbook, wanted: type[C], title: str) -> int:
    """The sheet id of the tab of that title; where it was renamed, of the one tab that has all the needed columns.

    TabMissing when there is none, TabUnusable when there is more than one.
    A tab that still has the name of another is that other one: the archive has the columns of the appeals.
    """
    tabs = await book.tabs()
    named = next((tab for tab in tabs if tab.title == title), None) or await named_tab(book, title)
    if named:
        return named.sheet
    fitting = renamed(await headers_of(book, await book.tabs()), wanted)
    if len(fitting) != 1:
        error, problem = (TabUnusable, problem_texts.TABS_ALIKE) if fitting else (TabMissing, problem_texts.TAB_GONE)
        raise error(f"not there, and {len(fitting)} tabs have its columns", tab=title, problem=problem)
    return fitting[0].sheet


async def named_tab(book: Workbook, title: str) -> Tab | None:
    """The tab that has this title now; one read."""
    return next((tab for tab in await book.tabs(anew=True) if tab.title == title), None)


async def headers_of(
    book: Workbook, tabs: Sequence[Tab], purpose: Purpose = Purpose.ROWS
) -> dict[Tab, tuple[str, ...]]:
    headers = await book.read([header_area(tab.sheet) for tab in tabs], purpose)
    return {tab: titles_of(header) for tab, header in zip(tabs, headers, strict=True)}


def renamed(headers: Mapping[Tab, Sequence[str]], wanted: type[StrEnum]) -> list[Tab]:
    """Return the tabs with all the needed columns under a title that is none of the bot's own."""
    needed = set(wanted) - PEOPLES_OWN
    return [tab for tab, titles in headers.items() if tab.title not in set(TabTitle) and needed <= set(titles)]


def header_area(sheet: int) -> Area:
    return Area(sheet=sheet, first_row=1, last_row=1, first_column=1, last_column=None)


def titles_of(header: Grid) -> tuple[str, ...]:
    """The header row as read, each title by the one rule for titles."""
    return tuple(plain_title(title) for title in (header[0] if header else []))
