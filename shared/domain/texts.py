"""Every text of the conversation, in one place; admin_texts.py and problem_texts.py have what the admins read.

«Вы» small, the result first, one action, at most 300 characters.
"""

from __future__ import annotations

from datetime import datetime

from shared.domain.numerals import counted

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

INVITATION = (
    "Здравствуйте! Здесь отвечают партнёрам. Войдите один раз: код партнёра (он в договоре и счетах) и телефон "
    "из договора. Не открывается? Пришлите одним сообщением: 00123 8 912 345-67-89"
)
DESCRIPTION = "Здесь отвечают партнёрам: сразу помощник, на сложный вопрос специалист. Нажмите «Начать» и войдите."
NOT_FOUND = "Код и телефон не совпали с нашим списком. Проверьте нули в начале кода и возьмите номер из договора."
TAKEN = (
    "С этими данными уже вошли из другого Telegram. Сменили аккаунт? Администратор освободит вход. "
    "Вошёл коллега? Попросите менеджера добавить ваш номер."
)
INVALID_PHONE = "Проверьте номер телефона: нужны 10 цифр после +7 или 8."
INVALID_CONTACT = "Номер не принят. Поделитесь номером ещё раз или введите его сами."
INVALID_CODE = "Введите код партнёра: он в договоре и счетах."
MAYBE_THIS = "Возможно, вы об этом?"
NO_ANSWER = "Готового ответа нет. Позвать специалиста?"
THANKS = "Пожалуйста! Будут вопросы, пишите."
ASK_DIFFERENTLY = "Напишите вопрос другими словами, и помощник поищет ещё раз."
CALL_CANCELLED = "Хорошо, специалиста не зовём. Спрашивайте, ответит помощник."
CALL_AGAIN = "Обращение только что изменили. Позвать специалиста?"
NO_SUCH_APPEAL = "Обращение не нашлось. Напишите вопрос ещё раз, и мы ответим."
ANSWER_DROPPED = "ответ помощника не отправлен: обращение взял специалист"
NOT_CLOSED = "Пока не закрыли: обращение только что изменили."
STILL_WAITS = "Последний вопрос ещё ждёт специалиста. Решён и он? Нажмите «Вопрос решён»."
CALL_TOO_LATE = "Специалист уже занялся вопросом. Ответ придёт сюда."
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
BEFORE_CONNECTION = "до подключения"
"""Written by the set-up beside replies that are older than the bot."""
SENDING = "отправляется…"
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
UNAVAILABLE = "Данные пока не загружаются. Попробуйте через минуту."
TOO_LARGE = "Слишком большой запрос."
BAD_JSON = "Запрос не читается."


def _addressed(first_name: str) -> str:
    return f", {first_name}" if first_name else ""


def welcome(first_name: str) -> str:
    return f"Вы вошли{_addressed(first_name)}. Задайте вопрос здесь или откройте кабинет."


def welcome_back(first_name: str) -> str:
    return f"Здравствуйте{_addressed(first_name)}. Задайте вопрос здесь или откройте кабинет."


def with_contact(text: str, contact: str) -> str:
    """Return the text with a line on how to reach the company without the bot; the text alone without a contact."""
    return f"{text}\nСвязаться с нами: {contact}" if contact else text


def description(contact: str) -> str:
    """Return what Telegram shows in an empty chat with the bot: 512 characters at most."""
    return with_contact(DESCRIPTION, contact)


def greeting(first_name: str) -> str:
    return f"Здравствуйте{_addressed(first_name)}! Чем помочь?"


def paused(minutes: int) -> str:
    return f"Слишком много попыток. Попробуйте через {counted(minutes, 'минуту', 'минуты', 'минут')}."


def handed_over(number: str) -> str:
    return f"Передали вопрос специалистам, № {number}. Ответ придёт сюда, подробности можно дописать."


def about_what(number: str) -> str:
    """To a partner who asked for a person and for nothing else."""
    return f"Позвали специалиста, № {number}. О чём вопрос? Напишите сюда, так ответят быстрее."


def reply(number: str, text: str) -> str:
    return f"Ответ специалиста, № {number}: {text}"


def resolved(number: str) -> str:
    return f"Закрыли вопрос № {number}. Не решён? Напишите сюда."


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


def delivered(at: datetime, owner: str) -> str:
    """The receipt beside a reply."""
    who = f" · {owner}" if owner else ""
    return f"доставлено {at:%H:%M}{who}"


def delivered_confused(at: datetime) -> str:
    return f"доставлено {at:%H:%M}, но {CONFUSED}"


NOT_RECORDED = "в обращение не записано: снимите защиту столбцов"


def delivered_unrecorded(at: datetime, digest: str) -> str:
    """The receipt of a reply where nothing else of its row can be written: it alone tells which reply was sent."""
    return f"доставлено {at:%H:%M}, {NOT_RECORDED}{_code(digest)}"


def says_unrecorded(receipt: str, digest: str) -> bool:
    """Is this the receipt of that reply, alone in its row?"""
    return receipt.endswith(f"{NOT_RECORDED}{_code(digest)}")


def is_unrecorded(receipt: str) -> bool:
    """Is this such a receipt, of whatever reply? Those of an earlier version have no code."""
    return NOT_RECORDED in receipt


def _code(digest: str) -> str:
    return f" (код {digest[:6]})"


def appeal_line(*, number: str, status: str, question: str) -> str:
    return f"№ {number} · {status}\n{question}"


def promotion_line(*, title: str, period: str, description: str) -> str:
    return "\n".join(part for part in (title, period, description) if part)
