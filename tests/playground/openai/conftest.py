"""A served emulator, the unmodified client, and the synthetic knowledge base as the bot sends it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import openai
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from playground.data import knowledge_tab
from playground.kernel.emulator import Kernel
from playground.kernel.server import serving
from playground.openai import Bm25Retriever, Entry, OpenAIEmulator

KEY = "sk-playground"


@pytest.fixture(scope="session")
def entries() -> tuple[Entry, ...]:
    """The published entries of the synthetic knowledge base."""
    rows = knowledge_tab().rows
    return tuple(Entry(id=r[0], question=r[1], answer=r[2], link=r[3]) for r in rows if r[4] == "опубликовано")


@pytest.fixture(scope="session")
def instructions(entries: tuple[Entry, ...]) -> str:
    base = [{"id": e.id, "question": e.question, "answer": e.answer, "link": e.link} for e in entries]
    return f"Отвечай по базе знаний.\n<knowledge>{json.dumps(base, ensure_ascii=False)}</knowledge>"


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[OpenAIEmulator, Kernel, str]]:
    """By words: quick to start, and the same everywhere."""
    kernel = Kernel.fresh("http://playground")
    emulator = OpenAIEmulator(kernel, api_key=KEY, retriever=Bm25Retriever())
    with serving(Starlette(routes=[Mount("/openai", emulator.app)])) as url:
        yield emulator, kernel, f"{url}/openai"


@pytest.fixture
def emulator(served: tuple[OpenAIEmulator, Kernel, str]) -> OpenAIEmulator:
    made, kernel, _ = served
    made.clear()
    made.reset_stats()
    kernel.events.clear()
    return made


@pytest.fixture
def kernel(served: tuple[OpenAIEmulator, Kernel, str]) -> Kernel:
    return served[1]


@pytest.fixture
def base_url(served: tuple[OpenAIEmulator, Kernel, str], emulator: OpenAIEmulator) -> str:
    return served[2]


@pytest.fixture
async def client(base_url: str) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(api_key=KEY, base_url=f"{base_url}/v1", max_retries=0) as made:
        yield made


@pytest.fixture
def answer_format() -> dict[str, Any]:
    """The strict structured answer that an assistant asks for."""
    text = {"type": "string"}
    properties = {
        "action": {"type": "string", "enum": ["answer", "clarify", "courtesy", "escalate"]},
        "reason": text,
        "text": text,
        "source_ids": {"type": "array", "items": text},
    }
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "json_schema", "name": "answer", "strict": True, "schema": schema}
