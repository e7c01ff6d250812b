"""What every tool says about the workbooks it cannot reach."""

from __future__ import annotations

from collections.abc import Sequence

GOOGLE = "таблицы Google"
BAD_KEY = "GCP_SA_JSON не читается: нужен JSON-ключ сервисного аккаунта целиком, одной строкой."
NO_CREDENTIALS = (
    "Нет доступа к Google. Впишите GCP_SA_JSON в .env (ключ сервисного аккаунта) или выполните "
    "gcloud auth application-default login "
    "--scopes=https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/spreadsheets"
)
OUT_OF_REACH = "Google Таблицы сейчас не отвечают. Повторите через минуту: сделанное второй раз не делается."
NOT_FOUND = "Такой таблицы нет. Проверьте id в настройках: он стоит в адресе таблицы после /d/."
QUOTA = "Квота Google на запросы исчерпана. Повторите через минуту."
NO_TOKEN = "Google не принял ключ доступа. Проверьте GCP_SA_JSON или войдите заново."  # noqa: S105


def playground(url: str) -> str:
    return f"песочница {url}"


def ids_missing(names: Sequence[str]) -> str:
    return f"Не хватает настроек: {', '.join(names)}. Впишите их в .env: id стоит в адресе таблицы после /d/."


def nothing_there(url: str) -> str:
    return (
        f"Таблиц нет: SHEET_ID, APPEALS_SHEET_ID и PROMOTIONS_SHEET_ID не заданы, и песочница на {url} не отвечает. "
        "Впишите id таблиц и GCP_SA_JSON в .env или запустите песочницу: make run (другой порт: PORT=8090)."
    )


def no_right(account: str) -> str:
    whom = account or "аккаунту, под которым вы вошли"
    return f"Нет прав на таблицу. Откройте её и дайте доступ «Редактор»: {whom}."


def refused(message: str) -> str:
    return f"Google Таблицы отказали: {message}"
