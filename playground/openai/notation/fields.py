"""What the parts of an entry are called, in English and in Russian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.openai.retrieval import Entry

IDS = ("id", "kb_id", "entry_id", "source_id", "source", "key", "№", "номер", "ид", "код")
QUESTIONS = ("question", "q", "вопрос", "в", "title", "topic", "заголовок", "тема", "name")
ANSWERS = ("answer", "a", "ответ", "о", "text", "content", "body", "текст")
LINKS = ("link", "url", "href", "ссылка")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Entries of a text, `rest` of it without them, and the question where the notation itself names it."""

    entries: tuple[Entry, ...] = ()
    rest: str = ""
    asked: str = ""


def named(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields that is there and says something."""
    known = {str(key).strip().lower(): value for key, value in values.items()}
    found = (known[name] for name in names if isinstance(known.get(name), str | int) and known[name] != "")
    return str(next(found, ""))


def entry_of(values: Mapping[str, Any], *, otherwise: str = "") -> Entry | None:
    """An entry says an answer, and has a question or an id; `otherwise` is the id of one that names none."""
    identifier, question = named(values, IDS), named(values, QUESTIONS)
    answer = named(values, ANSWERS)
    if not answer or not (identifier or question):
        return None
    return Entry(id=identifier or otherwise, question=question or answer, answer=answer, link=named(values, LINKS))
