"""Every text of the conversation, in one place; problem_texts.py has what is said about dirty sheets.

«Вы» small, the result first, one action, at most 300 characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.domain.problems import Problem

ENTER = "Войти"
OPEN_CABINET = "Открыть кабинет"
CABINET = "Кабинет"
CALL_SPECIALIST = "Позвать специалиста"
CALL = "Позвать"
ASK_AGAIN = "Спросить иначе"
CANCEL_CALL = "Отменить вызов"
SOLVED = "Вопрос решён"
FREE = "Освободить"
PRESSED_CALL = "нажата кнопка «Позвать специалиста»"
PRESSED_CANCEL = "вызов специалиста отменён партнёром"
CANCEL_CAME_LATE = "отмена опоздала: специалист уже занялся вопросом"
PRESSED_SOLVED = "партнёр отметил: вопрос решён"
FREED = "Строка свободна: партнёр может войти снова."
NOT_FREED = "Такой строки уже нет."

INVITATION = (
    "Это поддержка партнёров. Войдите один раз: нужны код партнёра и телефон. "
    "Не открывается? Пришлите их одним сообщением: 00123 8 912 345-67-89"
)
NOT_FOUND = "Не нашли такой пары кода и телефона. Проверьте цифры; нули в начале кода важны."
TAKEN = "С этими кодом и телефоном вошли из другого Telegram. Мы написали администратору, он освободит вход."
INVALID_PHONE = "Проверьте номер телефона: нужны 10 цифр после +7 или 8."
INVALID_CONTACT = "Номер не принят. Поделитесь номером ещё раз или введите его сами."
INVALID_CODE = "Введите код партнёра: он есть в вашем договоре."
NO_ANSWER = "Готового ответа нет. Позвать специалиста?"
COURTESY = "Рады помочь. Если появится вопрос, напишите сюда."
ASK_DIFFERENTLY = "Напишите вопрос другими словами, и помощник поищет ещё раз."
CALL_CANCELLED = "Вызов отменён. Помощник снова отвечает: задайте вопрос."
CALL_AGAIN = "Обращение только что изменили. Позвать специалиста?"
NO_SUCH_APPEAL = "Обращение не нашлось. Напишите вопрос ещё раз, и мы ответим."
ANSWER_DROPPED = "ответ помощника не отправлен: обращение взял специалист"
CALL_TOO_LATE = "Специалист уже занялся вопросом. Ответ придёт сюда."
NOTHING_TO_CALL_FOR = "Сначала напишите вопрос, тогда будет что передать специалисту."
NO_APPEALS = "Обращений пока нет. Напишите вопрос, и оно появится."
NO_PROMOTIONS = "Сейчас акций нет. Загляните позже."
LATE = "Сообщение дошло, ответ задерживается. Писать ещё раз не нужно: ответим, как только сможем."
SEND_AGAIN = "Это сообщение записать не удалось. Отправьте его, пожалуйста, ещё раз."
PRESS_FAILED = "Сейчас не получилось, нажмите позже."
ONLY_TEXT = "Пока понимаем только текст. Опишите вопрос словами."
HELP = "Напишите вопрос, и помощник ответит. Команды: /appeals обращения, /promotions акции, /start кабинет."
UNKNOWN_COMMAND = "Такой команды нет. Есть /appeals обращения, /promotions акции, /help помощь, /start кабинет."
FAILED = "Что-то пошло не так, мы уже разбираемся. Повторите через минуту."
CONFUSED = "строка перепутана"
NOT_DELIVERED_GONE = "не доставлено: партнёр остановил бота, позвоните ему"
REPLY_REFUSED = "не доставлено: Telegram не принял текст"
REPLY_IS_FORMULA = "похоже на формулу: поставьте перед текстом апостроф (')"
REPLY_WILL_REPEAT = "повторится"
"""Written by the sheet's script: the event did not leave, the sweep is to deal with the row."""
REPLY_HELD_BACK = "не отправлено: сразу изменилось много ответов. Если ответ нужен, введите его ещё раз"
REPLY_AS_BEFORE = "этот текст уже отправляли: чтобы отправить снова, измените его"
ROW_MISPLACED = (
    "строка перепутана: столбцы передвинули, пока она записывалась. Обращение стоит ниже, эту можно удалить."
)
ROW_OVERWRITTEN = (
    "во время сортировки строку затёрла другая запись. Прежний текст: Файл → История версий. Проверьте статус."
)

NOT_IDENTIFIED = {
    "identity_missing": "Откройте кабинет из чата с ботом: так мы узнаём, кто вы.",
    "identity_forged": "Не удалось узнать вас. Закройте кабинет и откройте его из чата с ботом.",
    "identity_doubled": "Не удалось узнать вас. Закройте кабинет и откройте его из чата с ботом.",
    "identity_expired": "Кабинет открыт давно. Закройте его и откройте снова из чата с ботом.",
}
NOT_AUTHORISED = "Сначала войдите: нужны код партнёра и телефон."
NOT_FOUND_PATH = "Такой страницы нет."
ROW_LINK_UNSIGNED = "Эта ссылка не открывается: возьмите её целиком из сообщения бота."
ROW_LINK_GONE = "Строки этого обращения в таблице больше нет."
UNAVAILABLE = "Таблица сейчас не отвечает. Повторите через минуту."
TOO_LARGE = "Слишком большой запрос."
BAD_JSON = "Запрос не читается."


def _addressed(first_name: str) -> str:
    return f", {first_name}" if first_name else ""


def welcome(first_name: str) -> str:
    return f"Вы вошли{_addressed(first_name)}. Задайте вопрос здесь или откройте кабинет."


def welcome_back(first_name: str) -> str:
    return f"Здравствуйте{_addressed(first_name)}. Задайте вопрос здесь или откройте кабинет."


def paused(minutes: int) -> str:
    return f"Слишком много попыток. Попробуйте через {minutes} {_minutes(minutes)}."


def handed_over(number: str) -> str:
    return f"Передали вопрос специалистам, № {number}. Ответ придёт сюда, подробности можно дописать."


def about_what(number: str) -> str:
    """To a partner who asked for a person and for nothing else."""
    return f"Позвали специалиста, № {number}. О чём вопрос? Напишите сюда, так ответят быстрее."


def reply(number: str, text: str) -> str:
    return f"Ответ специалиста, № {number}: {text}"


def resolved(number: str) -> str:
    return f"Обращение № {number} закрыто. Новый вопрос можно задать здесь."


def moved_to_new(number: str) -> str:
    """In the history of a closed appeal."""
    return f"обращение закрыли, пока партнёр писал: вопрос перенесён в новое, № {number}"


def notice(*, number: str, name: str, question: str, link: str, before: str = "") -> str:
    """For the specialists' chat. `before`: what was said before the call, "" for nothing."""
    return "\n".join([f"Ждёт ответа № {number}", f"{name}: {question}", *([before] if before else []), link])


def before_call(*, author: str, text: str) -> str:
    """A line of the notice: what was said before the question waited. `author`: a role, such as «Помощник»."""
    return f"До вызова, {author.lower()}: {text}"


def late_notice(*, number: str, name: str, question: str, link: str) -> str:
    """For the specialists' chat: one of them was faster than the notice."""
    return f"✅ Уже у специалиста № {number}\n{name}: {question}\n{link}"


def taken_notice(*, code: str, name: str) -> str:
    """For the admin."""
    return f"Код {code} ({name}): вход из второго Telegram отклонён. Освободить строку?"


def broken(*, place: str, problem: str) -> str:
    """For the admin: a sheet that nobody can work with until a person repairs it."""
    where = f"{place[:1].upper()}{place[1:]}: " if place else ""
    return (
        f"⚠️ {where}{problem}. Пока это не исправят, бот здесь не работает, сообщения партнёров ждут. "
        "Исправьте в таблице, остальное сделаем сами; что не так, покажет make sheets-check."
    )


def imported(*, restored: int, gone: int) -> str:
    """For the admin: the CRM has replaced «Авторизация»."""
    kept = f"Входы восстановлены: {restored}." if restored else "Восстанавливать было нечего."
    lost = f" Вошли, но пары кода и телефона больше нет: {gone}; им снова нужен вход." if gone else ""
    return f"«Авторизацию» заменил импорт. {kept}{lost}"


def problem_report(problems: Sequence[Problem], *, listed: int) -> str:
    """For the admin, once a day: how many, and the first of them with their addresses."""
    wrong = sum(not problem.mild for problem in problems)
    head = (
        f"В таблицах есть ошибки: {wrong}. Пока их не исправят, эти строки не работают, остальные работают."
        if wrong
        else f"Замечания к таблицам: {len(problems)}. Всё работает, но лучше поправить."
    )
    lines = [f"• {problem.place}: {problem.text}" for problem in problems[:listed]]
    more = [f"И ещё {len(problems) - listed}. Весь список: make sheets-check"] if len(problems) > listed else []
    return "\n".join([head, *lines, *more])


def delivered(at: datetime, owner: str) -> str:
    """The receipt beside a reply."""
    who = f" · {owner}" if owner else ""
    return f"доставлено {at:%H:%M}{who}"


def delivered_confused(at: datetime) -> str:
    return f"доставлено {at:%H:%M}, но {CONFUSED}"


NOT_RECORDED = "в обращение не записано: снимите защиту столбцов"


def delivered_unrecorded(at: datetime) -> str:
    """The receipt of a reply where nothing else of its row can be written."""
    return f"доставлено {at:%H:%M}, {NOT_RECORDED}"


def cannot_be_recorded(number: str) -> str:
    """For the admin, once a day."""
    return (
        f"«Обращения», № {number}: таблица не принимает запись бота. Отправленное не повторим, но отметки о нём нет. "
        "Снимите защиту столбцов: Данные → Защита листов и диапазонов."
    )


def held_back(count: int) -> str:
    """For the admin: replies that no event told of."""
    return (
        f"В «Обращениях» сразу изменилось много ответов: {count}. Похоже на старую версию таблицы или случайную "
        "вставку, поэтому партнёрам они не ушли; в «Доставке» так и написано. Нужные ответы введите ещё раз."
    )


def appeal_line(*, number: str, status: str, question: str) -> str:
    return f"№ {number} · {status}\n{question}"


def promotion_line(*, title: str, period: str, description: str) -> str:
    return "\n".join(part for part in (title, period, description) if part)


def _minutes(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "минуту"
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return "минуты"
    return "минут"
