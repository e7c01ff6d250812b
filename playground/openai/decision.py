"""What the model answers: an action, its text and its sources, chosen by how sure the retrieval is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from playground.openai.intent import Intent, intent_of
from playground.openai.retrieval import Entry, Ranked, Retriever

CANDIDATES = 3
UNKNOWN = "В базе знаний ответа на этот вопрос нет."


class Action(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    COURTESY = "courtesy"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`action` is one of the allowed ones."""

    action: Action
    reason: str
    text: str
    source_ids: tuple[str, ...] = ()
    confidence: float = 1.0


def decide(
    question: str,
    entries: Sequence[Entry],
    retriever: Retriever,
    *,
    allowed: Collection[str] = tuple(Action),
    names_sources: bool = True,
) -> Decision:
    """`allowed`: the schema's actions; `names_sources`: its answers can say that they have no source.

    An answer without a source says that the base holds none only where courtesy has an action of its own: elsewhere it
    is how one greets, and what the base does not hold is escalated.
    """
    match intent_of(question):
        case Intent.GREETING:
            return _courtesy("Здравствуйте! Напишите, что вас интересует.", allowed)
        case Intent.THANKS:
            return _courtesy("Рад помочь. Если появится вопрос, пишите.", allowed)
        case Intent.PERSON:
            return _escalate("партнёр просит специалиста", "Здесь лучше поможет специалист.", allowed)
        case Intent.COMPLAINT:
            return _escalate("жалоба", "Понимаю. С этим должен разобраться специалист.", allowed)
        case Intent.QUESTION:
            return _by_confidence(retriever.rank(question, entries), retriever, allowed, names_sources)


def _by_confidence(
    ranked: Sequence[Ranked], retriever: Retriever, allowed: Collection[str], names_sources: bool
) -> Decision:
    limits = retriever.thresholds
    best = ranked[0].score if ranked else 0.0
    lead = best - (ranked[1].score if len(ranked) > 1 else 0.0)
    reason = f"сходство {best:.2f}, отрыв {lead:.2f}"
    if ranked and limits.answers(best, lead):
        decision = _answer(ranked[0].entry, reason)
    elif ranked and best >= limits.maybe and Action.CLARIFY in allowed:
        likely = [item.entry for item in ranked[:CANDIDATES] if item.score >= best / 2]
        decision = _clarify(likely, reason)
    elif ranked and best >= limits.maybe and Action.ESCALATE not in allowed:
        decision = _answer(ranked[0].entry, reason)
    elif names_sources and Action.ANSWER in allowed and Action.COURTESY in allowed:
        decision = Decision(action=Action.ANSWER, reason=reason, text=UNKNOWN)
    else:
        decision = _escalate(reason, UNKNOWN, allowed)
    return replace(decision, confidence=round(min(max(best, 0.0), 1.0), 2))


def _answer(entry: Entry, reason: str) -> Decision:
    return Decision(action=Action.ANSWER, reason=reason, text=entry.answer, source_ids=(entry.id,))


def _clarify(entries: Sequence[Entry], reason: str) -> Decision:
    listed = "\n".join(f"• {entry.question}" for entry in entries)
    return Decision(
        action=Action.CLARIFY,
        reason=reason,
        text=f"Уточните, пожалуйста, о чём вопрос:\n{listed}",
        source_ids=tuple(entry.id for entry in entries),
    )


def _courtesy(text: str, allowed: Collection[str]) -> Decision:
    action = Action.COURTESY if Action.COURTESY in allowed else Action.ANSWER
    return Decision(action=action, reason="вежливость", text=text)


def _escalate(reason: str, text: str, allowed: Collection[str]) -> Decision:
    action = Action.ESCALATE if Action.ESCALATE in allowed else Action.ANSWER
    return Decision(action=action, reason=reason, text=text)
