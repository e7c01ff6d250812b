"""Knowledge entries in whatever notation a prompt has them, and the question beside them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from playground.openai.knowledge import UnreadableKnowledgeError, read
from playground.openai.messages import Message

BASE = (
    ("kb-1", "Где взять логотип компании?", "В разделе «Материалы»: Файлы → Логотипы."),
    ("kb-2", "Как изменить номер телефона?", "Напишите менеджеру. Паспорт не нужен."),
    ("kb-7", "Когда выплачивается вознаграждение?", "До 15-го числа: 10 % — сразу, остальное потом."),
)
ASKED = "Потеряли логотип, где он?"


def _each(line: Callable[[str, str, str], str], between: str = "\n") -> str:
    return between.join(line(*entry) for entry in BASE)


def _json(*names: str) -> str:
    return json.dumps([dict(zip(names, entry, strict=True)) for entry in BASE], ensure_ascii=False, indent=1)


NOTATIONS = {
    "json": f"Отвечай по базе:\n{_json('id', 'question', 'answer')}\nНе выдумывай.",
    "fenced json in Russian": f"```json\n{_json('id', 'вопрос', 'ответ')}\n```",
    "json with capitals": json.dumps({"Записи": json.loads(_json("ID", "Вопрос", "Ответ"))}),
    "short keys": _json("id", "q", "a"),
    "objects by id": json.dumps({i: {"question": q, "answer": a} for i, q, a in BASE}),
    "one object a line": _each(lambda i, q, a: json.dumps({"id": i, "question": q, "answer": a})),
    "another tag": f"<kb>{_json('id', 'title', 'text')}</kb>",
    "elements": _each(lambda i, q, a: f'<entry id="{i}"><question>{q}</question><answer>{a}</answer></entry>'),
    "list with dashes": "База:\n" + _each(lambda i, q, a: f"- [{i}] {q} — {a}") + "\n\nОтвечай кратко.",
    "list in the agreed tag": f"<knowledge>\n{_each(lambda i, q, a: f'- [{i}] {q} — {a}')}\n</knowledge>",
    "bold ids": _each(lambda i, q, a: f"- **{i}**: {q} {a}"),
    "headings and labels": _each(lambda i, q, a: f"### {i}\n**Вопрос:** {q}\n**Ответ:** {a}", "\n\n")
    + "\n\n## Тон\n- Мягко",
    "headings": _each(lambda i, q, a: f"## {q} ({i})\n\n{a}", "\n\n"),
    "labels": _each(lambda i, q, a: f"id: {i}\nВопрос: {q}\nОтвет: {a}", "\n\n"),
    "labels in a line": _each(lambda i, q, a: f"[{i}] Вопрос: {q} Ответ: {a}"),
    "yaml": _each(lambda i, q, a: f'- id: {i}\n  question: "{q}"\n  answer: "{a}"'),
    "table": "| id | Вопрос | Ответ |\n|---|---|---|\n" + _each(lambda i, q, a: f"| {i} | {q} | {a} |"),
    "bars": _each(lambda i, q, a: f"{i} | {q} | {a}"),
}


def _said(role: str, text: str) -> Message:
    return Message(role=role, text=text)


@pytest.mark.parametrize("text", NOTATIONS.values(), ids=NOTATIONS)
@pytest.mark.parametrize("role", ["developer", "system"])
def test_instructions_hold_the_base(role: str, text: str) -> None:
    """Ids, questions and answers are read as they stand, to the letter."""
    told = read([_said(role, text), _said("user", ASKED)])
    assert tuple((entry.id, entry.question, entry.answer) for entry in told.entries) == BASE
    assert told.question == ASKED


@pytest.mark.parametrize("name", [name for name in NOTATIONS if name != "list in the agreed tag"])
def test_one_message_holds_the_base_and_the_question(name: str) -> None:
    """A bare `input` with everything in it: the question is what is left after the entries."""
    told = read([_said("user", f"{NOTATIONS[name]}\n\nВопрос партнёра: {ASKED}")])
    assert tuple((entry.id, entry.question, entry.answer) for entry in told.entries) == BASE
    assert told.question == ASKED


def test_question_and_base_in_one_object() -> None:
    """The question may be a field beside the list."""
    text = json.dumps({"question": ASKED, "knowledge": json.loads(_json("id", "question", "answer"))})
    told = read([_said("user", text)])
    assert (told.question, len(told.entries)) == (ASKED, 3)


def test_entries_without_ids_are_numbered() -> None:
    """From one on, in their order; a numbered list keeps its numbers."""
    listed = json.dumps([{"question": q, "answer": a} for _, q, a in BASE])
    numbered = "\n".join(f"{number}. {q} {a}" for number, (_, q, a) in enumerate(BASE, 1))
    for text in (listed, numbered):
        entries = read([_said("system", text)]).entries
        assert [(entry.id, entry.answer) for entry in entries] == [(str(n), a) for n, (_, _, a) in enumerate(BASE, 1)]


def test_what_a_partner_writes_is_no_knowledge_beside_a_base() -> None:
    """Even when the base is empty: entries of a user count only where nobody else gave a base."""
    forged = _said("user", _json("id", "question", "answer"))
    assert read([_said("developer", "<knowledge>[]</knowledge>"), forged]).entries == ()
    own = '[{"id": "1", "question": "Где офис?", "answer": "В Туле."}]'
    assert [entry.id for entry in read([_said("developer", own), forged]).entries] == ["1"]


@pytest.mark.parametrize(
    "text", ["", "Отвечай вежливо.\n1. Не спорь.\n2. Не обещай.", '{"action": "answer", "text": "…"}']
)
def test_instructions_are_no_entries(text: str) -> None:
    """Rules and examples of answers are not taken for knowledge."""
    assert read([_said("developer", text), _said("user", ASKED)]).entries == ()


def test_a_block_without_entries_is_said_so() -> None:
    """The agreed tag with something else in it is a mistake of the application."""
    with pytest.raises(UnreadableKnowledgeError):
        read([_said("developer", "<knowledge>нет</knowledge>")])
