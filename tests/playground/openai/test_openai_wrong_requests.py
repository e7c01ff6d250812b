"""What OpenAI refuses, with its own status, text, param and code."""

from __future__ import annotations

from typing import Any

import httpx2
import openai
import pytest

OK: dict[str, Any] = {"model": "gpt-6-luna", "input": "Привет"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


def formatted(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"text": {"format": {"type": "json_schema", "name": "reply", "strict": True, "schema": schema, **more}}}


def said(item: dict[str, Any]) -> dict[str, Any]:
    return {"input": [item]}


# changes to a good request · status · param · code · words of the message
WRONG: list[tuple[dict[str, Any], int, str | None, str | None, str]] = [
    ({"bogus": 1}, 400, "bogus", "unknown_parameter", "Unknown parameter: 'bogus'."),
    ({"reasoning": {"efort": "low"}}, 400, "reasoning.efort", "unknown_parameter", "'reasoning.efort'"),
    ({"model": None}, 400, "model", "missing_required_parameter", "Missing required parameter: 'model'."),
    ({"input": None}, 400, "input", "missing_required_parameter", "Missing required parameter: 'input'."),
    ({"input": 5}, 400, "input", "invalid_type", "but got an integer instead."),
    ({"input": []}, 400, "input", "empty_array", "minimum length 1"),
    (said({"role": "bot", "content": "x"}), 400, "input[0].role", "invalid_value", "Supported values are: 'assistant'"),
    (said({"role": "user"}), 400, "input[0].content", "missing_required_parameter", "input[0].content"),
    (said({"role": "user", "content": "x", "name": "A"}), 400, "input[0].name", "unknown_parameter", "input[0].name"),
    (
        said({"role": "assistant", "content": [{"type": "input_text", "text": "x"}]}),
        *(400, "input[0].content[0].type", "invalid_value", "Supported values are: 'output_text' and 'refusal'."),
    ),
    ({"model": "gpt-6-lunna"}, 404, "model", "model_not_found", "The model `gpt-6-lunna` does not exist"),
    ({"model": "gpt-4-0314"}, 404, "model", "model_not_found", "gpt-4-0314"),
    ({"max_output_tokens": 15}, 400, "max_output_tokens", "integer_below_min_value", ">= 16, but got 15"),
    ({"max_output_tokens": "many"}, 400, "max_output_tokens", "invalid_type", "expected an integer, but got a string"),
    ({"stream": "yes"}, 400, "stream", "invalid_type", "expected a boolean, but got a string"),
    ({"temperature": 0.2}, 400, "temperature", None, "'temperature' is not supported with this model."),
    ({"top_p": 0.2}, 400, "top_p", None, "'top_p' is not supported with this model."),
    ({"model": "gpt-4.1-mini", "temperature": 3}, 400, "temperature", "decimal_above_max_value", "<= 2, but got 3"),
    ({"reasoning": {"effort": "minimal"}}, 400, "reasoning.effort", "unsupported_value", "'xhigh', and 'max'."),
    ({"model": "gpt-4o", "reasoning": {"effort": "low"}}, 400, "reasoning.effort", "unsupported_parameter", "effort"),
    ({"metadata": {str(n): "" for n in range(17)}}, 400, "metadata", "object_above_max_properties", "at most 16"),
    ({"metadata": {"a": "x" * 513}}, 400, "metadata.a", "string_above_max_length", "maximum length 512"),
    ({"metadata": {"a": 1}}, 400, "metadata.a", "invalid_type", "expected a string"),
    ({"safety_identifier": "x" * 65}, 400, "safety_identifier", "string_above_max_length", "maximum length 64"),
    ({"stream_options": {"include_obfuscation": False}}, 400, "stream_options", None, "only allowed when 'stream'"),
    ({"previous_response_id": "resp_0"}, 400, "previous_response_id", "previous_response_not_found", "resp_0"),
    ({"prompt": {"id": "pmpt_1"}}, 404, "prompt", "prompt_not_found", "'pmpt_1'"),
    ({"tools": [{"type": "web_search"}]}, 400, "tools", "not_emulated", "does not support 'tools'"),
    ({"conversation": "conv_1"}, 400, "conversation", "not_emulated", "does not support 'conversation'"),
    ({"background": True}, 400, "background", "not_emulated", "does not support 'background'"),
    ({"text": {"format": {"type": "json_object"}}}, 400, "text.format.type", "not_emulated", "json_object"),
    ({"text": {"format": {"type": "json_schema"}}}, 400, "text.format.name", "missing_required_parameter", "name"),
    (formatted(SCHEMA, name="не имя"), 400, "text.format.name", "invalid_value", "does not match pattern"),
    ({"instructions": "<knowledge>нет</knowledge>"}, 400, None, "not_emulated", "<knowledge>"),
]


@pytest.mark.parametrize(("change", "status", "param", "code", "words"), WRONG)
async def test_a_wrong_request_is_refused_in_openais_words(
    base_url: str, change: dict[str, Any], status: int, param: str | None, code: str | None, words: str
) -> None:
    """Each wrong request gets the status and the error object of the real service."""
    async with httpx2.AsyncClient(headers={"authorization": "Bearer sk-playground"}) as http:
        answered = await http.post(f"{base_url}/v1/responses", json={**OK, **change})
    error = answered.json()["error"]
    assert (answered.status_code, error["type"]) == (status, "invalid_request_error")
    assert (error["param"], error["code"]) == (param, code)
    assert words in error["message"]


NOT_STRICT: list[tuple[dict[str, Any], str]] = [
    (
        {"type": "object", "properties": {}, "required": []},
        "Invalid schema for response_format 'reply': In context=(), "
        "'additionalProperties' is required to be supplied and to be false.",
    ),
    (
        {**SCHEMA, "required": []},
        "In context=(), 'required' is required to be supplied and to be an array including every key in properties. "
        "Missing 'text'.",
    ),
    ({**SCHEMA, "required": ["text", "more"]}, "Extra required key 'more' supplied."),
    ({"type": "array", "items": {"type": "string"}}, "schema must be a JSON Schema of 'type: \"object\"'"),
    ({**SCHEMA, "properties": {"text": {}}}, "In context=('properties', 'text'), schema must have a 'type' key."),
    ({**SCHEMA, "properties": {"text": {"type": "array"}}}, "array schema missing items."),
    ({**SCHEMA, "properties": {"text": {"type": "string", "default": ""}}}, "'default' is not permitted."),
    (
        {**SCHEMA, "properties": {"text": {"type": "array", "items": {"type": "object", "properties": {}}}}},
        "In context=('properties', 'text', 'items'), 'additionalProperties' is required",
    ),
    ({**SCHEMA, "properties": {"text": {"type": 5}}}, "Invalid schema for response_format 'reply': In context"),
    ({**SCHEMA, "properties": {"text": {"$ref": "#/$defs/no"}}}, "reference to '#/$defs/no' cannot be resolved."),
    (
        {**SCHEMA, "properties": {"text": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}},
        "reference to '#/$defs/a' cannot be resolved.",
    ),
    ({**SCHEMA, "$defs": {"a": {"type": "object"}}}, "In context=('$defs', 'a'), 'additionalProperties' is required"),
]


@pytest.mark.parametrize(("schema", "words"), NOT_STRICT)
async def test_a_schema_that_is_not_strict_is_refused(
    client: openai.AsyncOpenAI, schema: dict[str, Any], words: str
) -> None:
    """strict: true demands every property, no additional ones, and only the supported keywords."""
    with pytest.raises(openai.BadRequestError) as refused:
        await client.responses.create(**OK, **formatted(schema))
    assert (refused.value.code, refused.value.param) == ("invalid_json_schema", "text.format.schema")
    assert words in refused.value.message


async def test_a_loose_schema_is_taken_when_strict_is_off(client: openai.AsyncOpenAI) -> None:
    """Without strict the schema may leave keys optional."""
    response = await client.responses.create(**OK, **formatted({**SCHEMA, "required": []}, strict=False))
    assert '"text"' in response.output_text


async def test_a_schema_without_an_end_is_refused(client: openai.AsyncOpenAI) -> None:
    """An object that must hold itself has no value: said, not crashed on."""
    endless = {**SCHEMA, "properties": {"text": {"$ref": "#"}}}
    with pytest.raises(openai.BadRequestError) as refused:
        await client.responses.create(**OK, **formatted(endless))
    assert refused.value.code == "not_emulated"


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("sk-playground", 200),
        ("conformance", 200),
        ("sk-anything", 401),
        ("sk-playground-", 401),
        ("sk-playgroun", 401),
        ("sk-proj-other", 401),
        ("sk-wrong", 401),
        ("invalid-key", 401),
        ("ключ", 401),
    ],
)
async def test_keys(base_url: str, key: str, status: int) -> None:
    """The functions' own key and the tools' are taken, to the letter."""
    headers = {b"authorization": f"Bearer {key}".encode()}
    async with httpx2.AsyncClient() as http:
        answered = await http.post(f"{base_url}/v1/responses", json=OK, headers=headers)
    assert answered.status_code == status, answered.text


async def test_a_wrong_key_is_refused(base_url: str) -> None:
    """401 with invalid_api_key; the key itself is masked in the message. No key at all is told apart."""
    async with openai.AsyncOpenAI(
        api_key="sk-wrong-1234567890abcd", base_url=f"{base_url}/v1", max_retries=0
    ) as stranger:
        with pytest.raises(openai.AuthenticationError, match="Incorrect API key provided: sk-wrong") as refused:
            await stranger.responses.create(**OK)
    assert refused.value.code == "invalid_api_key"
    assert "1234567890" not in refused.value.message
    async with httpx2.AsyncClient() as http:
        nameless = await http.post(f"{base_url}/v1/responses", json=OK)
    assert (nameless.status_code, nameless.json()["error"]["code"]) == (401, None)


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("POST", "/v1/assistants", 404, "the Assistants API was shut down on 2026-08-26"),
        ("POST", "/v1/threads/t/runs", 404, "the Assistants API was shut down"),
        ("POST", "/v1/chat/completions", 404, "Invalid URL (POST /v1/chat/completions)"),
        ("GET", "/v1/responses/r/input_items", 404, "Invalid URL (GET /v1/responses/r/input_items)"),
        ("POST", "/v1/responses/input_tokens", 400, "does not support POST /v1/responses/input_tokens"),
        ("POST", "/v1/responses/compact", 400, "does not support POST /v1/responses/compact"),
        ("GET", "/v1/responses", 405, "Not allowed to GET on /v1/responses."),
        ("GET", "/v1/models/gpt-9", 404, "The model `gpt-9` does not exist"),
    ],
)
async def test_what_is_not_served_is_named(base_url: str, method: str, path: str, status: int, words: str) -> None:
    """An endpoint that does not exist, or no longer does, answers with an error naming it."""
    async with httpx2.AsyncClient(headers={"authorization": "Bearer sk-playground"}) as http:
        answered = await http.request(method, base_url + path)
    assert answered.status_code == status
    assert words in answered.json()["error"]["message"]


async def test_a_body_that_is_no_json_is_refused(base_url: str) -> None:
    """Broken JSON gets OpenAI's hint."""
    async with httpx2.AsyncClient(headers={"authorization": "Bearer sk-playground"}) as http:
        answered = await http.post(f"{base_url}/v1/responses", content=b"{")
    assert answered.status_code == 400
    assert "We could not parse the JSON body" in answered.json()["error"]["message"]
