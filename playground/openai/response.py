"""The Response object, with its usage."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from playground.openai import tokens
from playground.openai.answer import Answer
from playground.openai.request import Request

ECHOED = ("instructions", "max_tool_calls", "prompt_cache_key", "prompt_cache_retention", "safety_identifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """In tokens; `output` includes `reasoning`, `input` includes `cached` and `written`."""

    input: int
    cached: int
    written: int
    output: int
    reasoning: int

    def as_json(self) -> dict[str, object]:
        return {
            "input_tokens": self.input,
            "input_tokens_details": {"cached_tokens": self.cached, "cache_write_tokens": self.written},
            "output_tokens": self.output,
            "output_tokens_details": {"reasoning_tokens": self.reasoning},
            "total_tokens": self.input + self.output,
        }


class Prompts:
    """Which beginnings of prompts the cache holds."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, str]] = set()

    def cached(self, request: Request) -> tuple[int, int]:
        """Tokens read from the cache and tokens written to it by this request."""
        prefix = str(request.raw.get("instructions") or "")
        size = tokens.cacheable(tokens.count(prefix))
        key = request.model.name, str(request.raw.get("prompt_cache_key") or ""), prefix
        if not size:
            return 0, 0
        if key in self._seen:
            return size, 0
        self._seen.add(key)
        return 0, size

    def clear(self) -> None:
        self._seen.clear()


class Responses:
    """Makes Response objects; ids come from `chance`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._prompts = Prompts()

    def clear(self) -> None:
        self._prompts.clear()

    def id(self, kind: str) -> str:
        return f"{kind}_{self._chance.getrandbits(200):050x}"

    def of(self, request: Request, answer: Answer, *, now: float) -> tuple[dict[str, Any], Usage]:
        """A finished response, completed or incomplete, as the body of the answer."""
        thought = tokens.REASONING[request.effort] if request.effort else 0
        room = (request.max_output_tokens or 1_000_000) - thought
        text, incomplete = answer.text, answer.incomplete
        if tokens.count(text) > room:
            text, incomplete = tokens.cut(text, max(room, 0)), "max_output_tokens"
        usage = self._usage(request, thought + min(room, 0), tokens.count(text))
        output = [{"id": self.id("rs"), "type": "reasoning", "summary": []}] if thought else []
        if room > 0:
            output.append(self._message(text, refused=answer.refused, whole=incomplete is None))
        state = {
            "status": "incomplete" if incomplete else "completed",
            "completed_at": None if incomplete else int(now),
            "incomplete_details": {"reason": incomplete} if incomplete else None,
            "output": output,
            "usage": usage.as_json(),
        }
        return {**self._shell(request, now), **state}, usage

    def _usage(self, request: Request, reasoning: int, spoken: int) -> Usage:
        cached, written = self._prompts.cached(request)
        read = sum(tokens.count(message.text) + 4 for message in request.messages)
        read += tokens.count(str(request.schema or ""))
        return Usage(input=read, cached=cached, written=written, output=reasoning + spoken, reasoning=reasoning)

    def _message(self, text: str, *, refused: bool, whole: bool) -> dict[str, Any]:
        part: dict[str, Any] = {"type": "output_text", "annotations": [], "logprobs": [], "text": text}
        if refused:
            part = {"type": "refusal", "refusal": text}
        return {
            "id": self.id("msg"),
            "type": "message",
            "status": "completed" if whole else "incomplete",
            "content": [part],
            "phase": "final_answer",
            "role": "assistant",
        }

    def _shell(self, request: Request, now: float) -> dict[str, Any]:
        """Everything that stands in the response from its first event on."""
        raw = request.raw
        text = raw.get("text") or {}
        shell: dict[str, Any] = {
            "id": self.id("resp"),
            "object": "response",
            "created_at": int(now),
            "background": False,
            "error": None,
            "max_output_tokens": request.max_output_tokens,
            "model": request.model.name,
            "parallel_tool_calls": raw.get("parallel_tool_calls") is not False,
            "previous_response_id": None,
            "reasoning": {"effort": request.effort, "summary": None},
            "service_tier": "default",
            "store": request.store,
            "temperature": 1.0 if raw.get("temperature") is None else raw["temperature"],
            "text": {
                "format": _format(text.get("format")),
                "verbosity": text.get("verbosity") or "medium",
            },
            "tool_choice": raw.get("tool_choice") or "auto",
            "tools": [],
            "top_logprobs": 0,
            "top_p": 1.0 if raw.get("top_p") is None else raw["top_p"],
            "truncation": raw.get("truncation") or "disabled",
            "metadata": raw.get("metadata") or {},
        }
        shell |= {name: raw.get(name) for name in ECHOED}
        if raw.get("user") is not None:
            shell["user"] = raw["user"]
        return shell


def _format(given: dict[str, Any] | None) -> dict[str, Any]:
    if not given or given["type"] == "text":
        return {"type": "text"}
    return {"strict": False, **given}
