"""What a new «Настройки» holds: every key, with the value that counts while nobody changed it."""

from __future__ import annotations

from shared.domain.preferences import Setting

DEFAULTS = (
    (Setting.ASSISTANT, "включён", "включён или выключен. Выключен: каждое сообщение получают специалисты"),
    (Setting.PROMOTIONS, "включены", "включены или выключены: раздел в кабинете и рассылка"),
    (Setting.INSTRUCTIONS, "", "добавляется к правилам помощника"),
    (Setting.PHRASES, "", "через точку с запятой. Такая фраза партнёра сразу зовёт специалиста"),
    (Setting.HOURS, "Пн–Пт 9:00–18:00", "когда отвечают специалисты, по Москве"),
    (Setting.WINDOW, "10:00–20:00", "когда можно рассылать акции, по Москве"),
    (Setting.CONTACT, "", "телефон, почта, часы: для тех, кто не может войти. Пусто: не говорится"),
)
