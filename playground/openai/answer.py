"""From a checked request to what the model says."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from playground.openai import fill, verdict
from playground.openai.decision import Action, Decision, decide
from playground.openai.knowledge import Read, read
from playground.openai.request import Request
from playground.openai.retrieval import Retriever
from playground.openai.script import Kind, Scripted

REFUSAL = "I'm sorry, but I can't assist with that request."
PROMISE = "Я передал ваш вопрос специалисту, он скоро ответит вам здесь."
UNKNOWN_SOURCE = "kb-404"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`text` is what stands in the output, or the refusal's text; `incomplete` is the reason it was cut short."""

    action: str
    text: str
    refused: bool = False
    incomplete: str | None = None


def answer(request: Request, retriever: Retriever, scripted: Scripted | None) -> Answer:
    """Slow (an embedding): not for the event loop. UnreadableKnowledgeError: the entries sent are none."""
    told = read(request.messages)
    entries = told.entries
    decision = _decision(request, told, retriever)
    if scripted is None:
        return Answer(action=decision.action, text=_rendered(request, decision))
    match scripted.kind:
        case Kind.REFUSAL:
            return Answer(action="refusal", text=REFUSAL, refused=True)
        case Kind.PROMISE:
            sources = decision.source_ids[:1] or tuple(entry.id for entry in entries[:1])
            decision = replace(decision, action=Action.ANSWER, text=PROMISE, source_ids=sources)
        case Kind.UNKNOWN_SOURCE:
            decision = replace(decision, action=Action.ANSWER, source_ids=(UNKNOWN_SOURCE,))
        case _:
            pass
    text = _rendered(request, decision)
    if scripted.kind is Kind.BAD_JSON:
        return Answer(action="bad_json", text=_half(text))
    if scripted.kind is Kind.INCOMPLETE:
        return Answer(action="incomplete", text=_half(text), incomplete=scripted.reason)
    return Answer(action=decision.action, text=text)


def _decision(request: Request, told: Read, retriever: Retriever) -> Decision:
    if request.schema is None:
        return decide(told.question, told.entries, retriever, names_sources=False)
    return decide(
        told.question,
        told.entries,
        retriever,
        allowed=verdict.actions(request.schema),
        names_sources=verdict.names_sources(request.schema),
    )


def _rendered(request: Request, decision: Decision) -> str:
    if request.schema is None:
        return decision.text
    return json.dumps(fill.filled(request.schema, verdict.wanted(decision)), ensure_ascii=False)


def _half(text: str) -> str:
    return text[: len(text) // 2]
