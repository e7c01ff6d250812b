"""What is said about a dirty sheet: what is wrong, and what to type instead. Never what stands in the cell."""

from __future__ import annotations

from collections.abc import Sequence

BOOK_CLOSED = "Таблица не открывается. Верните боту доступ «Редактор»; если её удалили, достаньте из корзины Диска."
APPEALS_BOOK = "таблица обращений"
PARTNERS_BOOK = "таблица партнёров"
PROMOTIONS_BOOK = "таблица акций"
KEY_REFUSED = "Google не принимает ключ сервисного аккаунта"
ROW_NOT_ADDED = "Google не даёт добавить строку"
ROW_NOT_ADDED_PROTECTED = "строку нельзя добавить: столбец или диапазон защищён от правки"
ROW_NOT_ADDED_FULL = "строку нельзя добавить: в таблице больше нет места, 10 миллионов ячеек"
MARKS_FULL = (
    "в таблице нет места для служебных меток. Старые метки бот удаляет сам; если через час не прошло, "
    "проверьте задание sweep и расширения таблицы"
)
CELLS_PROTECTED = "в строку нельзя записать: столбец или диапазон защищён от правки"
HEADER_GONE = "в первой строке нет заголовков столбцов"
TAB_GONE = "вкладки с таким названием нет, и её столбцов нет на другой"
TABS_ALIKE = "вкладки с таким названием нет, а её столбцы есть на нескольких"
FORMULA_ERROR = "Вместо значения ошибка формулы. Введите само значение; перед + или = поставьте апостроф (')."

CODE_EMPTY = "Нет кода партнёра: войти в эту строку нельзя. Впишите код."
PHONE_EMPTY = "Нет телефона: войти в эту строку нельзя. Впишите номер, например +7 912 345-67-89."
PHONE_UNREADABLE = "Телефон не читается: войти в эту строку нельзя. Впишите номер, например +7 912 345-67-89."
LOGIN_STATUS = "Такого статуса нет, партнёр не считается вошедшим. Впишите «авторизован» или очистите ячейку."
STATUS_WITHOUT_CHAT = "Статус есть, а Telegram ID пуст: бот не знает, кто вошёл. Очистите статус и дату."
CHAT_WITHOUT_STATUS = "Telegram ID есть, а статус пуст: доступ закрыт. Чтобы строку мог занять другой, очистите и ID."
CHAT_UNREADABLE = (
    "Telegram ID это только цифры: бот не узнаёт этого партнёра. Очистите ID и статус, партнёр войдёт снова."
)
LOGIN_DATE = "Дата не читается. Впишите её в виде 05.10.2026."

APPEAL_ID = "id испорчен: бот не узнаёт эту строку. Верните прежний id из истории версий."
APPEAL_CHAT = "Telegram ID это только цифры: бот не узнаёт эту строку. Верните прежний ID из истории версий."
APPEAL_NO_CHAT = "Нет Telegram ID: ответ из этой строки не уйдёт. Верните ID из истории версий."
CONFUSED = (
    "id и Telegram ID от разных партнёров: строка перепутана, ответ из неё не уйдёт. Отмените сортировку или вставку."
)
APPEAL_STATUS = "Такого статуса нет: помощник в этом обращении молчит. Выберите статус из списка."
NO_ADDRESSEE = "Ответ никому не отправлен: в строке нет id. Впишите ответ в строку самого обращения."
TRACE = "Служебная ячейка не читается. Исправлять не нужно: бот напишет её заново, когда дойдёт до строки."

ENTRY_ID = "Нет id: запись не используется. Впишите свой, например kb-101."
ENTRY_QUESTION = "Нет вопроса: запись не используется. Впишите вопрос так, как его задают партнёры."
ENTRY_ANSWER = "Нет ответа: запись не используется. Впишите ответ или статус «черновик»."
ENTRY_STATUS = "Такого статуса нет: запись не используется. Впишите «опубликовано» или «черновик»."
LINK = "Ссылка не открывается: её не показываем. Она должна начинаться с https://"

PROMOTION_TITLE = "Нет названия: акция не показывается. Впишите название."
PROMOTION_STATUS = "Такого статуса нет: акция не показывается. Выберите «Активна», «Ожидает» или «Закончена»."
PROMOTION_RELEASED = "Дата релиза не читается: акция не показывается. Впишите её в виде 01.12.2026."
PROMOTION_DATE = "Дата не читается: акция не показывается. Впишите её в виде 01.12.2026 или очистите ячейку."
PROMOTION_PERIOD = "Окончание раньше начала: акция не показывается. Исправьте одну из дат."
PROMOTION_SENDING = (
    "Такого решения о рассылке нет: акция не показывается и не рассылается. "
    "Впишите «авто», «не рассылать», «пауза», «отмена», «исправить» или «повторить»."
)
PROMOTION_KIND = "Такого типа нет. Впишите «акция» или «событие»; пустая ячейка значит «акция»."

NO_SETTINGS = (
    "Вкладки «Настройки» нет: всё включено, как задумано. Чтобы менять, создайте её со столбцами «Ключ» и «Значение»."
)
SWITCH = "«включено» или «выключено»"
SHORTER = "текст короче 4000 знаков"
PHRASES = "фразы через точку с запятой, в каждой не меньше трёх букв"
HOURS = "дни и часы, например Пн–Пт 9:00–18:00"
WINDOW = "часы, например 10:00–20:00"
CONTACT = "телефон, почту и часы короче 200 знаков, например: 8 800 000-00-00, Пн–Пт 9–18"


def tab(title: str) -> str:
    return f"вкладка «{title}»"


def book_refused(status: int) -> str:
    """Why a workbook is closed, by the HTTP status of Google's answer."""
    match status:
        case 401:
            return f"{KEY_REFUSED} (401)"
        case 403:
            return "нет доступа к таблице (403)"
        case 404:
            return "таблица не найдена (404)"
        case _:
            return f"таблица не принимает запросы ({status})"


def header_wrong(missing: Sequence[str], doubled: Sequence[str]) -> str:
    """Which columns are missing, and which ones stand twice."""
    said = []
    if missing:
        word = "столбца" if len(missing) == 1 else "столбцов"
        said.append(f"нет {word} {_listed(missing)}")
    if doubled:
        word, verb = ("столбец", "стоит") if len(doubled) == 1 else ("столбцы", "стоят")
        said.append(f"{word} {_listed(doubled)} {verb} дважды")
    return "; ".join(said)


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(f"«{title}»" for title in titles)


def no_tab(title: str) -> str:
    return f"Вкладки «{title}» нет, и её столбцов нет на другой. Верните название или вкладку: Файл → История версий."


def tab_renamed(title: str, now: str) -> str:
    return f"Вкладка называется «{now}», бот узнал её по столбцам. Лучше вернуть название «{title}»."


def tabs_alike(title: str, names: Sequence[str]) -> str:
    listed = ", ".join(f"«{name}»" for name in names)
    return f"Вкладки с таким названием нет, а столбцы есть на нескольких: {listed}. Назовите нужную «{title}»."


NO_HEADER = "В первой строке нет заголовков столбцов: вкладка не читается. Верните их в первую строку."


def column_missing(title: str) -> str:
    return f"Нет столбца «{title}»: вкладка не читается. Впишите этот заголовок в первую строку."


def column_misspelt(title: str) -> str:
    return f"Нет столбца «{title}», а этот заголовок похож: вкладка не читается. Впишите здесь «{title}»."


def column_doubled(title: str, first: str) -> str:
    return f"Столбец «{title}» уже стоит в {first}: вкладка не читается. Переименуйте лишний."


def own_missing(title: str) -> str:
    """A column that people keep for themselves: the bot can do without."""
    return f"Нет столбца «{title}»: бот считает его пустым. Впишите этот заголовок в первую строку."


def own_misspelt(title: str) -> str:
    return f"Нет столбца «{title}», а этот заголовок похож: бот считает столбец пустым. Впишите здесь «{title}»."


def own_doubled(title: str, first: str) -> str:
    return f"Столбец «{title}» уже стоит в {first}: пока их два, бот не читает ни один. Переименуйте лишний."


ARCHIVE_TAKEN = (
    "Это название нужно боту: старые строки обращений некуда переносить. Переименуйте вкладку, бот создаст свою."
)


def archive_lacks(titles: Sequence[str]) -> str:
    listed = ", ".join(f"«{title}»" for title in titles)
    return f"Нет заголовков: {listed}. Старые строки обращений некуда переносить. Впишите заголовки в первую строку."


def archive_doubled(title: str, first: str) -> str:
    return f"Столбец «{title}» уже стоит в {first}: старые строки обращений некуда переносить. Переименуйте лишний."


def extra_doubled(title: str, first: str) -> str:
    return f"Столбец «{title}» уже стоит в {first}, читается только он. Переименуйте лишний."


def blank_rows(first: int, last: int) -> str:
    rows = f"Строка {first} пустая" if first == last else f"Строки {first}–{last} пустые"
    return f"{rows}. Это не мешает; лишнее можно удалить."


def same_login(first: str) -> str:
    return f"Этот код с этим телефоном уже стоит в {first}. Оставьте одну строку."


def same_chat(first: str) -> str:
    return f"Этот Telegram ID уже стоит в {first}. Очистите статус, ID и дату в одной из строк."


def same_appeal(first: str) -> str:
    return f"Это обращение уже стоит в {first}: строка скопирована. Удалите лишнюю."


def same_entry(first: str) -> str:
    return f"Этот id уже стоит в {first}: запись не используется. Дайте ей другой id."


def setting_unknown(known: Sequence[str]) -> str:
    return f"Такой настройки нет. Есть: {', '.join(known)}."


def same_setting(first: str) -> str:
    return f"Эта настройка уже стоит в {first}. Оставьте одну строку."


def setting_value(meant: str) -> str:
    return f"Значение не читается, действует прежнее. Впишите {meant}."
