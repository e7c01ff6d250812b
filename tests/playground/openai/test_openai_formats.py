"""Strict schemas that demand a pattern or a format: the answer holds, or the request is refused as not emulated."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import openai
import pytest

from playground.openai.formats import FORMATS
from playground.openai.strict_schema import KNOWN


async def _answer(client: openai.AsyncOpenAI, schema: dict[str, Any]) -> Any:
    """The value that a strict schema of one property `value` gets."""
    root = {"type": "object", "properties": {"value": schema}, "required": ["value"], "additionalProperties": False}
    response = await client.responses.create(
        model="gpt-6-luna",
        input="Где взять логотип?",
        text={"format": {"type": "json_schema", "name": "reply", "strict": True, "schema": root}},
    )
    return json.loads(response.output_text)["value"]


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"^\d+$", r"^[a-z]+$", r"^[A-Z]{2}$", r"^kb-\d+$", r"^\d{4}-\d{2}-\d{2}$", r"^\+7\d{10}$", r"^#[0-9a-f]{6}$"),
        *(r"^https?://", r"@", r"^[0-9a-f-]{36}$", r"^$", r"^[а-яё]+$", r"\S"),
    ],
)
async def test_a_pattern_holds(client: openai.AsyncOpenAI, pattern: str) -> None:
    """Patterns as people write them: the text matches."""
    assert re.search(pattern, await _answer(client, {"type": "string", "pattern": pattern}))


@pytest.mark.parametrize("pattern", ["^(zebra|quagga)$", "^[0-9]{3}x[0-9]{3}$"])
async def test_a_pattern_that_nothing_is_known_for(client: openai.AsyncOpenAI, pattern: str) -> None:
    """Refused by name; nothing that breaks the schema is answered."""
    with pytest.raises(openai.BadRequestError, match="does not support this schema") as refused:
        await _answer(client, {"type": "string", "pattern": pattern})
    assert (refused.value.code, refused.value.param) == ("not_emulated", "text.format.schema")


async def test_the_wanted_text_is_taken_where_it_matches(client: openai.AsyncOpenAI) -> None:
    """A property of a known name gets its own value when that holds, else one that does."""
    schema = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "pattern": "[а-я]"},
            "answer": {"type": "string", "pattern": "^[0-9]+$"},
            "email": {"anyOf": [{"type": "string", "format": "email"}, {"type": "null"}]},
        },
        "required": ["text", "answer", "email"],
        "additionalProperties": False,
    }
    response = await client.responses.create(
        model="gpt-6-luna",
        input="Где взять логотип?",
        text={"format": {"type": "json_schema", "name": "reply", "strict": True, "schema": schema}},
    )
    answer = json.loads(response.output_text)
    assert (len(answer["text"]) > 10, answer["answer"], answer["email"]) == (True, "0", None)


@pytest.mark.parametrize("name", FORMATS)
async def test_a_format_holds(client: openai.AsyncOpenAI, name: str) -> None:
    """Each format that strict schemas know; beside a pattern too."""
    value = await _answer(client, {"type": "string", "format": name})
    assert value
    assert await _answer(client, {"type": "string", "format": name, "pattern": f"^{re.escape(value)}$"}) == value
    match name:
        case "date-time":
            assert dt.datetime.fromisoformat(value).tzinfo
        case "date":
            assert dt.date.fromisoformat(value)
        case "email":
            assert "@" in value


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "multipleOf": 7, "minimum": 8},
        {"type": "number", "exclusiveMaximum": -3, "exclusiveMinimum": -4},
        {"type": "string", "format": "date", "pattern": "^[a-z]+$"},
        {"type": "string", "format": "no-such-format", "pattern": "^zebra$"},
    ],
)
async def test_other_demands_hold_or_are_refused(client: openai.AsyncOpenAI, schema: dict[str, Any]) -> None:
    """What no value is known for is refused as well."""
    with pytest.raises(openai.BadRequestError) as refused:
        await _answer(client, schema)
    assert refused.value.code == "not_emulated"


def test_pattern_and_format_are_what_a_strict_schema_may_demand() -> None:
    """The check of strict schemas takes them, so the filling has to."""
    assert {"pattern", "format"} <= set(KNOWN)
