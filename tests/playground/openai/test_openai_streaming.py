"""Streaming: the events of the real service, read by the unmodified client."""

from __future__ import annotations

from typing import Any

import openai

OK: dict[str, Any] = {"model": "gpt-6-luna", "input": "Здравствуйте", "reasoning": {"effort": "none"}}


async def events_of(client: openai.AsyncOpenAI, **more: Any) -> list[Any]:
    stream = await client.responses.create(**{**OK, **more}, stream=True)
    return [event async for event in stream]


async def test_the_events_come_in_the_documented_order(client: openai.AsyncOpenAI) -> None:
    """Created, in progress, item, part, deltas, and everything closed in reverse; numbered without a gap."""
    events = await events_of(client)
    kinds = [event.type for event in events if event.type != "response.output_text.delta"]
    assert kinds == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert [event.sequence_number for event in events] == list(range(len(events)))


async def test_the_deltas_make_up_the_text(client: openai.AsyncOpenAI) -> None:
    """All deltas together are the done text and the text of the final response, whose usage is filled."""
    events = await events_of(client)
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    final = events[-1].response
    assert len(deltas) > 2
    assert "".join(deltas) == final.output_text
    assert final.status == "completed"
    assert final.usage.output_tokens > 0
    assert events[0].response.status == "in_progress"
    assert events[0].response.output == []


async def test_a_reasoning_model_streams_its_reasoning_item_first(client: openai.AsyncOpenAI) -> None:
    """With effort on, the first item is of type reasoning and the message is the second."""
    events = await events_of(client, reasoning={"effort": "low"})
    added = [event.item.type for event in events if event.type == "response.output_item.added"]
    assert added == ["reasoning", "message"]


async def test_an_answer_cut_short_ends_as_incomplete(client: openai.AsyncOpenAI) -> None:
    """When max_output_tokens is used up by reasoning, the stream ends with response.incomplete and no message."""
    events = await events_of(client, reasoning={"effort": "high"}, max_output_tokens=64)
    final = events[-1]
    assert final.type == "response.incomplete"
    assert final.response.incomplete_details.reason == "max_output_tokens"
    assert [item.type for item in final.response.output] == ["reasoning"]


async def test_padding_can_be_switched_off(client: openai.AsyncOpenAI) -> None:
    """Deltas carry random padding unless include_obfuscation is false."""
    padded = await events_of(client)
    plain = await events_of(client, stream_options={"include_obfuscation": False})
    assert any("obfuscation" in (event.model_extra or {}) for event in padded)
    assert not any("obfuscation" in (event.model_extra or {}) for event in plain)
