"""What goes wrong on demand: POST /openai/control/next."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import openai
import pytest
from openai.types.responses import Response

from playground.kernel.emulator import Emulator
from playground.openai import OpenAIEmulator

Ask = Callable[..., Awaitable[Response]]


@pytest.fixture
def ask(client: openai.AsyncOpenAI, base_url: str, instructions: str, answer_format: dict[str, Any]) -> Ask:
    async def asked(kind: str | None = None, **more: Any) -> Response:
        if kind:
            async with httpx2.AsyncClient() as http:
                answered = await http.post(f"{base_url}/control/next", json={"kind": kind, **more})
            assert answered.status_code == 200, answered.text
        request: dict[str, Any] = {"instructions": instructions, "text": {"format": answer_format}}
        response: Response = await client.responses.create(
            model="gpt-6-luna", input="Где взять логотип компании?", **request
        )
        return response

    return asked


async def test_a_refusal(ask: Ask) -> None:
    """The response is completed, its message holds a refusal and no text; the next one is as usual."""
    refused = await ask("refusal")
    message = refused.output[-1]
    assert (refused.status, refused.output_text) == ("completed", "")
    assert message.type == "message"
    assert message.content[0].type == "refusal"
    assert json.loads((await ask()).output_text)["action"] == "answer"


@pytest.mark.parametrize("reason", ["max_output_tokens", "content_filter"])
async def test_an_incomplete_answer(ask: Ask, reason: str) -> None:
    """Status incomplete with its reason; the text breaks off and is no JSON."""
    cut = await ask("incomplete", reason=reason)
    assert cut.status == "incomplete"
    assert cut.incomplete_details is not None
    assert cut.incomplete_details.reason == reason
    with pytest.raises(ValueError):
        json.loads(cut.output_text)


async def test_invalid_json_in_a_completed_answer(ask: Ask) -> None:
    """Completed, and still no JSON."""
    broken = await ask("bad_json")
    assert broken.status == "completed"
    with pytest.raises(ValueError):
        json.loads(broken.output_text)


async def test_a_source_that_was_never_sent(ask: Ask) -> None:
    """An answer that names an unknown source."""
    assert json.loads((await ask("unknown_source")).output_text)["source_ids"] == ["kb-404"]


async def test_a_promise_only_code_may_make(ask: Ask) -> None:
    """An answer with a good source whose text promises a hand-over."""
    said = json.loads((await ask("promise")).output_text)
    assert (said["action"], said["source_ids"]) == ("answer", ["kb-1"])
    assert "передал" in said["text"]


async def test_a_rate_limit_says_when_to_come_back(ask: Ask) -> None:
    """429 rate_limit_exceeded carries Retry-After and the x-ratelimit headers; it passes."""
    with pytest.raises(openai.RateLimitError) as limited:
        await ask("rate_limit", times=2)
    assert (limited.value.code, limited.value.type) == ("rate_limit_exceeded", "requests")
    headers = limited.value.response.headers
    assert (headers["retry-after"], headers["x-ratelimit-remaining-requests"]) == ("2", "0")
    with pytest.raises(openai.RateLimitError):
        await ask()
    assert (await ask()).status == "completed"


async def test_an_empty_account(ask: Ask) -> None:
    """429 insufficient_quota has no Retry-After: waiting does not help."""
    with pytest.raises(openai.RateLimitError) as refused:
        await ask("quota")
    assert (refused.value.code, refused.value.type) == ("insufficient_quota", "insufficient_quota")
    assert "retry-after" not in refused.value.response.headers


async def test_an_overloaded_service(ask: Ask) -> None:
    """503 server_is_overloaded."""
    with pytest.raises(openai.InternalServerError) as refused:
        await ask("overloaded")
    assert (refused.value.status_code, refused.value.code) == (503, "server_is_overloaded")


async def test_an_unknown_kind_is_named(base_url: str) -> None:
    """A kind that does not exist is an error that lists those that do."""
    async with httpx2.AsyncClient() as http:
        answered = await http.post(f"{base_url}/control/next", json={"kind": "hiccup"})
    assert answered.status_code == 400
    assert "'hiccup'" in answered.json()["error"]["message"]
    assert "'promise'" in answered.json()["error"]["message"]


async def test_clearing_forgets_what_was_scripted(ask: Ask, emulator: OpenAIEmulator, base_url: str) -> None:
    """After a reset the emulator answers as usual."""
    async with httpx2.AsyncClient() as http:
        await http.post(f"{base_url}/control/next", json={"kind": "quota", "times": 5})
    emulator.clear()
    assert (await ask()).status == "completed"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 429, 500, 502, 503, 504])
def test_injected_faults_have_bodies_of_the_real_service(emulator: Emulator, status: int) -> None:
    """error_body gives the error object for any status."""
    error = json.loads(emulator.error_body(status))["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"]
