"""The `input` of a request: checked as OpenAI checks it, read as messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playground.openai import checks
from playground.openai.errors import bad_request, not_emulated

ROLES = ("assistant", "system", "developer", "user")
TRUSTED_ROLES = ("system", "developer")
STATUSES = ("in_progress", "completed", "incomplete")
_BREAKPOINT = checks.fields({"mode": checks.one_of("explicit"), "ttl": checks.one_of("30m", "12h")}, required=("mode",))

_REASONING = checks.fields(
    {
        **dict.fromkeys(("type", "summary", "content"), checks.anything),
        "id": checks.string(),
        "encrypted_content": checks.string(),
        "status": checks.one_of(*STATUSES),
    },
    required=("id", "summary"),
)
"""An item of an earlier output that comes back with it; there is nothing in it to go on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    role: str
    text: str


def messages_of(instructions: str | None, given: str | list[dict[str, Any]]) -> tuple[Message, ...]:
    """Of a checked request, oldest first; the instructions stand first, as a developer's message."""
    first = [Message(role="developer", text=instructions)] if instructions else []
    if isinstance(given, str):
        return (*first, Message(role="user", text=given))
    said = (item for item in given if item.get("type") != "reasoning")
    return (*first, *(Message(role=item["role"], text=_text(item["content"])) for item in said))


def check_input(path: str, value: Any) -> None:
    if isinstance(value, str):
        return
    if not isinstance(value, list):
        raise checks.wrong_type(path, "one of a string or array of input items", value)
    if not value:
        message = (
            f"Invalid '{path}': empty array. Expected an array with minimum length 1, but got an empty array instead."
        )
        raise bad_request(message, path, "empty_array")
    for index, item in enumerate(value):
        _check_item(f"{path}[{index}]", item)


def _check_item(path: str, item: Any) -> None:
    if not isinstance(item, dict):
        raise checks.wrong_type(path, "an input item", item)
    kind = item.get("type") or "message"
    if kind == "reasoning":
        _REASONING(path, item)
        return
    if kind != "message":
        raise not_emulated(f"input items of type {kind!r}", f"{path}.type")
    known: dict[str, checks.Check] = {
        "type": checks.anything,
        "role": checks.one_of(*ROLES),
        "content": checks.anything,
        "status": checks.one_of(*STATUSES),
        "phase": checks.one_of("commentary", "final_answer"),
        "id": checks.string(),
    }
    checks.fields(known, required=("role", "content"))(path, item)
    _check_content(f"{path}.content", item["content"], from_assistant=item["role"] == "assistant")


def _check_content(path: str, content: Any, *, from_assistant: bool) -> None:
    if isinstance(content, str):
        return
    if not isinstance(content, list):
        raise checks.wrong_type(path, "one of an array of objects or string", content)
    for index, part in enumerate(content):
        where = f"{path}[{index}]"
        if not isinstance(part, dict):
            raise checks.wrong_type(where, "an object", part)
        if part.get("type") is None:
            raise checks.missing(f"{where}.type")
        supported = ("output_text", "refusal") if from_assistant else ("input_text", "input_image", "input_file")
        checks.one_of(*supported)(f"{where}.type", part["type"])
        if part["type"] in ("input_image", "input_file"):
            raise not_emulated(f"content of type {part['type']!r}", f"{where}.type")
        name = "refusal" if part["type"] == "refusal" else "text"
        known: dict[str, checks.Check] = {"type": checks.anything, name: checks.string()}
        if part["type"] == "input_text":
            known |= {"prompt_cache_breakpoint": _BREAKPOINT}
        if part["type"] == "output_text":
            known |= {"annotations": checks.array(checks.anything), "logprobs": checks.array(checks.anything)}
        checks.fields(known, required=(name,))(where, part)


def _text(content: str | list[dict[str, Any]]) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(part.get("text") or part.get("refusal") or "" for part in content)
