"""Requests and answers against OpenAI's public OpenAPI file."""

from __future__ import annotations

import json
import warnings
from typing import Any

import httpx2
import pytest

from tests.playground.handbook import tool


@pytest.fixture(scope="module")
def contract() -> Any:
    """`.request(body)` and `.response(body)` list what is wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the checker leaves its file to the collector
            checker = tool("openai_schema_check")
    except ImportError as error:
        pytest.skip(f"the checker needs {error.name}")
    return checker.V("/responses", "post")


def bodies(instructions: str, answer_format: dict[str, Any]) -> list[dict[str, Any]]:
    plain = {"model": "gpt-6-luna", "input": "Где взять логотип компании?"}
    full = {
        "model": "gpt-6-luna",
        "instructions": instructions,
        "input": [{"role": "user", "content": "Спасибо"}, {"role": "user", "content": "Позовите менеджера"}],
        "text": {"format": answer_format, "verbosity": "low"},
        "reasoning": {"effort": "low"},
        "max_output_tokens": 400,
        "store": False,
        "safety_identifier": "a" * 64,
        "prompt_cache_key": "kb",
        "metadata": {"chat": "1"},
        "user": "u",
    }
    return [plain, full, {**full, "max_output_tokens": 16}, {"model": "gpt-4o-mini", "input": "x", "temperature": 0.1}]


KINDS = [None, "refusal", "incomplete", "bad_json"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stream", [False, True])
async def test_bodies_are_valid_against_the_openapi_file(
    contract: Any, base_url: str, instructions: str, answer_format: dict[str, Any], kind: str | None, stream: bool
) -> None:
    """Every request that is accepted and every response, streamed or not, is valid against the public file."""
    async with httpx2.AsyncClient(headers={"authorization": "Bearer sk-playground"}) as http:
        for body in bodies(instructions, answer_format):
            if kind:
                await http.post(f"{base_url}/control/next", json={"kind": kind})
            assert contract.request({**body, "stream": stream}) == []
            answered = await http.post(f"{base_url}/v1/responses", json={**body, "stream": stream})
            assert answered.status_code == 200, answered.text
            assert contract.response(_final(answered.text) if stream else answered.json()) == []


def _final(text: str) -> Any:
    last = text.strip().split("\n\n")[-1]
    name, data = last.split("\n", 1)
    assert name in ("event: response.completed", "event: response.incomplete")
    return json.loads(data.removeprefix("data: "))["response"]
