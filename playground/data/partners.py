"""The Authorisation workbook: 40 partners, some of them as a CRM export leaves them."""

from __future__ import annotations

from dataclasses import dataclass

from playground.data.tab import Tab, records, text

COLUMNS = {
    "Код партнера": "code",
    "ФИО партнера": "name",
    "Телефон партнера": "phone",
    "Статус авторизации": "status",
    "Telegram ID": "telegram_id",
    "Дата авторизации": "authorised_at",
    "Уведомления": "notifications",
    "Служебное": "technical",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPartner:
    """A row without dirt, not authorised yet: who may log in. `phone` is E.164."""

    code: str
    phone: str
    name: str


def authorisation_tab() -> Tab:
    header = tuple(COLUMNS)
    return Tab(
        title="Авторизация",
        header=header,
        rows=tuple(tuple(text(partner, key) for key in COLUMNS.values()) for partner in records("partners.json")),
        text_columns=tuple(column for column in header if column != "ФИО партнера"),
        hidden_columns=("Служебное",),
    )


def clean_partners() -> tuple[CleanPartner, ...]:
    return tuple(
        CleanPartner(code=text(partner, "code"), phone=text(partner, "phone"), name=text(partner, "name"))
        for partner in records("partners.json")
        if partner["clean"]
    )
