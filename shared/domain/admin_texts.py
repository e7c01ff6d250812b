"""What the admins read: they work in the sheets and the chat, and have no terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.domain.history import size
from shared.domain.numerals import counted
from shared.domain.problems import Problem

CHECK = "/check"
"""The command that lists what is wrong in the sheets; only the admins have it."""
LISTED = 3
PART = 4_000
"""UTF-16 units of one message of the list; Telegram takes 4,096."""
CHECK_BEGUN = "Проверяем таблицы. Список придёт сюда."
NOTHING_WRONG = "В таблицах всё в порядке."
FREED = "Строка свободна: партнёр может войти снова."
NOT_FREED = "Освобождать нечего: этот вход уже свободен."

CANNOT_BE_PUBLISHED = (
    "⚠️ Pub/Sub не принимает события бота: специалисты узнают о вызовах с опозданием. Проверьте тему PUBSUB_TOPIC и "
    "роль «Pub/Sub Publisher» сервисного аккаунта. Вызовы стоят в «Обращениях», после исправления напомним о них сами."
)
"""Once a day; the only way to tell it is Telegram."""


def stranger(chat: int) -> str:
    """Somebody who has not logged in asks for a person; what they wrote is forwarded behind this."""
    return f"Просит специалиста, но не вошёл: Telegram ID {chat}. Ответьте ему сами; сегодня больше о нём не напомним."


def taken_notice(*, code: str, name: str) -> str:
    who = f"{name} ({code})" if name else f"Код {code}"
    return f"{who}: входят из другого Telegram. Освободить? Прежний выйдет."


def broken(*, place: str, problem: str, goes_on: bool = False) -> str:
    """A sheet that nobody can work with until a person repairs it. `goes_on`: partners are answered meanwhile."""
    where = f"{place[:1].upper()}{place[1:]}: " if place else ""
    meanwhile = (
        "Партнёрам бот отвечает, пока обходится без этого."
        if goes_on
        else "Пока это не исправят, бот здесь не работает, сообщения партнёров ждут."
    )
    return f"⚠️ {where}{problem}. {meanwhile} Исправьте в таблице, остальное сделаем сами. Что не так и где: {CHECK}"


def imported(*, restored: int, gone: int) -> str:
    """The CRM has replaced «Авторизация»."""
    kept = f"Входы восстановлены: {restored}." if restored else "Восстанавливать было нечего."
    lost = f" Вошли, но пары кода и телефона больше нет: {gone}; им снова нужен вход." if gone else ""
    return f"«Авторизацию» заменил импорт. {kept}{lost}"


def cannot_be_recorded(number: str) -> str:
    return (
        f"«Обращения», № {number}: таблица не принимает запись бота. Отправленное не повторим, но отметки о нём нет. "
        "Снимите защиту столбцов: Данные → Защита листов и диапазонов."
    )


def cannot_be_sent(number: str) -> str:
    """Once a day."""
    return (
        f"«Обращения», № {number}: таблица не принимает запись бота, поэтому ответ из ячейки не отправлен: иначе он "
        "уходил бы снова и снова. Снимите защиту столбцов: Данные → Защита листов и диапазонов."
    )


def held_back(count: int) -> str:
    """Replies that no event told of."""
    return (
        f"В «Обращениях» сразу изменилось много ответов: {count}. Похоже на старую версию таблицы или случайную "
        "вставку, поэтому партнёрам они не ушли; в «Доставке» так и написано. Нужные ответы введите ещё раз."
    )


def problem_report(problems: Sequence[Problem]) -> str:
    """Return the daily report: how many problems there are, the first LISTED of them, and how to get all."""
    rest = len(problems) - LISTED
    more = [f"И ещё {rest}: {CHECK}"] if rest > 0 else []
    return "\n".join([_head(problems), *map(_problem, problems[:LISTED]), *more])


def problem_list(problems: Sequence[Problem]) -> list[str]:
    """Return all the problems in as many messages as Telegram needs, no problem cut in two."""
    return list(_parts([_head(problems), *map(_problem, problems)]))


def _head(problems: Sequence[Problem]) -> str:
    wrong = sum(not problem.mild for problem in problems)
    mild = len(problems) - wrong
    if not wrong:
        return f"В таблицах {_remarks(mild)}. Всё работает, но лучше поправить."
    found = f"{_errors(wrong)} и {_remarks(mild)}" if mild else _errors(wrong)
    return f"В таблицах {found}. Где ошибка, бот не работает; остальное работает. Исправьте прямо в ячейке."


def _problem(problem: Problem) -> str:
    """Where, what, what to type; then the link that opens the cell."""
    place = f"«{problem.tab}», ячейка {problem.cell}" if problem.cell else f"«{problem.tab}»"
    mild = " (замечание)" if problem.mild else ""
    return "\n".join([f"• {place}{mild}: {problem.text}", *([problem.link] if problem.link else [])])


def _parts(pieces: Sequence[str]) -> Iterator[str]:
    part = ""
    for piece in pieces:
        longer = f"{part}\n{piece}" if part else piece
        if part and size(longer) > PART:
            yield part
            longer = piece
        part = longer
    yield part


def _errors(count: int) -> str:
    return counted(count, "ошибка", "ошибки", "ошибок")


def _remarks(count: int) -> str:
    return counted(count, "замечание", "замечания", "замечаний")
