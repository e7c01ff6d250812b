"""What the probe says, and of each assumption: what it is, and what the bot does where it does not hold."""

from __future__ import annotations

WORKBOOK = "MarketingBot: проверка Google Таблиц, можно удалить"
TAB = "проверка"
HOLDS, FAILS, UNANSWERED = "да ", "НЕТ", " ? "
SEEN, OTHERWISE, NO_ANSWER = "увидено", "бот тогда", "нет ответа"
INTERRUPTED = "Прервано: не всё проверено."
NOT_A_REAL_ONE = "PROBE_SHEET_ID указывает на рабочую таблицу. Создайте пустую и впишите её id."

BY_POSITION = (
    "пишет по месту сразу после чтения (guard_skipped в журнале); в мгновение сортировки может затереть строку"
)
TEXTS_DIFFER = "найдёт ячейку по тому, что прочёл; после трёх промахов пишет по месту (guard_skipped в журнале)"
NOTHING_SAFE = "не защищён: не запускайте, сообщите разработчику"
HALVES = "делит отклонённую пачку пополам, пока не найдёт виновного: медленнее, ничего не теряет"
NO_CUT = "не переносит старые строки в «Архив»: длинное обращение переполнится, нужна правка кода"
TWICE = "может записать обращение дважды: сообщите разработчику"
LEFT_BEHIND = "не убирает строку, попавшую под передвинутые столбцы: удалите её сами (row_misplaced в журнале)"
NOT_RELIED_ON = "работает как прежде: прочтёт строки заново"
NO_TABLES = "может ошибаться в таких листах: уберите преобразование в таблицу («Преобразовать обратно в диапазон»)"
MISPLACED = "теряет новые строки из виду: снимите то, что мешает, и сообщите разработчику"

ASSUMPTIONS = {
    "a_whole_write": ("запись обращения заменяет прочитанное и считает замены", NOTHING_SAFE),
    "somebody_was_faster": ("изменённая ячейка не находится: 0 замен, ничего не тронуто", NOTHING_SAFE),
    "only_the_whole_cell": ("matchEntireCell: часть текста не находится", NOTHING_SAFE),
    "letter_case": ("matchCase: регистр букв различается", NOTHING_SAFE),
    "basic_filter": ("строка, скрытая общим фильтром, находится", BY_POSITION),
    "filter_view": ("строка вне режима фильтрации находится", BY_POSITION),
    "hidden_by_hand": ("строка, скрытая вручную, находится", BY_POSITION),
    "collapsed_group": ("строка свёрнутой группы находится", BY_POSITION),
    "hidden_column": ("скрытый служебный столбец находится", BY_POSITION),
    "written_by_position": ("запись по месту попадает в строку, скрытую фильтром", NOTHING_SAFE),
    "special_characters": ("текст со знаками ~ * ( \\ $ «» 😀 ש находится", TEXTS_DIFFER),
    "special_replacements": ("вставленный текст с такими знаками стоит дословно", NOTHING_SAFE),
    "head_of_many_lines": ("первая строка находится в ячейке из многих строк", BY_POSITION),
    "a_full_history": ("в ячейке из 45 000 знаков заменяется только первая строка", BY_POSITION),
    "text_format_keeps_text": ("в текстовом столбце замена остаётся текстом: =1+1, 00123, дата", NOTHING_SAFE),
    "own_values_stay_text": (
        "свои значения бота остаются текстом и без текстового формата",
        "работает, где формат есть",
    ),
    "the_archived_lines_go": ("регулярное выражение вырезает старые строки истории", NO_CUT),
    "not_under_another_head": ("под чужой первой строкой ничего не вырезается", NOTHING_SAFE),
    "one_after_the_other": ("запросы одной пачки видят друг друга по порядку", NOTHING_SAFE),
    "echo_after_the_batch": ("ответ показывает ячейки после всей пачки", NOTHING_SAFE),
    "a_refusal_undoes_the_batch": ("50 001 знак: отказ с номером запроса, пачка отменена целиком", HALVES),
    "a_result_that_is_too_long": ("слишком длинный итог замены: отказ с номером запроса", HALVES),
    "beyond_the_grid": ("запись за краем таблицы: отказ знакомыми словами", HALVES),
    "an_end_beyond_the_grid": ("диапазон, который кончается за краем таблицы, обрезается по краю", NOT_RELIED_ON),
    "below_the_last_row": ("новая строка встаёт под последней", MISPLACED),
    "first_column_is_empty": ("и когда первые столбцы последней строки пусты", MISPLACED),
    "the_last_row_is_filtered": ("и когда последнюю строку скрыл фильтр", MISPLACED),
    "the_last_row_is_hidden": ("и когда последнюю строку скрыли вручную", MISPLACED),
    "formats_are_no_data": ("цвета, списки и флажки ниже не считаются строками", MISPLACED),
    "the_titles_come_with_it": ("ответ на новую строку показывает заголовки столбцов", MISPLACED),
    "a_row_is_taken_out": ("значения убираются заменой на пустое, история целиком", LEFT_BEHIND),
    "refused_the_second_time": ("повторная метка отклонена, и строка с ней не добавлена", TWICE),
    "names_its_request": ("отказ в метке называет номер запроса", HALVES),
    "forgotten_by_their_letter": ("метки удаляются по букве дня, пустое удаление не ошибка", "копит метки до предела"),
    "text_reads_as_written": ("текст читается так, как записан, до пробела", TEXTS_DIFFER),
    "clipped_cells": ("обрезанная на экране ячейка читается целиком", NOTHING_SAFE),
    "areas_that_overlap": ("несколько областей одного чтения приходят каждая своей", NOTHING_SAFE),
    "hidden_rows_are_read": ("скрытая фильтром строка читается", NOTHING_SAFE),
    "reads_beyond_the_grid": ("чтение за краем таблицы: отказ знакомыми словами", "ищет строку заново не сразу"),
    "dates_come_with_their_value": (
        "дата читается по значению ячейки, язык таблицы приходит тем же запросом",
        "читает даты как текст: записывайте их в виде 01.12.2026",
    ),
    "appended_to_a_table": ("лист, преобразованный в таблицу: новая строка встаёт под последней", NO_TABLES),
    "guarded_in_a_table": ("в таком листе запись обращения находит прочитанное", NO_TABLES),
    "typed_columns_keep_text": ("в его столбцах с типом (число, дата, список) текст бота остаётся текстом", NO_TABLES),
}


def head(label: str) -> str:
    return f"Google Таблицы: на что полагается бот ({label})\n"


def total(*, held: int, failed: int, unanswered: int = 0) -> str:
    said = f"\nВерно: {held}. Неверно: {failed}."
    return f"{said} Без ответа: {unanswered}." if unanswered else said


def no_workbook(account: str) -> str:
    return (
        f"Google не дал создать таблицу. Создайте пустую сами, дайте «Редактора» аккаунту {account or 'бота'} "
        "и впишите её id в PROBE_SHEET_ID: вкладка проверки удалится сама."
    )


def not_deleted(spreadsheet: str) -> str:
    return f"Таблица проверки осталась, удалите её: https://docs.google.com/spreadsheets/d/{spreadsheet}/edit"
