"""`POST /v1/responses`: the body checked as OpenAI checks it, and what the emulator takes from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playground.openai import checks
from playground.openai.errors import ApiError, bad_request, not_emulated, unknown_model
from playground.openai.messages import Message, check_input, messages_of
from playground.openai.models import LADDER, MODELS, Model
from playground.openai.strict_schema import check_schema, check_strict

FORMAT_NAME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
INCLUDE = (
    *("file_search_call.results", "web_search_call.results", "web_search_call.action.sources"),
    *("message.input_image.image_url", "computer_call_output.output.image_url", "code_interpreter_call.outputs"),
    *("reasoning.encrypted_content", "message.output_text.logprobs"),
)
NEVER_EMULATED = ("access_programs", "background_options", "context_management", "conversation", "image", "moderation")
METADATA_PAIRS, METADATA_KEY, METADATA_VALUE = 16, 64, 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A checked request. `schema` is the JSON schema to answer by, or None for plain text."""

    model: Model
    messages: tuple[Message, ...]
    effort: str | None
    max_output_tokens: int | None
    schema: dict[str, Any] | None
    stream: bool
    obfuscated: bool
    store: bool
    raw: dict[str, Any]


def parse(body: Any, *, stored: Callable[[str], bool]) -> Request:
    """ApiError is the answer to a wrong body; `stored` says whether a response id is known."""
    if not isinstance(body, dict):
        raise checks.wrong_type("body", "an object", body)
    _BODY("", body)
    model = MODELS.get(body["model"])
    if model is None:
        raise unknown_model(body["model"])
    _refuse_conflicts(body)
    _refuse_not_emulated(body, stored)
    if body.get("input") is None:
        raise checks.missing("input")
    effort = _effort(model, body)
    text_format = (body.get("text") or {}).get("format") or {}
    return Request(
        model=model,
        messages=messages_of(body.get("instructions"), body["input"]),
        effort=effort,
        max_output_tokens=body.get("max_output_tokens"),
        schema=text_format.get("schema"),
        stream=bool(body.get("stream")),
        obfuscated=(body.get("stream_options") or {}).get("include_obfuscation") is not False,
        store=body.get("store") is not False,
        raw=body,
    )


def _metadata(path: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise checks.wrong_type(path, "an object", value)
    if len(value) > METADATA_PAIRS:
        message = (
            f"Invalid '{path}': too many properties. Expected an object with at most {METADATA_PAIRS} properties, "
            f"but got an object with {len(value)} properties instead."
        )
        raise bad_request(message, path, "object_above_max_properties")
    for key, item in value.items():
        if len(key) > METADATA_KEY:
            raise checks.too_long(path, METADATA_KEY, len(key))
        checks.string(limit=METADATA_VALUE)(f"{path}.{key}", item)


def _format(path: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise checks.wrong_type(path, "an object", value)
    kind = value.get("type")
    if kind is None:
        raise checks.missing(f"{path}.type")
    checks.one_of("text", "json_schema", "json_object")(f"{path}.type", kind)
    if kind == "json_object":
        raise not_emulated("text.format of type 'json_object': send a json_schema", f"{path}.type")
    known: dict[str, checks.Check] = {"type": checks.anything}
    if kind == "text":
        checks.fields(known)(path, value)
        return
    known |= {
        "name": checks.string(limit=64),
        "description": checks.string(),
        "schema": checks.fields_of_any_name,
        "strict": checks.boolean,
    }
    checks.fields(known, required=("name", "schema"))(path, value)
    if not value["name"] or set(value["name"]) - set(FORMAT_NAME):
        message = (
            f"Invalid '{path}.name': string does not match pattern. "
            "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
        )
        raise bad_request(message, f"{path}.name", "invalid_value")
    check_schema(value["name"], value["schema"], f"{path}.schema")
    if value.get("strict"):
        check_strict(value["name"], value["schema"], f"{path}.schema")


_BODY = checks.fields(
    {
        **dict.fromkeys(NEVER_EMULATED, checks.anything),
        "background": checks.boolean,
        "include": checks.array(checks.one_of(*INCLUDE)),
        "input": check_input,
        "instructions": checks.string(),
        "max_output_tokens": checks.integer(low=16),
        "max_tool_calls": checks.integer(low=1),
        "metadata": _metadata,
        "model": checks.string(),
        "parallel_tool_calls": checks.boolean,
        "previous_response_id": checks.string(),
        "prompt": checks.anything,
        "prompt_cache_key": checks.string(limit=64),
        "prompt_cache_options": checks.fields(
            {"ttl": checks.one_of("30m", "12h"), "mode": checks.one_of("implicit", "explicit")}
        ),
        "prompt_cache_retention": checks.one_of("in_memory", "24h"),
        "reasoning": checks.fields(
            {
                "mode": checks.string(),
                "effort": checks.one_of(*LADDER),
                "summary": checks.one_of("auto", "concise", "detailed"),
                "context": checks.one_of("auto", "current_turn", "all_turns"),
                "generate_summary": checks.one_of("auto", "concise", "detailed"),
            }
        ),
        "safety_identifier": checks.string(limit=64),
        "service_tier": checks.one_of("auto", "default", "flex", "scale", "priority", "fast", "ultrafast"),
        "store": checks.boolean,
        "stream": checks.boolean,
        "stream_options": checks.fields({"include_obfuscation": checks.boolean}),
        "temperature": checks.number(low=0, high=2),
        "text": checks.fields({"format": _format, "verbosity": checks.one_of("low", "medium", "high")}),
        "tool_choice": checks.anything,
        "tools": checks.array(checks.anything),
        "top_logprobs": checks.integer(low=0, high=20),
        "top_p": checks.number(low=0, high=1),
        "truncation": checks.one_of("auto", "disabled"),
        "user": checks.string(),
    },
    required=("model",),
)


def _effort(model: Model, body: dict[str, Any]) -> str | None:
    """The effort in force. A reasoning model takes temperature and top_p only where it is told not to reason."""
    effort: str | None = (body.get("reasoning") or {}).get("effort")
    if not model.reasons:
        if effort is not None:
            message = "Unsupported parameter: 'reasoning.effort' is not supported with this model."
            raise bad_request(message, "reasoning.effort", "unsupported_parameter")
        return None
    for name in ("temperature", "top_p"):
        if body.get(name) is not None and effort != "none":
            raise bad_request(f"Unsupported parameter: '{name}' is not supported with this model.", name, None)
    if effort is not None and effort not in model.efforts:
        message = (
            f"Unsupported value: '{effort}' is not supported with the '{model.name}' model. "
            f"Supported values are: {checks.listed(model.efforts)}."
        )
        raise bad_request(message, "reasoning.effort", "unsupported_value")
    return effort or "medium"


def _refuse_conflicts(body: dict[str, Any]) -> None:
    if body.get("stream_options") is not None and not body.get("stream"):
        message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        raise bad_request(message, "stream_options", None)
    if body.get("conversation") is not None and body.get("previous_response_id") is not None:
        message = "Mutually exclusive parameters: 'conversation' and 'previous_response_id'."
        raise bad_request(message, "previous_response_id", "mutually_exclusive_parameters")


def _refuse_not_emulated(body: dict[str, Any], stored: Callable[[str], bool]) -> None:
    if body.get("prompt") is not None:
        name = body["prompt"].get("id") if isinstance(body["prompt"], dict) else body["prompt"]
        message = (
            f"Prompt with id '{name}' not found: prompt objects end on 2026-11-30, keep the instructions yourself."
        )
        raise ApiError(404, message, param="prompt", code="prompt_not_found")
    previous = body.get("previous_response_id")
    if previous is not None and not stored(previous):
        message = f"Previous response with id '{previous}' not found."
        raise bad_request(message, "previous_response_id", "previous_response_not_found")
    for name in ("previous_response_id", *NEVER_EMULATED):
        if body.get(name) is not None:
            raise not_emulated(f"'{name}'", name)
    for name in ("background", "tools", "include", "top_logprobs"):
        if body.get(name):
            raise not_emulated(f"'{name}'", name)
    if body.get("tool_choice") not in (None, "auto", "none"):
        raise not_emulated("'tool_choice' other than auto or none", "tool_choice")
