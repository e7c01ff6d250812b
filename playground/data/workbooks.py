"""The Appeals and Promotions workbooks, and the list of all three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from playground.data.partners import authorisation_tab
from playground.data.tab import Tab, records, text

APPEALS = (
    *("Код партнера", "Телефон партнера", "ФИО партнера", "Telegram ID", "Текст обращений", "Статус"),
    *("Ответ специалиста", "Время обновления", "Доставка", "№", "Вопрос", "Ждёт с", "Ответственный", "Оценка"),
    *("В базу", "id", "Служебное"),
)
PEOPLES_OWN = ("Ответственный", "В базу")
KNOWLEDGE = {"id": "id", "Вопрос": "question", "Ответ": "answer", "Ссылка": "link", "Статус": "status"}
SETTINGS = {"Ключ": "key", "Значение": "value", "Описание": "description"}
PROMOTIONS = (
    *("Дата релиза", "Название", "Описание", "Статус", "Дата начала", "Дата окончания", "Ссылка", "Картинка", "Тип"),
    *("Разослать", "Ход рассылки", "id", "Служебное"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """`key` is the workbook's name in `/control/info`; the main tab stands first."""

    key: str
    title: str
    tabs: tuple[Tab, ...]


def workbooks(today: date) -> tuple[Workbook, ...]:
    return (
        Workbook(key="authorisation", title="Авторизация партнёров", tabs=(authorisation_tab(),)),
        Workbook(key="appeals", title="Обращения партнёров", tabs=(appeals_tab(), settings_tab(), knowledge_tab())),
        Workbook(key="promotions", title="Акции и события", tabs=(promotions_tab(today),)),
    )


def appeals_tab() -> Tab:
    """The header only: every row of it is made by the bot or by a person."""
    return Tab(
        title="Обращения",
        header=APPEALS,
        rows=(),
        text_columns=tuple(column for column in APPEALS if column not in PEOPLES_OWN),
        hidden_columns=("id", "Служебное"),
    )


def settings_tab() -> Tab:
    return _plain("Настройки", SETTINGS, "settings.json", text_columns=("Значение",))


def knowledge_tab() -> Tab:
    return _plain("База знаний", KNOWLEDGE, "knowledge.json", text_columns=("id",))


def promotions_tab(today: date) -> Tab:
    """Dates stand as different people type them, and are counted from `today`."""
    return Tab(
        title="Акции",
        header=PROMOTIONS,
        rows=tuple(_promotion(record, today) for record in records("promotions.json")),
        text_columns=("Статус", "Ход рассылки", "id", "Служебное"),
        hidden_columns=("id", "Служебное"),
    )


def _plain(title: str, columns: dict[str, str], file: str, *, text_columns: tuple[str, ...]) -> Tab:
    rows = tuple(tuple(text(record, key) for key in columns.values()) for record in records(file))
    return Tab(title=title, header=tuple(columns), rows=rows, text_columns=text_columns)


def _promotion(record: dict[str, object], today: date) -> tuple[str, ...]:
    def day(key: str) -> str:
        return _typed(today + timedelta(days=int(str(record[key]))), text(record, "date_format"))

    cells = {
        "Дата релиза": day("released"),
        "Название": text(record, "title"),
        "Описание": text(record, "description"),
        "Статус": text(record, "status"),
        "Дата начала": day("starts"),
        "Дата окончания": day("ends"),
        "Ссылка": text(record, "link"),
        "Картинка": text(record, "picture"),
        "Тип": text(record, "kind"),
    }
    return tuple(cells.get(column, "") for column in PROMOTIONS)


def _typed(day: date, style: str) -> str:
    match style:
        case "1.2.2026":
            return f"{day.day}.{day.month}.{day.year}"
        case "01.02.2026":
            return day.strftime("%d.%m.%Y")
        case "2026-02-01":
            return day.isoformat()
    raise ValueError(f"unknown date_format {style!r} in promotions.json")
