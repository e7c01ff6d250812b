"""The knowledge base: what the assistant may answer from."""

from __future__ import annotations

from dataclasses import dataclass

PUBLISHED = "опубликовано"
DRAFT = "черновик"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    id: str
    question: str
    answer: str
    link: str = ""
