"""What a decision is called in the schema of a request: every application has words of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playground.openai import fill
from playground.openai.decision import Action, Decision

_ACTION = ("action", "decision", "kind", "type", "intent", "verdict", "outcome", "действие")
_TEXT = ("text", "answer", "reply", "message", "response", "content", "answer_text", "текст", "ответ")
_REASON = ("reason", "explanation", "rationale", "reasoning", "причина")
_SOURCES = ("source_ids", "sources", "source", "source_id", "ids", "entry_ids", "entry_id", "citations", "used_ids")
_ESCALATES = ("escalate", "escalated", "needs_human", "needs_specialist", "handoff", "hand_over", "transfer")
_CONFIDENCE = ("confidence", "score", "certainty")
_SPELLED = {
    Action.ANSWER: ("answer", "reply", "respond", "ответ", "ответить"),
    Action.CLARIFY: ("clarify", "ask", "question", "уточнить"),
    Action.COURTESY: ("courtesy", "smalltalk", "small_talk", "greeting", "вежливость"),
    Action.ESCALATE: ("escalate", "handoff", "hand_off", "human", "operator", "specialist", "transfer", "передать"),
}


def actions(schema: fill.Schema) -> tuple[Action, ...]:
    """Those that the schema knows, by any of their names; all where it leaves the action open or has none."""
    properties = fill.properties(schema)
    words = _words(properties)
    if words is not None:
        return tuple(action for action in Action if set(_SPELLED[action]) & words)
    says_only_whether = not set(_ACTION) & set(properties) and set(_ESCALATES) & set(properties)
    return (Action.ANSWER, Action.ESCALATE) if says_only_whether else tuple(Action)


def names_sources(schema: fill.Schema) -> bool:
    """Whether an answer can say that it has no source."""
    return bool(set(_SOURCES) & set(fill.properties(schema)))


def wanted(decision: Decision) -> dict[str, list[Any]]:
    """Values by the names that a property may have."""
    ids = list(decision.source_ids)
    values: Mapping[Sequence[str], list[Any]] = {
        _ACTION: list(_SPELLED[decision.action]),
        _TEXT: [decision.text],
        _REASON: [decision.reason],
        _SOURCES: [ids, ids[0] if ids else None, ""],
        _ESCALATES: [decision.action is Action.ESCALATE],
        _CONFIDENCE: [decision.confidence, round(decision.confidence * 100)],
    }
    return {name: found for names, found in values.items() for name in names}


def _words(properties: Mapping[str, fill.Schema]) -> set[str] | None:
    found = [fill.words(properties[name]) for name in _ACTION if name in properties]
    return next((set(words) for words in found if words is not None), None)
