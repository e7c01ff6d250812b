"""Finding the knowledge entry that answers a question: the port, and BM25 over Russian stems."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import snowballstemmer

# Words that stand in every question and say nothing about its subject.
STOP_WORDS = """
а без бы в вам вас ваш вы где да для до если есть еще же за и из или к как ко когда ли мне мой можно мы на нам нас наш
не нужен нужна нужно нужны о об от по пожалуйста при про с со так то что это я
"""
STOP = frozenset(STOP_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the knowledge base, as it stands in the request."""

    id: str
    question: str
    answer: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    entry: Entry
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """An entry answers from `sure` on, or from `answer` on if it leads the next one by `lead`; from `maybe` on the
    partner is asked to choose."""

    sure: float
    answer: float
    lead: float
    maybe: float

    def answers(self, best: float, lead: float) -> bool:
        return best >= self.sure or (best >= self.answer and lead >= self.lead)


class Retriever(Protocol):
    """Called from one thread at a time."""

    @property
    def name(self) -> str: ...

    @property
    def thresholds(self) -> Thresholds: ...

    def load(self) -> None:
        """Make ready what takes long; calling it again costs nothing."""

    def rank(self, question: str, entries: Sequence[Entry]) -> list[Ranked]:
        """All entries, the best first; scores of one retriever compare across questions."""


class Stems:
    """Russian text as stems without stop words."""

    def __init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("russian")
        self._known: dict[str, str] = {}

    def of(self, text: str) -> list[str]:
        words = re.findall(r"[а-яa-z0-9]+", text.lower().replace("ё", "е"))
        return [self._stem(word) for word in words if word not in STOP]

    def _stem(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = self._stemmer.stemWord(word)
        return self._known[word]


class Bm25:
    """Scores of a fixed set of entries: 0 … about 1, the share of the question's weight that an entry covers."""

    SATURATION, LENGTH = 1.2, 0.75

    def __init__(self, entries: Sequence[Entry], stems: Stems) -> None:
        self._stems = stems
        # The question counts twice: it is what people's words are closest to.
        documents = [stems.of(f"{entry.question} {entry.question} {entry.answer}") for entry in entries]
        self._counts = [Counter(document) for document in documents]
        self._lengths = [len(document) for document in documents]
        self._mean = sum(self._lengths) / max(len(documents), 1) or 1.0
        self._spread = Counter(stem for counts in self._counts for stem in counts)

    def scores(self, question: str) -> list[float]:
        asked = set(self._stems.of(question))
        most = sum(self._rarity(stem) for stem in asked) * (self.SATURATION + 1)
        return [self._score(asked, index) / most if most else 0.0 for index in range(len(self._counts))]

    def _score(self, asked: set[str], index: int) -> float:
        counts, norm = self._counts[index], 1 - self.LENGTH + self.LENGTH * self._lengths[index] / self._mean
        return sum(
            self._rarity(stem) * counts[stem] * (self.SATURATION + 1) / (counts[stem] + self.SATURATION * norm)
            for stem in asked
            if stem in counts
        )

    def _rarity(self, stem: str) -> float:
        found = self._spread[stem]
        return math.log(1 + (len(self._counts) - found + 0.5) / (found + 0.5))


class Bm25Retriever:
    """Words only: for an environment without the sentence encoder."""

    name = "bm25"
    # Measured on tests/playground/openai/retrieval_questions.json: strangers reach 0.19; above 0.20 with a lead of
    # 0.07 every first entry was the right one; from 0.55 on one is asked nearly in the entry's own words.
    thresholds = Thresholds(sure=0.55, answer=0.20, lead=0.07, maybe=0.10)

    def __init__(self) -> None:
        self._stems = Stems()
        self._index: tuple[tuple[Entry, ...], Bm25] | None = None

    def load(self) -> None:
        """Nothing takes long here."""

    def rank(self, question: str, entries: Sequence[Entry]) -> list[Ranked]:
        return best_first(entries, self.scores(question, entries))

    def scores(self, question: str, entries: Sequence[Entry]) -> list[float]:
        known = tuple(entries)
        if self._index is None or self._index[0] != known:
            self._index = known, Bm25(known, self._stems)
        return self._index[1].scores(question)


def best_first(entries: Sequence[Entry], scores: Sequence[float]) -> list[Ranked]:
    ranked = [Ranked(entry=entry, score=float(score)) for entry, score in zip(entries, scores, strict=True)]
    return sorted(ranked, key=lambda item: -item.score)
