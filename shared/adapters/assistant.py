"""OpenAI's Responses API behind the port `Assistant`.

One strict structured answer; what fails in any way is a verdict to escalate, with the reason for the log.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from shared.domain.history import Author, Line
from shared.domain.instructions import with_additions
from shared.domain.knowledge import Entry
from shared.ports import Action, Log, Verdict

if TYPE_CHECKING:
    from openai import AsyncOpenAI

WHOLE_TIME_S = 25.0
MAX_OUTPUT_TOKENS = 1_200
CONTEXT_LINES = 12
PERMANENT = frozenset({"insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached"})
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "action": {"type": "string", "enum": [action.value for action in Action]},
        "reason": {"type": "string"},
        "text": {"type": "string"},
        "source_ids": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["action", "reason", "text", "source_ids"],
    "additionalProperties": False,
}


class OpenAIAssistant:
    def __init__(self, connect: Callable[[], AsyncOpenAI], *, model: str, log: Log) -> None:
        self._connect = connect
        self._model = model
        self._log = log
        self._made: AsyncOpenAI | None = None

    async def consider(
        self, question: str, *, chat: int, entries: Sequence[Entry], context: Sequence[Line], instructions: str = ""
    ) -> Verdict:
        request = self._request(question, chat=chat, entries=entries, context=context, instructions=instructions)
        try:
            async with asyncio.timeout(WHOLE_TIME_S):
                response = await self._answered(request)
        except TimeoutError:
            return self._failed("timeout")
        except Exception as error:
            return self._failed(_reason(error))
        return self._verdict(response)

    async def close(self) -> None:
        if self._made:
            await self._made.close()

    async def _answered(self, request: dict[str, Any]) -> Any:
        """One retry of what may pass; both within the caller's time."""
        from openai import APIStatusError, APITimeoutError, OpenAIError

        if self._made is None:
            self._made = self._connect()
        try:
            return await self._made.responses.create(**request)
        except APITimeoutError:
            raise
        except OpenAIError as error:
            if isinstance(error, APIStatusError) and not _may_pass(error):
                raise
            await asyncio.sleep(0.5)
            return await self._made.responses.create(**request)

    def _request(
        self, question: str, *, chat: int, entries: Sequence[Entry], context: Sequence[Line], instructions: str
    ) -> dict[str, Any]:
        known = [{"id": e.id, "question": e.question, "answer": e.answer, "link": e.link} for e in entries]
        rules = with_additions(instructions)
        said = [_turn(line) for line in reversed(context[:CONTEXT_LINES])]
        return {
            "model": self._model,
            "instructions": f"{rules}\n<knowledge>{json.dumps(known, ensure_ascii=False)}</knowledge>",
            "input": [*said, {"role": "user", "content": question}],
            "text": {"format": {"type": "json_schema", "name": "verdict", "strict": True, "schema": SCHEMA}},
            "reasoning": {"effort": "low"},
            "max_output_tokens": MAX_OUTPUT_TOKENS,
            "store": False,
            "safety_identifier": hashlib.sha256(f"partner/{chat}".encode()).hexdigest()[:32],
            "prompt_cache_key": "knowledge",
        }

    def _verdict(self, response: Any) -> Verdict:
        if response.status != "completed":
            return self._failed(f"status {response.status}")
        parts = [part for item in response.output if item.type == "message" for part in item.content]
        if any(part.type == "refusal" for part in parts):
            return self._failed("refusal")
        try:
            answer = json.loads("".join(part.text for part in parts))
            verdict = Verdict(
                action=Action(answer["action"]),
                text=str(answer["text"]).strip(),
                sources=tuple(str(source) for source in answer["source_ids"]),
            )
        except (ValueError, KeyError, TypeError):
            return self._failed("unreadable answer")
        usage = response.usage
        tokens = {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens} if usage else {}
        self._log.info("assistant_answered", action=verdict.action.value, sources=len(verdict.sources), **tokens)
        return verdict

    def _failed(self, reason: str) -> Verdict:
        self._log.warning("assistant_failed", reason=reason)
        return Verdict(action=Action.ESCALATE)


def connect(api_key: str, base_url: str | None) -> AsyncOpenAI:
    """A client without retries of its own: the deadline and the one retry are ours. Environment proxies are ignored."""
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient

    http_client = DefaultAsyncHttpxClient(trust_env=False)
    return AsyncOpenAI(
        api_key=api_key, base_url=base_url, timeout=WHOLE_TIME_S - 1, max_retries=0, http_client=http_client
    )


def _turn(line: Line) -> dict[str, str]:
    """Return the line as an input item. The partner is the user; everybody else speaks for the company."""
    match line.author:
        case Author.PARTNER:
            return {"role": "user", "content": line.text}
        case Author.ASSISTANT | Author.BOT:
            return {"role": "assistant", "content": line.text}
        case _:
            return {"role": "assistant", "content": f"{Author.SPECIALIST}: {line.text}"}


def _may_pass(error: Any) -> bool:
    if error.status_code == 429:
        return error.code not in PERMANENT and not str(error.code).endswith("_spend_limit_exceeded")
    return bool(error.status_code >= 500)


def _reason(error: Exception) -> str:
    """The failure without the service's text, which may quote the request."""
    code = getattr(error, "code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
